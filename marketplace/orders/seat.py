"""An order as one of its two sides sees it: the same pages, in the frame and under the address of that side."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.orders.models import Order
from marketplace.orders.states import Side


@dataclass(frozen=True)
class Seat:
    """`order` seen from `side`."""

    order: Order
    side: Side

    @property
    def key(self) -> str:
        """What names it in an address: the buyer's reference, the seller's number."""
        return self.order.ref if self.side is Side.BUYER else self.order.number

    @property
    def frame(self) -> str:
        return "layout/public.html" if self.side is Side.BUYER else "layout/desk.html"

    @property
    def home(self) -> str:
        """The endpoint of the order's own page."""
        return "orders.order" if self.side is Side.BUYER else "desk_orders.order"

    def endpoint(self, name: str) -> str:
        """`changes.show` -> `buyer_changes.show`."""
        return f"{self.side}_{name}"
