"""What a change would mean, computed each time it is looked at and never stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.foundation.money import Money, line_total
from marketplace.orders.models import Order, OrderChange, OrderLine
from marketplace.places.models import Address


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What would become of one line; `product` is a substitute."""

    line: OrderLine
    quantity: Decimal
    unit_price: Money
    product: Product | None = None

    @property
    def changed(self) -> bool:
        same = self.quantity == self.line.quantity and self.unit_price == self.line.unit_price
        return self.product is not None or not same

    @property
    def goods_changed(self) -> bool:
        """Other goods or another quantity, not only another price."""
        return self.product is not None or self.quantity != self.line.quantity

    @property
    def name(self) -> str:
        return self.product.name if self.product else self.line.name

    @property
    def unit(self) -> str:
        return self.product.sale_unit if self.product else self.line.unit

    @property
    def weighed(self) -> bool:
        return self.product.weighed if self.product else self.line.weighed

    @property
    def paid_for(self) -> Decimal:
        """What its sum counts: kilograms of weighed goods, as settled, or as far as known before the scale."""
        if self.product is not None:
            return catalogue.priced(self.product, self.quantity)
        return self.line.priced(self.quantity) if self.goods_changed else self.line.paid_for

    @property
    def sum(self) -> Money:
        return line_total(self.unit_price, self.paid_for)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Another address, as it was written."""

    line1: str
    unit_id: int
    told: str


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Every line of the order, and what else would change; None stays as it is."""

    wishes: Sequence[Wish]
    delivery: Mapping[str, Any] | None = None
    fee: Money | None = None
    place: Place | Address | None = None

    @property
    def changed(self) -> list[Wish]:
        return [wish for wish in self.wishes if wish.changed]

    @property
    def changes_goods(self) -> bool:
        return any(wish.goods_changed for wish in self.wishes)

    @property
    def changes_way(self) -> bool:
        return self.delivery is not None or self.fee is not None or self.place is not None


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Old and new, line by line, and what is owed more or paid back."""

    proposal: Proposal
    goods: tuple[Money, Money]
    fee: tuple[Money, Money]
    total: tuple[Money, Money]
    to_pay: Money
    to_return: Money

    @property
    def difference(self) -> int:
        return int(self.total[1]) - int(self.total[0])


def preview(order: Order, proposal: Proposal, received: Money) -> Preview:
    """`received` is the money that came and was not paid back."""
    goods = sum((wish.sum for wish in proposal.wishes), Money(0))
    fee = order.delivery_fee if proposal.fee is None else proposal.fee
    owed = int(goods) + int(fee) - int(order.relieved)
    return Preview(
        proposal=proposal,
        goods=(order.goods_total, goods),
        fee=(order.delivery_fee, fee),
        total=(order.total, goods + fee),
        to_pay=Money(max(owed - int(received), 0)),
        to_return=Money(max(int(received) - owed, 0)),
    )


def proposal_of(change: OrderChange) -> Proposal:
    """What a change that was sent proposes."""
    asked = {row.line_id: row for row in change.lines}
    lines = [line for line in change.order.every_line if line.id in asked or line.ended_by_id is None]
    return Proposal(
        wishes=[_wish(line, asked.get(line.id)) for line in lines],
        delivery=change.delivery,
        fee=change.fee,
        place=change.address,
    )


def _wish(line: OrderLine, asked: Any) -> Wish:
    if asked is None:
        return Wish(line=line, quantity=line.quantity, unit_price=line.unit_price)
    return Wish(line=line, quantity=asked.quantity, unit_price=asked.unit_price, product=asked.product)
