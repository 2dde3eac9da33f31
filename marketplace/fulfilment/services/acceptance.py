"""Slips of acceptance: opened when goods arrive, signed by the buyer, then by the seller; silence counts as a yes.

Locks are taken in one order: the slip, then the delivery.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal
from typing import Any

from marketplace.deliveries import services as deliveries
from marketplace.deliveries.models import Delivery, DeliveryLine
from marketplace.deliveries.states import DeliveryState, ReceivedHow
from marketplace.foundation import clock, formats
from marketplace.foundation.db import count_up, db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.quantity import STEP
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.reference import human_number, random_ref
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.fulfilment import grading, queries
from marketplace.fulfilment.events import (
    AcceptanceAgreed,
    AcceptanceEvent,
    AcceptanceOpened,
    AcceptanceSigned,
)
from marketplace.fulfilment.grading import Graded
from marketplace.fulfilment.models import Acceptance, AcceptanceCounter, AcceptanceSending, Load
from marketplace.fulfilment.notices import acceptance as notices
from marketplace.fulfilment.services import document
from marketplace.fulfilment.states import AcceptanceState, Outcome, acceptance_lifecycle
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import Contract

HUNDRED = Decimal(100)
SCALES_DIFFER = Decimal(2)
"""Per cent by which the buyer's scale may show more than left: another scale, another load of soil and water."""
COMPLAIN_HOURS = 24
"""Where a contract says none."""


def open_slip(*, delivery: Delivery, at: dt.datetime | None = None, by: Any = None) -> Acceptance:
    """The goods are here: weighing begins. A second time it is the same slip. `at`: when a phone without a signal wrote
    it down, never before they left. Refusal before they have left."""
    load = queries.load.of_delivery(delivery.id)
    if load is None or load.sent is None:
        raise Refusal(_l("These goods have not left yet."))
    db.session.refresh(load, with_for_update={"of": Load})
    if (found := queries.acceptance.of_delivery(delivery.id)) is not None:
        return found
    now, contract = clock.now(), load.call_off.contract
    year = clock.to_local(now).year
    counted = count_up(AcceptanceCounter, cooperative_id=load.cooperative_id, year=year)
    acceptance = Acceptance(
        ref=random_ref(),
        number=human_number("NT", year, counted),
        contract=contract,
        call_off=load.call_off,
        delivery=delivery,
        cooperative_id=load.cooperative_id,
        arrived_at=_arrived(delivery, at, now),
        opened_by_id=id_of(by),
    )
    db.session.add(acceptance)
    if load.silence_at is not None:
        load.silence_at = now + _hours(contract, "silence_hours")
    db.session.flush()
    announce(_about(AcceptanceOpened, acceptance, by))
    return acceptance


def _arrived(delivery: Delivery, at: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """As the phone says, as far as that can be: between leaving and now."""
    if at is None or delivery.dispatched_at is None:
        return now
    return min(max(at, delivery.dispatched_at), now)


def sign_as_buyer(
    *,
    acceptance: Acceptance,
    gross: Decimal,
    tare: Decimal,
    deducted: Decimal,
    lines: Sequence[Graded],
    name: str,
    words: str = "",
    depot_name: str = "",
    sent: str = "",
    by: Any,
) -> None:
    """What the scale showed, and what it turned out to be, in the buyer's name. The seller may object from now on.

    `depot_name`: who of the seller signed on the buyer's phone; it stays a note until the seller says so itself.
    Raises Refusal for weights that cannot be, lines that do not come to the net weight, or when it is signed already;
    sent again under the same `sent` it does nothing.
    """
    _lock(acceptance)
    if queries.acceptance.was_sent(sent, acceptance.id):
        return
    if acceptance.state is not AcceptanceState.OPEN:
        raise Refusal(_l("This slip is signed already."))
    if not name.strip():
        raise Refusal(_l("Please write who signs."), field="name")
    _weigh(acceptance, exact(gross), exact(tare), exact(deducted))
    grading.check(lines, acceptance.net, grades_of(acceptance.contract))
    grading.write(acceptance, lines)
    acceptance.words, acceptance.depot_name = words.strip(), depot_name.strip()
    acceptance.buyer_name, acceptance.buyer_signed_by_id = name.strip(), id_of(by)
    acceptance.buyer_signed_at = clock.now()
    acceptance.object_by = clock.now() + _hours(acceptance.contract, "complain_hours")
    acceptance_lifecycle.advance(acceptance, "sign")
    if sent:
        db.session.add(AcceptanceSending(client=sent, acceptance_id=acceptance.id))
    _clock_stops(acceptance)
    _take_in(acceptance, ReceivedHow.BUYER, by)
    announce(_about(AcceptanceSigned, acceptance, by, **_amounts(acceptance)))
    notices.signed(acceptance)


def sign_as_seller(*, acceptance: Acceptance, name: str, by: Any) -> None:
    """The seller agrees: it counts. Raises Refusal when it is not signed by the buyer, or answered already."""
    _lock(acceptance)
    if acceptance.state is not AcceptanceState.SIGNED:
        raise Refusal(_l("This slip waits for no signature of the seller."))
    if not name.strip():
        raise Refusal(_l("Please write who signs."), field="name")
    acceptance.seller_name, acceptance.seller_signed_by_id = name.strip(), id_of(by)
    acceptance.seller_signed_at = clock.now()
    _agree(acceptance, by, by_silence=False)


def lapse_buyer(*, load_id: int) -> None:
    """Nobody of the buyer wrote in time: what left is accepted in full, in the contract's first grade. Does nothing
    when somebody did."""
    load = db.session.get_one(Load, load_id)
    if load.sent is None or load.silence_at is None or load.silence_at > clock.now():
        return
    acceptance = open_slip(delivery=load.delivery)
    _lock(acceptance)
    if acceptance.state is not AcceptanceState.OPEN:
        return
    first = grades_of(acceptance.contract)[:1]
    acceptance.gross, acceptance.tare, acceptance.deducted = load.sent, Decimal(0), Decimal(0)
    grading.write(acceptance, [Graded(Outcome.ACCEPTED, first[0] if first else "", load.sent)])
    acceptance.object_by = clock.now() + _hours(acceptance.contract, "complain_hours")
    _clock_stops(acceptance)
    _take_in(acceptance, ReceivedHow.SILENCE, None)
    _agree(acceptance, None, by_silence=True)


def lapse_seller(*, acceptance_id: int) -> None:
    """The seller did not object in time: agreed. Does nothing when it answered."""
    acceptance = db.session.get_one(Acceptance, acceptance_id)
    _lock(acceptance)
    late = acceptance.object_by is not None and acceptance.object_by <= clock.now()
    if acceptance.state is AcceptanceState.SIGNED and late:
        _agree(acceptance, None, by_silence=True)


def count_in_delivery(*, acceptance: Acceptance) -> None:
    """What is accepted for good stands in the delivery's own quantities: graded and settled, at most what came."""
    good = acceptance.accepted
    for line, quantity in _spread(acceptance.delivery, good, "received"):
        deliveries.assess(line=line, good=quantity)


def grades_of(contract: Contract) -> list[str]:
    """The grades that the contract has a price for, the best first."""
    content = linkage.content_in_force(contract)
    return [each["grade"] for each in content["price"]["grades"]] if content is not None else []


def deducted_of(contract: Contract, kg: Decimal) -> Decimal:
    """What the contract takes off for packing, soil and loss."""
    content = linkage.content_in_force(contract)
    rate = content["delivery"]["deduction"] if content is not None else None
    return (kg * rate / HUNDRED).quantize(STEP) if rate else Decimal(0)


def _agree(acceptance: Acceptance, by: Any, *, by_silence: bool) -> None:
    acceptance.by_silence, acceptance.firm_since = by_silence, clock.now()
    acceptance_lifecycle.advance(acceptance, "agree")
    db.session.flush()
    count_in_delivery(acceptance=acceptance)
    document.issue_slip(acceptance=acceptance, by=by)
    announce(_about(AcceptanceAgreed, acceptance, by, by_silence=by_silence, **_amounts(acceptance)))
    notices.agreed(acceptance)


def _weigh(acceptance: Acceptance, gross: Decimal, tare: Decimal, deducted: Decimal) -> None:
    for field, weight in (("gross", gross), ("tare", tare), ("deducted", deducted)):
        if weight < 0:
            raise Refusal(_l("A weight is not below 0."), field=field)
    if tare + deducted >= gross:
        raise Refusal(_l("More would be taken off than the scale shows."), field="tare")
    most = _most(acceptance)
    if gross - tare > most:
        told = formats.weight(most, locale())
        raise Refusal(
            _l("Much more than left: %(most)s without packing at the most. Look once more.", most=told),
            field="gross",
        )
    acceptance.gross, acceptance.tare, acceptance.deducted = gross, tare, deducted


def _most(acceptance: Acceptance) -> Decimal:
    load = queries.load.of_delivery(acceptance.delivery_id)
    sent = load.sent if load is not None and load.sent is not None else Decimal(0)
    return (sent * (HUNDRED + SCALES_DIFFER) / HUNDRED).quantize(STEP)


def _take_in(acceptance: Acceptance, how: ReceivedHow, by: Any) -> None:
    """The delivery has arrived, with what lay on the scale without packing; a driver may have said so before."""
    delivery = acceptance.delivery
    db.session.refresh(delivery, with_for_update={"of": Delivery})
    if delivery.state is not DeliveryState.DISPATCHED:
        return
    came = _spread(delivery, acceptance.gross - acceptance.tare, "dispatched")
    deliveries.receive(
        delivery=delivery, quantities={line.id: quantity for line, quantity in came}, how=how, by=by
    )


def _spread(delivery: Delivery, kg: Decimal, within: str) -> list[tuple[DeliveryLine, Decimal]]:
    """So many kg over its lines in their order, in their sale units, each at most what this quantity of it is."""
    told, left = [], kg
    for line in delivery.lines:
        weighs = line.kg_per_unit or Decimal(1)
        most = getattr(line, within) or Decimal(0)
        quantity = min(most, (left / weighs).quantize(STEP, ROUND_DOWN))
        left = max(left - quantity * weighs, Decimal(0))
        told.append((line, quantity))
    return told


def _clock_stops(acceptance: Acceptance) -> None:
    load = queries.load.of_delivery(acceptance.delivery_id)
    if load is not None:
        load.silence_at = None
    db.session.flush()


def _hours(contract: Contract, term: str) -> dt.timedelta:
    content = linkage.content_in_force(contract)
    told = content["delivery"][term] if content is not None else None
    return dt.timedelta(hours=told or COMPLAIN_HOURS)


def _lock(acceptance: Acceptance) -> None:
    """As it stands now, until the transaction ends."""
    db.session.refresh(acceptance, with_for_update={"of": Acceptance})


def _amounts(acceptance: Acceptance) -> dict[str, str]:
    return {"accepted": format(acceptance.accepted, "f"), "rejected": format(acceptance.rejected, "f")}


def _about(kind: type[AcceptanceEvent], acceptance: Acceptance, by: Any, **told: Any) -> AcceptanceEvent:
    return kind(
        acceptance_id=acceptance.id,
        contract_id=acceptance.contract_id,
        call_off_id=acceptance.call_off_id,
        delivery_id=acceptance.delivery_id,
        actor_id=id_of(by),
        **told,
    )
