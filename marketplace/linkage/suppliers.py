"""Who can supply a request: each with its reasons and its gaps, the fittest first.

What is free in each week the ledger of forecasts says, once it is told here:

    suppliers.free_known_by(lambda goods_id, weeks, grade: {cooperative_id: {week: quantity}})

Until then season months stand for it: they say whether goods are harvested then, not how much.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from marketplace.catalogue.models import Commodity, Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Certificate, Cooperative
from marketplace.cooperatives.states import PAPER_LABELS, MemberState, PaperKind, PaperState
from marketplace.foundation import calendar, formats
from marketplace.foundation.calendar import Week
from marketplace.foundation.db import db
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.linkage import arriving, schedule
from marketplace.linkage.models import Need
from marketplace.linkage.schedule import Portion
from marketplace.places import queries as places
from marketplace.places.distance import km_between
from marketplace.places.models import Address, AdminUnit

Free = Callable[[int, Sequence[Week], str], Mapping[int, Mapping[Week, Decimal]]]
LEDGER: list[Free] = []
MOST = 60


def free_known_by(ask: Free) -> Free:
    """Register the ledger: `ask(goods_id, weeks, grade sign)` → cooperative id → week → what is free, in the unit of
    the goods. The last one counts."""
    LEDGER[:] = [ask]
    return ask


@dataclass(frozen=True)
class Supplier:
    """A cooperative that has such goods. `reasons` speak for it, `gaps` against; `free` is None while nobody says."""

    cooperative_id: int
    name: str
    slug: str
    area: str
    km: int | None
    products: tuple[str, ...]
    free: Decimal | None = None
    reasons: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    invited: bool = False


@dataclass
class _Seller:
    cooperative: Cooperative
    products: list[Product] = field(default_factory=list)
    papers: list[Certificate] = field(default_factory=list)


def suppliers(need: Need, most: int = MOST) -> list[Supplier]:
    """Admitted cooperatives with these goods on sale: the fewest gaps first, then what is free, then the nearest.

    A constant number of statements, however many there are.
    """
    sellers = _sellers(need)
    _add_papers(sellers, need.wanted_papers)
    weeks = schedule.weeks_of(_portions(need))
    free = _free(need, [*weeks])
    here = arriving.point_told(need.place)
    invited = {each.cooperative_id for each in need.invitations}
    found = [_supplier(need, each, weeks, free, here, invited) for each in sellers.values()]
    found.sort(key=lambda each: (len(each.gaps), -(each.free or 0), _far(each), each.name))
    return found[:most]


def _far(each: Supplier) -> int:
    return each.km if each.km is not None else 10**6


def _sellers(need: Need) -> dict[int, _Seller]:
    cooperative = contains_eager(Product.cooperative)
    address = cooperative.joinedload(Cooperative.address)
    query = (
        select(Product)
        .join(Product.cooperative)
        .join(Product.commodity)
        .where(
            Commodity.goods_id == need.goods_id,
            Product.state == ProductState.PUBLISHED,
            Cooperative.state == MemberState.ADMITTED,
        )
        .options(
            contains_eager(Product.commodity),
            address.joinedload(Address.unit_current).joinedload(AdminUnit.parent),
            address.joinedload(Address.unit_as_written)
            .joinedload(AdminUnit.parent)
            .joinedload(AdminUnit.parent),
        )
        .order_by(Product.id)
    )
    if need.commodity_id is not None:
        query = query.where(Product.commodity_id == need.commodity_id)
    sellers: dict[int, _Seller] = {}
    for product in db.session.scalars(query).unique():
        seller = sellers.setdefault(product.cooperative_id, _Seller(product.cooperative))
        seller.products.append(product)
    return sellers


def _add_papers(sellers: Mapping[int, _Seller], kinds: Collection[PaperKind]) -> None:
    if not kinds or not sellers:
        return
    query = select(Certificate).where(
        Certificate.cooperative_id.in_([*sellers]),
        Certificate.kind.in_([*kinds]),
        Certificate.state.in_([PaperState.VERIFIED, PaperState.WAITING]),
    )
    for paper in db.session.scalars(query):
        sellers[paper.cooperative_id].papers.append(paper)


def _portions(need: Need) -> list[Portion]:
    return [Portion(line.starts, line.quantity, line.week is not None) for line in need.lines]


def _free(need: Need, weeks: Sequence[Week]) -> Mapping[int, Mapping[Week, Decimal]] | None:
    if not LEDGER or not weeks:
        return None
    return LEDGER[-1](need.goods_id, weeks, str(need.grade.get("sign", "")))


def _supplier(
    need: Need,
    seller: _Seller,
    weeks: Mapping[Week, Decimal],
    free: Mapping[int, Mapping[Week, Decimal]] | None,
    here: tuple[float, float] | None,
    invited: set[int],
) -> Supplier:
    cooperative = seller.cooperative
    reasons: list[str] = []
    gaps: list[str] = []
    volume = (
        _volume(need, weeks, (free or {}).get(cooperative.id, {}), reasons, gaps)
        if free is not None
        else None
    )
    if free is None:
        _season(need, seller.products, reasons, gaps)
    for kind in need.wanted_papers:
        _paper(need, kind, seller.papers, reasons, gaps)
    return Supplier(
        cooperative_id=cooperative.id,
        name=cooperative.called,
        slug=cooperative.slug,
        area=places.short_label(cooperative.address),
        km=km_between(here, places.point(cooperative.address)),
        products=tuple(product.name for product in seller.products),
        free=volume,
        reasons=tuple(reasons),
        gaps=tuple(gaps),
        invited=cooperative.id in invited,
    )


def _volume(
    need: Need,
    weeks: Mapping[Week, Decimal],
    free: Mapping[Week, Decimal],
    reasons: list[str],
    gaps: list[str],
) -> Decimal:
    """How much of each week it could take, and of all."""
    could = sum((min(wanted, free.get(week, Decimal(0))) for week, wanted in weeks.items()), Decimal(0))
    wanted = sum(weeks.values(), Decimal(0))
    told = formats.amount(could, need.unit, locale())
    if wanted and could >= wanted:
        reasons.append(_("Free in these weeks: all of it"))
    elif could:
        reasons.append(_("Free in these weeks: %(amount)s", amount=told))
    else:
        gaps.append(_("Nothing is free in these weeks"))
    return could


def _season(need: Need, products: Sequence[Product], reasons: list[str], gaps: list[str]) -> None:
    """By the months of its products: whether anything is harvested on these days."""
    mask = 0
    for product in products:
        mask |= product.months or product.commodity.months
    days = [line.starts for line in need.lines]
    fits = [day for day in days if calendar.in_season(mask, day)]
    if not days or len(fits) == len(days):
        reasons.append(_("Harvested in these months"))
    elif fits:
        gaps.append(_("Harvested on a part of these days only"))
    else:
        gaps.append(_("Not harvested in these months"))


def _paper(
    need: Need, kind: PaperKind, papers: Sequence[Certificate], reasons: list[str], gaps: list[str]
) -> None:
    """Valid on every day of delivery, ending before the last, waiting for the alliance, or not there."""
    name = str(PAPER_LABELS[kind])
    own = [paper for paper in papers if paper.kind is kind]
    last = need.last_day or dt.date.max
    verified = [paper for paper in own if paper.state is PaperState.VERIFIED]
    if any(paper.counts_on(last) for paper in verified):
        reasons.append(_("%(paper)s valid on every day", paper=name))
    elif verified:
        ends = max(paper.expires_on or dt.date.max for paper in verified)
        gaps.append(_("%(paper)s ends on %(day)s", paper=name, day=formats.date(ends, locale())))
    elif own:
        gaps.append(_("%(paper)s waits for the alliance", paper=name))
    else:
        gaps.append(_("No %(paper)s", paper=name))
