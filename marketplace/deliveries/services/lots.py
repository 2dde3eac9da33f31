"""Which lots lie in the boxes of a delivery. What a lot gives, and whether it may leave, `growing` decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from marketplace.deliveries.models import Delivery, DeliveryLine, DeliveryLot
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.quantity import STEP
from marketplace.foundation.sharing import share_by_weight
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.growing import queries as growing
from marketplace.growing import services as lots
from marketplace.growing.models import Lot

GRAMS = 1000


@dataclass(frozen=True, kw_only=True)
class LotFacts:
    """What a box tells: net weight, day of harvest, field, who grew it; or `drawn`: so many kilograms of these lots,
    which tell it themselves."""

    harvested_on: dt.date
    kg: Decimal | None = None
    plot: str = ""
    grower: str = ""
    drawn: tuple[tuple[Lot, Decimal], ...] = ()


def usual_lots(lines: Sequence[DeliveryLine]) -> dict[int, LotFacts]:
    """Line id -> what is proposed while packing: fresh lots that cover it, the oldest first; else harvested today, all
    of it, field and grower as last time."""
    weights = {line.product_id: kg for line in lines if (kg := kg_to_pack(line)) is not None}
    drawn = growing.usual_lots(weights)
    last = growing.last_labels({line.product_id for line in lines})
    return {
        line.id: _usual(line, last.get(line.product_id), drawn.get(line.product_id, [])) for line in lines
    }


def fill(line: DeliveryLine, facts: LotFacts, packed_on: dt.date) -> None:
    """Put these lots into the boxes of a line. Raises Refusal for a lot that does not give as much."""
    if facts.drawn:
        _check_sum(line, facts.drawn)
        for lot, kg in sorted(facts.drawn, key=lambda each: each[0].id):
            _put(line, lot, kg, packed_on)
        return
    if facts.harvested_on > packed_on:
        raise Refusal(_l("Goods cannot be packed before their harvest."), field=f"harvested_on_{line.id}")
    lot = lots.label(
        product=line.product,
        harvested_on=facts.harvested_on,
        packed_on=packed_on,
        kg=facts.kg,
        plot=facts.plot,
        grower=facts.grower,
    )
    _put(line, lot, facts.kg, packed_on)


def empty(delivery: Delivery) -> None:
    """The boxes are opened again: each lot has its kilograms back."""
    for each in _in_order(delivery):
        if each.kg is not None:
            lots.give_back(lot=each.lot, kg=each.kg)
    for line in delivery.lines:
        line.lots.clear()
    db.session.flush()


def send_off(delivery: Delivery) -> None:
    """What is in the boxes leaves the yard; where less is sent than was packed, each lot keeps its part of the rest.

    Raises Refusal when one of the lots was called back: then nothing leaves.
    """
    leaving = {line.id: _leaving(line) for line in delivery.lines}
    for each in _in_order(delivery):
        kg = leaving[each.line_id].get(each.id, each.kg)
        if kg is not None and each.kg is not None and kg < each.kg:
            lots.give_back(lot=each.lot, kg=each.kg - kg)
            each.kg = kg or None
        if kg != 0:
            lots.take_off(lot=each.lot, kg=kg or Decimal(0))
    for line in delivery.lines:
        line.lots = [each for each in line.lots if leaving[line.id].get(each.id) != 0]
    db.session.flush()


def kg_to_pack(line: DeliveryLine) -> Decimal | None:
    """What the boxes of a line should weigh; None when nobody said what one unit does."""
    if line.scale_kg is not None:
        return line.scale_kg
    return (line.accepted * line.kg_per_unit).quantize(STEP) if line.kg_per_unit else None


def _leaving(line: DeliveryLine) -> Mapping[int, Decimal]:
    """Delivery lot id -> kilograms that go, in proportion to what was packed; empty where all of it goes."""
    packed = {each.id: each.kg for each in line.lots if each.kg is not None}
    total = sum(packed.values(), Decimal(0))
    if line.dispatched is None or line.kg_per_unit is None or not packed:
        return {}
    goes = line.scale_kg if line.weighed and line.scale_kg else line.dispatched * line.kg_per_unit
    if line.dispatched == 0:
        goes = Decimal(0)
    if goes >= total:
        return {}
    grams = {key: int(kg * GRAMS) for key, kg in packed.items()}
    shares = share_by_weight(int(goes * GRAMS), grams, caps=grams)
    return {key: Decimal(share.amount) / GRAMS for key, share in shares.items()}


def _in_order(delivery: Delivery) -> list[DeliveryLot]:
    """By lot: whoever takes several rows takes them in one order."""
    found = [each for line in delivery.lines for each in line.lots]
    return sorted(found, key=lambda each: (each.lot_id, each.id))


def _put(line: DeliveryLine, lot: Lot, kg: Decimal | None, packed_on: dt.date) -> None:
    if kg is not None:
        try:
            lots.take(lot=lot, kg=kg, packed_on=packed_on)
        except Refusal as refusal:
            raise Refusal(refusal.message, field=f"lot_{line.id}_{lot.id}") from refusal
    line.lots.append(DeliveryLot(lot=lot, kg=kg, packed_on=packed_on))
    db.session.flush()


def _check_sum(line: DeliveryLine, drawn: Sequence[tuple[Lot, Decimal]]) -> None:
    """The lots have to give what the line weighs: nobody packs goods from nowhere."""
    given, wanted = sum((kg for _lot, kg in drawn), Decimal(0)), kg_to_pack(line)
    if wanted is not None and given != wanted:
        raise Refusal(
            _l(
                "The lots give %(given)s, the boxes hold %(wanted)s: please write where all of it comes from.",
                given=formats.weight(given, locale()),
                wanted=formats.weight(wanted, locale()),
            ),
            field=f"lot_{line.id}_{drawn[0][0].id}",
        )


def _usual(line: DeliveryLine, last: Lot | None, drawn: Sequence[tuple[Lot, Decimal]]) -> LotFacts:
    return LotFacts(
        harvested_on=clock.today(),
        kg=kg_to_pack(line),
        plot=last.plot if last else "",
        grower=last.grower if last else "",
        drawn=tuple(drawn),
    )
