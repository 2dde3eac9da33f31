"""What a cooperative packs for one day: so much of each product, and for whom; so much for each place, and of what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from marketplace.deliveries import loads, queries
from marketplace.deliveries.loads import Weight
from marketplace.deliveries.models import Delivery, DeliveryLine
from marketplace.deliveries.states import DeliveryState, Mode


@dataclass
class Part:
    """One line of a list: a product for one place."""

    line: DeliveryLine
    delivery: Delivery

    @property
    def packed(self) -> bool:
        return self.delivery.state is not DeliveryState.PLANNED


@dataclass
class ProductDay:
    """All of one product in one unit: how much, how much of it is packed, for whom."""

    line: DeliveryLine
    parts: list[Part] = field(default_factory=list)

    @property
    def asked(self) -> Decimal:
        return sum((part.line.accepted for part in self.parts), Decimal(0))

    @property
    def packed(self) -> Decimal:
        return sum((part.line.accepted for part in self.parts if part.packed), Decimal(0))

    @property
    def weight(self) -> Weight:
        return sum((loads.weight_of(part.line) for part in self.parts), Weight())


@dataclass
class PlaceDay:
    """Everything for one pick-up point, or for one customer."""

    delivery: Delivery
    deliveries: list[Delivery] = field(default_factory=list)

    @property
    def is_point(self) -> bool:
        return self.delivery.mode is Mode.PICKUP

    @property
    def weight(self) -> Weight:
        return loads.weight(self.deliveries)


@dataclass(frozen=True)
class PackingDay:
    day: dt.date
    products: Sequence[ProductDay]
    places: Sequence[PlaceDay]


def packing_day(cooperative_id: int, day: dt.date) -> PackingDay:
    """Both lists for what is agreed for this day and has not left."""
    due = queries.due_on(cooperative_id, day)
    return PackingDay(day, _by_product(due), _by_place(due))


def _by_product(deliveries: Iterable[Delivery]) -> list[ProductDay]:
    found: dict[Any, ProductDay] = {}
    for delivery in deliveries:
        for line in delivery.lines:
            if line.accepted > 0:
                key = (line.product_id, line.unit, line.grade, line.packing)
                found.setdefault(key, ProductDay(line)).parts.append(Part(line, delivery))
    return sorted(found.values(), key=lambda product: (product.line.name_vi, product.line.id))


def _by_place(deliveries: Iterable[Delivery]) -> list[PlaceDay]:
    """Pick-up points first: what stands there is fetched at once by many."""
    found: dict[Any, PlaceDay] = {}
    for delivery in deliveries:
        point = delivery.option.get("key") if delivery.mode is Mode.PICKUP else None
        key = point or (delivery.contact_name, delivery.contact_phone, delivery.address_id)
        found.setdefault(key, PlaceDay(delivery)).deliveries.append(delivery)
    return sorted(found.values(), key=lambda place: not place.is_point)
