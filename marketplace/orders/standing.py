"""What a standing order's dates will bring: judged for the page and for the worker alike, and stored only once made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from marketplace import config
from marketplace.buyers.models import Depot
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.deliveries.regular import Regular
from marketplace.foundation import clock
from marketplace.foundation.calendar import in_season
from marketplace.foundation.money import Money, line_total
from marketplace.orders import unloading
from marketplace.orders.models.standing import StandingException, StandingOrder, StandingRun, StandingTerms
from marketplace.orders.states import ExceptionKind, SkipReason

HORIZON = dt.timedelta(days=400)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One product on one date; `agreed_price` is what the buyer said yes to, `price` what it costs today."""

    product: Product
    quantity: Decimal
    agreed_price: Money
    price: Money
    left_out: SkipReason | None = None

    @property
    def sum(self) -> Money:
        return line_total(self.price, catalogue.priced(self.product, self.quantity))

    def dearer_than(self, tolerance: int) -> bool:
        """Above what the buyer allowed: a price that falls is never asked about."""
        return int(self.price) * 100 > int(self.agreed_price) * (100 + tolerance)


@dataclass(frozen=True, kw_only=True)
class Date:
    """One date of a standing order: what is wanted, or why nothing is; `run` once it was dealt with."""

    day: dt.date
    terms: StandingTerms
    wanted: Sequence[Wanted]
    reason: SkipReason | None = None
    words: str = ""
    run: StandingRun | None = None
    changed: bool = False

    @property
    def goods(self) -> list[Wanted]:
        """What will be ordered."""
        return [each for each in self.wanted if each.left_out is None]

    @property
    def total(self) -> Money:
        return sum((each.sum for each in self.goods), Money(0))

    @property
    def weighed(self) -> bool:
        """The sum is an estimate: the scale will say."""
        return any(each.product.weighed for each in self.goods)

    @property
    def as_usual(self) -> bool:
        """Nothing about it needs to be read before its time."""
        return self.reason is None and self.run is None and not self.changed

    @property
    def open(self) -> bool:
        """Nothing was decided yet: it can be skipped or changed."""
        return self.run is None and self.day > clock.today()


def coming(
    standing: StandingOrder, ways: Mapping[str, Regular], agreed: catalogue.Agreed, count: int = 8
) -> list[Date]:
    """The next dates, as they look today."""
    days = standing.days(clock.today() + dt.timedelta(days=1), clock.today() + HORIZON)
    return [judge(standing, day, terms, ways, agreed) for day, terms in islice(days, count)]


def judge(
    standing: StandingOrder,
    day: dt.date,
    terms: StandingTerms,
    ways: Mapping[str, Regular],
    agreed: catalogue.Agreed,
) -> Date:
    """What one date brings: the buyer's word first, then the calendar, then season and sale of each product."""
    wish, run = standing.wish_for(day), standing.run_on(day)
    changed = wish is not None and wish.kind is ExceptionKind.OTHER
    wanted = [_with_season(each, day) for each in _wanted(terms, wish, agreed)]
    reason, words = _why_not(standing, day, wish, ways.get(terms.way), terms)
    if reason is None and wanted and all(each.left_out for each in wanted):
        reason = wanted[0].left_out
    if not wanted:
        reason = SkipReason.BUYER
    return Date(day=day, terms=terms, wanted=wanted, reason=reason, words=words, run=run, changed=changed)


def due_on(day: dt.date, way: Regular | None) -> dt.date:
    """The day on which the order for a date is made: some days before, or earlier where the seller needs more."""
    lead = max(config.current().standing_lead_days, way.lead_days if way else 0)
    return day - dt.timedelta(days=lead)


def _wanted(
    terms: StandingTerms, wish: StandingException | None, agreed: catalogue.Agreed
) -> Iterator[Wanted]:
    other = {}
    if wish is not None and wish.kind is ExceptionKind.OTHER:
        other = {line.product_id: line for line in wish.lines}
    for line in terms.lines:
        word = other.get(line.product_id, line)
        if word.quantity > 0:
            yield Wanted(
                product=line.product,
                quantity=word.quantity,
                agreed_price=word.unit_price,
                price=catalogue.price_for(line.product, word.quantity, agreed),
            )


def _with_season(wanted: Wanted, day: dt.date) -> Wanted:
    product = wanted.product
    out = None
    if product.months and not in_season(product.months, day):
        out = SkipReason.SEASON
    elif product.state is not ProductState.PUBLISHED:
        out = SkipReason.NOT_SOLD
    return replace(wanted, left_out=out)


def _why_not(
    standing: StandingOrder,
    day: dt.date,
    wish: StandingException | None,
    way: Regular | None,
    terms: StandingTerms,
) -> tuple[SkipReason | None, str]:
    if wish is not None and wish.kind is ExceptionKind.SKIP:
        return SkipReason.BUYER, ""
    if standing.rests_on(day):
        return SkipReason.PAUSED, ""
    if way is None or not way.goes_on(day):
        return SkipReason.NO_WAY, ""
    if shut := way.shut_because(day):
        return SkipReason.CLOSED, shut
    return _depot_not(terms.depot, way, day)


def _depot_not(depot: Depot | None, way: Regular, day: dt.date) -> tuple[SkipReason | None, str]:
    if depot is None:
        return None, ""
    if not depot.active:
        return SkipReason.NO_DEPOT, depot.name
    shut = unloading.shut_because(way, depot, day)
    return (SkipReason.DEPOT_CLOSED, shut) if shut else (None, "")
