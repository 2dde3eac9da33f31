"""What a truck takes on and puts down at each stop, and what is on it afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from marketplace.deliveries.models import Delivery, DeliveryLine, Round, RoundLoad, RoundStop
from marketplace.deliveries.states import Mode, StopKind
from marketplace.foundation.units import UNITS
from marketplace.foundation.words import pick
from marketplace.places import queries as places

PACKAGES = {"thung", "bao", "hop", "tui", "goi", "bo"}
_NET = re.compile(r"(?<![\d.,–-])(\d+(?:[.,]\d+)?)\s*kg", re.IGNORECASE)
"""Of a range ("10–20 kg") nobody knows how many there will be."""
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Weight:
    """Kilograms, packages, and how many lines have no known weight."""

    kg: Decimal = NOTHING
    packages: int = 0
    unknown: int = 0

    def __add__(self, other: Weight) -> Weight:
        return Weight(self.kg + other.kg, self.packages + other.packages, self.unknown + other.unknown)

    def __sub__(self, other: Weight) -> Weight:
        return Weight(self.kg - other.kg, self.packages - other.packages, self.unknown - other.unknown)


class Halt(NamedTuple):
    """Who is at a stop, and where."""

    name: str
    address: str
    phone: str


@dataclass(frozen=True)
class StopSheet:
    """One stop: what goes on, what comes off, and the load with which the truck goes on."""

    stop: RoundStop
    halt: Halt
    on: Sequence[Delivery]
    off: Sequence[Delivery]
    taken: Weight
    put: Weight
    aboard: Weight


def sheets(round: Round) -> list[StopSheet]:
    """The stops in order."""
    told, aboard = [], Weight()
    for stop in round.stops:
        on = [load.delivery for load in round.loads if load.collect_id == stop.id]
        off = [load.delivery for load in round.loads if load.deliver_id == stop.id]
        taken, put = weight(on), weight(off)
        aboard = aboard + taken - put
        told.append(StopSheet(stop, halt(on or off, stop.kind), on, off, taken, put, aboard))
    return told


def halt(here: Sequence[Delivery], kind: StopKind) -> Halt:
    """The cooperative, the pick-up point, or the buyer of what is taken on or put down."""
    delivery = here[0]
    if kind is StopKind.COLLECT:
        seller = delivery.cooperative
        return Halt(seller.label, places.label(seller.address), seller.phone)
    way = delivery.option
    if delivery.mode is Mode.PICKUP and "name_vi" in way:
        return Halt(pick(way["name_vi"], way["name_en"]), way.get("place", ""), "")
    return Halt(delivery.contact_name, places.label(delivery.address), delivery.contact_phone)


def heaviest(told: Iterable[StopSheet]) -> Decimal:
    """The most that is ever on the truck."""
    return max((sheet.aboard.kg for sheet in told), default=NOTHING)


def weight(deliveries: Iterable[Delivery]) -> Weight:
    return sum(
        (weight_of(line) for delivery in deliveries for line in delivery.lines if much(line)), Weight()
    )


def weight_of(line: DeliveryLine) -> Weight:
    kg = kg_of(line)
    return Weight(kg or NOTHING, packages_of(line) or 0, int(kg is None))


def much(line: DeliveryLine) -> Decimal:
    """What left, or before that what is agreed."""
    return line.accepted if line.dispatched is None else line.dispatched


def kg_of(line: DeliveryLine) -> Decimal | None:
    """By the weight of one unit; None when nobody said what one weighs."""
    one = line.kg_per_unit or UNITS[line.unit].kg
    return much(line) * one if one is not None else None


def packages_of(line: DeliveryLine) -> int | None:
    """Crates or sacks: sold by them, or as many as the packing says ("Thùng 10 kg"). None when nothing tells."""
    if line.unit in PACKAGES:
        return _up(much(line))
    net, kg = _NET.search(line.packing), kg_of(line)
    if net is None or kg is None or not (each := Decimal(net[1].replace(",", "."))):
        return None
    return _up(kg / each)


def out_of_order(stops: Sequence[RoundStop], loads: Iterable[RoundLoad]) -> RoundLoad | None:
    """Goods that would be put down before they were taken on, if the truck went this way."""
    place = {stop.id: number for number, stop in enumerate(stops)}
    return next((load for load in loads if place[load.collect_id] > place[load.deliver_id]), None)


def _up(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_CEILING))
