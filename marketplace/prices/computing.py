"""Arithmetic of prices: the middle of several, what is odd, and when deals may be told as one mean.

A mean is told of deals of three cooperatives and three buyers at least, of which none has more than 60 % of the
volume (settings PRICE_DEAL_LEAST and PRICE_DEAL_SHARE can only make this stricter), rounded, without its volume. Each
deal goes into one mean at the most, and whether a mean is told depends on who sold how much and never on prices: so no
two figures of the board differ by one deal (docs/decisions/0013).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, Protocol

from marketplace.foundation import telling
from marketplace.foundation.calendar import week_of
from marketplace.foundation.money import Money
from marketplace.prices.states import RANK, How, Level, Source

STEP, SMALL_STEP = 100, 10
"""Means are rounded to this many đồng, below 1.000 ₫ to the smaller step."""


class Row(Protocol):
    """What the arithmetic reads of a row of the board."""

    @property
    def id(self) -> int: ...
    @property
    def price(self) -> Money: ...
    @property
    def source(self) -> Source: ...


@dataclass(frozen=True)
class DayPrice:
    """The price of a day: of its best source, the middle where that has several rows; `ids` are these rows."""

    price: Money
    source: Source
    how: How
    ids: tuple[int, ...]


class Cell(NamedTuple):
    """What deals are summed up by. The place is left out on purpose: all of the region is one."""

    goods_id: int
    level: Level
    grade: str


@dataclass(frozen=True)
class Deal:
    """A settled deal as the arithmetic sees it."""

    id: int
    cell: Cell
    day: dt.date
    price: Money
    quantity: Decimal
    cooperative_id: int
    buyer_id: int


@dataclass(frozen=True)
class Rule:
    """At least so many of either side, none with more than `share` per cent, deals of the last `weeks` weeks."""

    least: int = telling.LEAST
    share: int = telling.SHARE
    weeks: int = 4


def middle(prices: Iterable[int]) -> Money:
    """The median, of an even number the mean of the two in the middle, half up. Raises IndexError for none."""
    ordered = sorted(map(int, prices))
    half = len(ordered) // 2
    if len(ordered) % 2:
        return Money(ordered[half])
    return Money((ordered[half - 1] + ordered[half] + 1) // 2)


def day_price(rows: Sequence[Row]) -> DayPrice:
    """What rows of one day say together. Raises ValueError for none."""
    best = min((row.source for row in rows), key=RANK.index)
    said = sorted((row for row in rows if row.source is best), key=lambda row: row.id)
    how = How.WEIGHTED if best is Source.SETTLED else How.SINGLE if len(said) == 1 else How.MEDIAN
    return DayPrice(middle(row.price for row in said), best, how, tuple(row.id for row in said))


def is_odd(price: int, usual: int, percent: int) -> bool:
    """Whether a price lies further than this from the usual one."""
    return abs(price - usual) * 100 > usual * percent


def change(now: int, before: int) -> Decimal:
    """By how many per cent a price moved, to the tenth, half up."""
    moved = Decimal(int(now) - int(before)) * 100 / int(before)
    return moved.quantize(Decimal("0.1"), ROUND_HALF_UP)


# --- deals ------------------------------------------------------------------------------------------


def may_be_told(deals: Sequence[Deal], rule: Rule) -> bool:
    """Enough on either side, and nobody with so much that the mean is theirs. Prices are not looked at."""
    sellers: Counter[int] = Counter()
    buyers: Counter[int] = Counter()
    for deal in deals:
        thousandths = int(deal.quantity * 1000)
        sellers[deal.cooperative_id] += thousandths
        buyers[deal.buyer_id] += thousandths
    return _spread(sellers, rule) and _spread(buyers, rule)


def _spread(volumes: Mapping[int, int], rule: Rule) -> bool:
    most = max(volumes.values(), default=0)
    return telling.may_be_told(len(volumes), most, sum(volumes.values()), rule.least, rule.share)


def weighed_mean(deals: Sequence[Deal]) -> Money:
    """The mean by volume, rounded half up to the step. Raises ZeroDivisionError for no deals."""
    volume = sum(int(deal.quantity * 1000) for deal in deals)
    exact = Decimal(sum(int(deal.price) * int(deal.quantity * 1000) for deal in deals)) / volume
    step = STEP if exact >= 1000 else SMALL_STEP
    rounded = (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    return Money(max(int(rounded), 1))


def last_sunday(today: dt.date) -> dt.date:
    """The end of the last whole week: a mean is told of whole weeks only, so that no day can be taken out of it."""
    return week_of(today).start - dt.timedelta(days=1)


def to_tell(deals: Iterable[Deal], upto: dt.date, rule: Rule) -> dict[Cell, list[Deal]]:
    """Of deals that went into no mean yet: those to be told now, by cell. What is not enough waits for the next
    week, and after `rule.weeks` it is never told."""
    oldest = upto - dt.timedelta(weeks=rule.weeks)
    cells: dict[Cell, list[Deal]] = {}
    for deal in deals:
        if oldest < deal.day <= upto:
            cells.setdefault(deal.cell, []).append(deal)
    return {cell: found for cell, found in cells.items() if may_be_told(found, rule)}
