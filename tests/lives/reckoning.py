"""What the walk itself reckons that everything comes to, from what it did; never from the shop's own sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

GRAM = Decimal("0.001")
TOLERANCE = Decimal(5)
"""Per cent that weighed goods may weigh more or less without anybody being asked."""
FEE, FREE_FROM = 60_000, 5_000_000
"""What both cooperatives' trucks cost, and from which sum on they cost nothing."""
Tiers = list[tuple[Decimal, int]]


def rounded(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


@dataclass
class Line:
    """So many sale units of a product: at a price for each, or for each kilogram where `kg_each` is known.

    `count` and `kg` are what the scale showed, `paid` the kilograms that are paid for once that is clear.
    """

    quantity: Decimal
    price: int
    kg_each: Decimal | None = None
    count: Decimal | None = None
    kg: Decimal | None = None
    paid: Decimal | None = None

    @property
    def sum(self) -> int:
        if self.kg_each is None:
            return rounded(self.quantity * self.price)
        return rounded((self.quantity * self.kg_each if self.paid is None else self.paid) * self.price)

    @property
    def leaves(self) -> Decimal:
        """Sale units that go, or were packed: nothing of what its buyer did not want."""
        if self.paid == 0:
            return Decimal(0)
        return self.quantity if self.count is None else self.count

    @property
    def heavier(self) -> bool:
        return self.kg is not None and self.kg > self._edge(100 + TOLERANCE, ROUND_FLOOR)

    def on_the_scale(self, count: Decimal, kg: Decimal) -> None:
        """Within the tolerance the scale decides; beyond it the buyer is asked."""
        self.count, self.kg = count, kg
        fits = self._edge(100 - TOLERANCE, ROUND_CEILING) <= kg <= self._edge(100 + TOLERANCE, ROUND_FLOOR)
        self.paid = kg if fits else None

    def answered(self, choice: str) -> None:
        most = self._edge(100 + TOLERANCE, ROUND_FLOOR)
        self.paid = {"weighed": self.kg, "agreed": most, "refused": Decimal(0)}[choice]

    def _edge(self, percent: Decimal, rounding: str) -> Decimal:
        assert self.count is not None and self.kg_each is not None, "it was weighed"
        agreed = self.quantity if self.kg_each == 1 else self.count  # kilograms are not counted before
        return (agreed * self.kg_each * percent / 100).quantize(GRAM, rounding)


@dataclass
class Expected:
    """One order: its lines by product, and what became of it."""

    lines: dict[int, Line]
    fee: int
    by_card: bool
    agreed: bool = False
    over: bool = False
    off: int = 0
    """What was taken off: by an answer, a decision, or the payee's goodwill."""
    came: int = 0
    """What came less what went back, by hand and by statements; cards are reckoned at the company."""

    @property
    def total(self) -> int:
        return goods(self.lines.values()) + self.fee

    @property
    def owed(self) -> int:
        return max(self.total - self.off, 0) if self.agreed and not self.over else 0

    def answered(self, choices: dict[int, str]) -> None:
        """Product -> what its buyer said of its weight; where nothing is left the order is called off."""
        for product, choice in choices.items():
            self.lines[product].answered(choice)
        self.over = all(line.leaves == 0 for line in self.lines.values())


def goods(lines: Collection[Line]) -> int:
    return sum(line.sum for line in lines)


def fee_for(lines: Collection[Line]) -> int:
    return 0 if goods(lines) >= FREE_FROM else FEE


@dataclass
class AgreedList:
    """Prices that a cooperative agreed with the company, from one day to another."""

    first: dt.date
    last: dt.date
    tiers: dict[int, Tiers] = field(default_factory=dict)
    ended: bool = False


@dataclass
class Reckoning:
    """All orders, what is on hand of each product, and what each costs whom today."""

    orders: dict[int, Expected] = field(default_factory=dict)
    groups: set[int] = field(default_factory=set)
    on_hand: dict[int, Decimal] = field(default_factory=dict)
    kg_each: dict[int, Decimal] = field(default_factory=dict)
    """Of weighed products: what one sale unit weighs."""
    prices: dict[int, Tiers] = field(default_factory=dict)
    lists: dict[int, AgreedList] = field(default_factory=dict)
    limit: int = 0
    """Up to what the company's member buys alone."""

    def order(self, order_id: int) -> Expected:
        return self.orders[order_id]

    def leaves(self, product_id: int, quantity: Decimal) -> None:
        self.on_hand[product_id] -= quantity

    def price(self, product_id: int, quantity: Decimal, today: dt.date, company: bool) -> int:
        """The lowest of the company's lists that hold today, else everybody's."""
        own = [
            _step(each.tiers[product_id], quantity)
            for each in self.lists.values()
            if company and not each.ended and each.first <= today <= each.last and product_id in each.tiers
        ]
        return min(own, default=None) or _step(self.prices[product_id], quantity)

    def line(self, product_id: int, quantity: Decimal, today: dt.date, company: bool = False) -> Line:
        price = self.price(product_id, quantity, today, company)
        return Line(quantity, price, self.kg_each.get(product_id))


def _step(tiers: Tiers, quantity: Decimal) -> int:
    return max((start, price) for start, price in tiers if start <= quantity)[1]
