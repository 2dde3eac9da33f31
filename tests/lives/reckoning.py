"""What the walk itself reckons that everything comes to, from what it did; never from the shop's own sums."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal


@dataclass
class Expected:
    """One order: its lines (product id -> quantity and price), and what became of it."""

    lines: dict[int, tuple[Decimal, int]]
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
        goods = sum(
            int((quantity * price).quantize(Decimal(1), ROUND_HALF_UP))
            for quantity, price in self.lines.values()
        )
        return goods + self.fee

    @property
    def owed(self) -> int:
        return self.total - self.off if self.agreed and not self.over else 0


@dataclass
class Reckoning:
    """All orders, and what is on hand of each product."""

    orders: dict[int, Expected] = field(default_factory=dict)
    on_hand: dict[int, Decimal] = field(default_factory=dict)

    def order(self, order_id: int) -> Expected:
        return self.orders[order_id]

    def leaves(self, product_id: int, quantity: Decimal) -> None:
        self.on_hand[product_id] -= quantity
