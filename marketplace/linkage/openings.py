"""Which open requests a cooperative can answer with what it has free, the fittest first; and its free weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.dossiers import queries as dossiers
from marketplace.dossiers.judging import Held
from marketplace.foundation.calendar import Week
from marketplace.linkage import fitting, match_words, matching, need_words, queries
from marketplace.linkage.fitting import Volumes
from marketplace.linkage.matching import NOTHING, Match
from marketplace.linkage.models import Need
from marketplace.places import queries as places
from marketplace.supply import queries as supply
from marketplace.supply.queries import WeekOutlook

MOST = 30
WEEKS = 8


@dataclass(frozen=True)
class Opening:
    """A request a cooperative may answer, and how well it fits; `quoted` when it has answered."""

    need: Need
    match: Match
    km: int | None
    quoted: bool

    @property
    def title(self) -> str:
        return need_words.title(self.need)

    @property
    def reasons(self) -> list[str]:
        return match_words.told(self.match.reasons, self.need.unit)

    @property
    def gaps(self) -> list[str]:
        return match_words.told(self.match.gaps, self.need.unit)


@dataclass(frozen=True)
class Surplus:
    """What one product has free in the weeks ahead, and how many requests of the list ask for each week."""

    product: Product
    unit: str
    weeks: tuple[tuple[Week, Decimal, int], ...]

    @property
    def free(self) -> Decimal:
        return sum((free for _week, free, _count in self.weeks), NOTHING)


@dataclass(frozen=True)
class Desk:
    """All that the page of matches shows a cooperative."""

    openings: list[Opening]
    surplus: list[Surplus]
    buyers: list[queries.PastBuyer]


def desk(cooperative: Cooperative, most: int = MOST) -> Desk:
    """A constant number of statements, however many requests, products and weeks there are."""
    products = queries.products_on_sale(cooperative.id)
    goods = {product.commodity.goods_id for product in products if product.commodity.goods_id is not None}
    needs = queries.needs_to_answer(cooperative.organisation_id, goods)
    ahead = supply.weeks_ahead(WEEKS)
    weeks = {*ahead, *(str(week) for need in needs for week in fitting.weeks_of(need))}
    outlook = supply.outlook_weeks(weeks=sorted(weeks), cooperative_id=cooperative.id)
    found = _openings(cooperative, products, needs, outlook)
    return Desk(
        found[:most], _surplus(products, outlook, ahead, found), queries.past_buyers(cooperative.id, goods)
    )


def _openings(
    cooperative: Cooperative,
    products: Sequence[Product],
    needs: Sequence[Need],
    outlook: Sequence[WeekOutlook],
) -> list[Opening]:
    asked = any(need.papers for need in needs)
    papers = dossiers.shelf([(cooperative.id, None)]).papers.get(cooperative.id, []) if asked else []
    answered = queries.answered_by(cooperative.id, [need.id for need in needs])
    found = []
    for need in needs:
        own = [product for product in products if _fits(product, need)]
        if own:
            found.append(_opening(cooperative, need, own, papers, outlook, need.id in answered))
    found.sort(key=lambda each: matching.rank_of(each.match, each.km, each.need.ref, each.need.id))
    return found


def _fits(product: Product, need: Need) -> bool:
    """Of the goods asked for, and of the origin where the request names one."""
    return product.commodity.goods_id == need.goods_id and need.commodity_id in {None, product.commodity_id}


def _opening(
    cooperative: Cooperative,
    need: Need,
    products: Sequence[Product],
    papers: Sequence[Held],
    outlook: Sequence[WeekOutlook],
    quoted: bool,
) -> Opening:
    facts = fitting.facts_of(
        need,
        products=products,
        papers=papers,
        volumes=_volumes(need, {product.id for product in products}, outlook),
        point=places.point(cooperative.address),
    )
    return Opening(need, matching.match(facts, match_words.weights()), facts.km, quoted)


def _volumes(need: Need, products: set[int], outlook: Sequence[WeekOutlook]) -> Volumes | None:
    wanted = fitting.weeks_of(need)
    rows = [row for row in outlook if row.product_id in products and row.at in wanted]
    if not rows:
        return None
    volumes = Volumes()
    for row in rows:
        volumes.add(row, need)
    return volumes


def _surplus(
    products: Sequence[Product],
    outlook: Sequence[WeekOutlook],
    ahead: Sequence[str],
    openings: Sequence[Opening],
) -> list[Surplus]:
    """By product; all grades together, in the unit of each."""
    found = []
    for product in products:
        free: dict[tuple[str, Week], Decimal] = {}
        for row in outlook:
            if row.product_id == product.id and row.week in ahead and row.free > 0:
                free[row.unit, row.at] = free.get((row.unit, row.at), NOTHING) + row.free
        for unit in sorted({unit for unit, _week in free}):
            weeks = tuple(
                (week, amount, _asking(product, week, openings))
                for (each, week), amount in sorted(free.items())
                if each == unit
            )
            found.append(Surplus(product, unit, weeks))
    return found


def _asking(product: Product, week: Week, openings: Sequence[Opening]) -> int:
    """How many requests ask for such goods in this week."""
    return sum(
        _fits(product, each.need) and any(line.iso_week == week for line in each.need.lines)
        for each in openings
    )
