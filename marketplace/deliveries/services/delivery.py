"""Verbs of hand-over. Goods leave the ledger when they leave the yard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace import config
from marketplace.deliveries import queries
from marketplace.deliveries.events import (
    DeliveryCancelled,
    DeliveryDispatched,
    DeliveryEvent,
    DeliveryPacked,
    DeliveryPlanned,
    DeliveryReceived,
    DeliveryUnpacked,
)
from marketplace.deliveries.models import (
    Delivery,
    DeliveryCounter,
    DeliveryLine,
)
from marketplace.deliveries.services import lots as boxes
from marketplace.deliveries.services.document import issue_packing_list, issue_slip
from marketplace.deliveries.services.lots import LotFacts
from marketplace.deliveries.states import Mode, ReceivedHow, delivery_lifecycle
from marketplace.deliveries.windows import Window
from marketplace.foundation import clock, formats
from marketplace.foundation.db import count_up, db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.quantity import STEP
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.reference import human_number, random_ref
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.places.models import Address
from marketplace.supply import services as supply
from marketplace.supply.models import Claim


@dataclass(frozen=True, kw_only=True)
class Goods:
    """One line to deliver, as agreed; `free` goods are paid for already, or never."""

    product_id: int
    claim_id: int
    name_vi: str
    name_en: str
    grade: str
    grade_en: str = ""
    packing: str
    unit: str
    kg_per_unit: Decimal | None
    asked: Decimal
    accepted: Decimal
    weighed: bool = False
    free: bool = False


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Who gets the goods; `link` is the path of the page they follow them on.

    `depot` is what was copied of a buying organisation's depot, `papers` what it wants with the goods.
    """

    name: str
    phone: str
    email: str = ""
    locale: str = "vi"
    person_id: int | None = None
    organisation_id: int | None = None
    link: str = ""
    depot: Mapping[str, Any] | None = None
    papers: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """Who brings the goods when it is not the cooperative; `link` begins with https://."""

    name: str = ""
    number: str = ""
    link: str = ""


def plan(
    *,
    source_kind: str,
    source_id: int,
    cooperative_id: int,
    option: Mapping[str, Any],
    fee: Money,
    contact: Contact,
    address: Address | None,
    lines: Sequence[Goods],
    by: Any = None,
) -> Delivery:
    """Both sides agreed: prepare a delivery of these goods."""
    now = clock.now()
    year = clock.to_local(now).year
    window = Window.agreed(option.get("window"))
    delivery = Delivery(
        ref=random_ref(),
        number=human_number("PG", year, count_up(DeliveryCounter, cooperative_id=cooperative_id, year=year)),
        source_kind=source_kind,
        source_id=source_id,
        cooperative_id=cooperative_id,
        mode=Mode(option.get("mode", Mode.OWN)),
        option=dict(option),
        fee=fee,
        contact_name=contact.name,
        contact_phone=contact.phone,
        contact_email=contact.email,
        contact_locale=contact.locale,
        contact_person_id=contact.person_id,
        contact_organisation_id=contact.organisation_id,
        link=contact.link,
        address=address,
        due_on=window.day if window else clock.today() + dt.timedelta(days=int(option.get("lead_days", 1))),
        due_from=window.opens if window else None,
        due_to=window.closes if window else None,
        planned_at=now,
    )
    if contact.depot is not None:
        delivery.depot = dict(contact.depot)
    if contact.papers:
        delivery.papers_asked = [dict(paper) for paper in contact.papers]
    delivery.lines = [line_of(goods, position) for position, goods in enumerate(lines, start=1)]
    db.session.add(delivery)
    db.session.flush()
    announce(event(DeliveryPlanned, delivery, by))
    return delivery


def pack(
    *,
    delivery: Delivery,
    lots: Mapping[int, LotFacts] | None = None,
    packed_on: dt.date | None = None,
    by: Any,
) -> None:
    """Packed into labelled boxes: each line gets a lot (line id -> facts) whose code stands on the label.

    A line without facts comes from what is usual: see `boxes.usual_lots`.
    """
    day = packed_on or clock.today()
    if day > clock.today():
        raise Refusal(_l("This day is still to come."), field="packed_on")
    delivery_lifecycle.advance(delivery, "pack")
    delivery.packed_at = clock.now()
    packed = [line for line in delivery.lines if line.accepted > 0]
    usual = boxes.usual_lots(packed)
    for line in packed:
        boxes.fill(line, (lots or {}).get(line.id, usual[line.id]), day)
    db.session.flush()
    issue_packing_list(delivery=delivery, by=by)
    announce(event(DeliveryPacked, delivery, by))


def unpack(*, delivery: Delivery, by: Any) -> None:
    """The boxes are opened again, to be packed from other lots."""
    take_turn(delivery)
    delivery_lifecycle.advance(delivery, "unpack")
    delivery.packed_at = None
    boxes.empty(delivery)
    announce(event(DeliveryUnpacked, delivery, by))


def dispatch(
    *,
    delivery: Delivery,
    quantities: Mapping[int, Decimal] | None = None,
    vehicle: str = "",
    carrier: Carrier | None = None,
    by: Any,
) -> None:
    """Goods leave: line id -> quantity, at most what was agreed. They leave the ledger in the same moment.

    Of weighed goods leaves what was on the scale, once it is clear what is paid for it.
    """
    take_turn(delivery)
    check_weighed(delivery)
    sent = {line.id: _leaving(line, (quantities or {}).get(line.id)) for line in delivery.lines}
    for line in delivery.lines:
        if not line.weighed and not 0 <= sent[line.id] <= line.accepted:
            most = formats.amount(line.accepted, line.unit, locale())
            raise Refusal(_l("Send %(most)s at the most.", most=most), field=f"quantity_{line.id}")
    if any(sent[line.id] == 0 for line in delivery.lines if line.accepted > 0 and not line.refused):
        raise Refusal(_l("Nothing would be sent of one product. Please check the quantities."))
    delivery_lifecycle.advance(delivery, "dispatch")
    delivery.dispatched_at, delivery.vehicle = clock.now(), vehicle
    with_whom = carrier or Carrier()
    if (with_whom.number or with_whom.link) and not with_whom.name:
        raise Refusal(_l("Please write who carries the goods."), field="carrier")
    delivery.carrier, delivery.tracking_number = with_whom.name, with_whom.number
    delivery.tracking_link = with_whom.link
    for line in sorted(delivery.lines, key=lambda line: line.product_id):
        line.dispatched = sent[line.id]
        line.settled = line.dispatched if line.settled is None else line.settled
        if line.dispatched == 0:
            continue
        claim = db.session.get_one(Claim, line.claim_id)
        supply.hand_over(claim=claim, quantity=line.dispatched, by=by, cause=f"delivery:{delivery.id}")
    db.session.flush()
    boxes.send_off(delivery)
    issue_slip(delivery=delivery, by=by)
    announce(event(DeliveryDispatched, delivery, by))


def receive(
    *,
    delivery: Delivery,
    quantities: Mapping[int, Decimal] | None = None,
    how: ReceivedHow = ReceivedHow.BUYER,
    by: Any = None,
) -> None:
    """Goods arrived: line id -> quantity, at most what was sent. Less is written down as it is."""
    for line in delivery.lines:
        sent = line.dispatched or Decimal(0)
        came = exact((quantities or {}).get(line.id, sent))
        if not 0 <= came <= sent:
            most = formats.amount(sent, line.unit, locale())
            raise Refusal(
                _l("%(most)s were sent: write that or less.", most=most), field=f"quantity_{line.id}"
            )
        line.received, line.graded = came, _good(line, came)
    delivery_lifecycle.advance(delivery, "receive")
    delivery.received_at, delivery.received_how = clock.now(), how
    db.session.flush()
    less = any(line.received != line.dispatched for line in delivery.lines)
    announce(event(DeliveryReceived, delivery, by, how=how, less=less))


def _leaving(line: DeliveryLine, wanted: Decimal | None) -> Decimal:
    return exact(wanted) if wanted is not None and not line.weighed else line.in_the_box


def _good(line: DeliveryLine, came: Decimal) -> Decimal:
    """What counts as good at receipt: all that came, in the unit that is paid."""
    if not line.weighed:
        return came
    if not came or not line.dispatched or line.scale_kg is None:
        return Decimal(0)
    return (line.scale_kg * came / line.dispatched).quantize(STEP)


def receive_by_silence(*, delivery: Delivery) -> bool:
    """Nobody objected within the set time: the goods count as received in full."""
    edge = clock.now() - dt.timedelta(hours=config.current().receipt_silence_hours)
    if not delivery_lifecycle.allows(delivery, "receive") or (delivery.dispatched_at or edge) > edge:
        return False
    receive(delivery=delivery, how=ReceivedHow.SILENCE)
    return True


def cancel(*, delivery: Delivery, by: Any = None) -> None:
    """Called off before it left; what was set aside is free again."""
    take_turn(delivery)
    delivery_lifecycle.advance(delivery, "cancel")
    for line in sorted(delivery.lines, key=lambda line: line.product_id):
        supply.release(claim=db.session.get_one(Claim, line.claim_id), reason="delivery called off", by=by)
    boxes.empty(delivery)
    announce(event(DeliveryCancelled, delivery, by))


def check_weighed(delivery: Delivery) -> None:
    """Weighed goods stay until the scale was read, and until the buyer answered where it was asked."""
    if any(line.to_weigh and line.scale_kg is None for line in delivery.lines):
        raise Refusal(_l("Please weigh the goods first."))
    if queries.waits_for_buyer(delivery):
        raise Refusal(
            _l("The buyer has been asked about the weight: the goods stay until the answer is there.")
        )


def take_turn(delivery: Delivery) -> None:
    """Goods do not leave while what is to leave is being changed."""
    db.session.refresh(delivery, with_for_update={"of": Delivery})
    db.session.expire(delivery, ["lines"])


def line_of(goods: Goods, position: int) -> DeliveryLine:
    return DeliveryLine(
        position=position,
        product_id=goods.product_id,
        claim_id=goods.claim_id,
        name_vi=goods.name_vi,
        name_en=goods.name_en,
        grade=goods.grade,
        grade_en=goods.grade_en,
        packing=goods.packing,
        unit=goods.unit,
        kg_per_unit=goods.kg_per_unit,
        weighed=goods.weighed,
        asked=goods.asked,
        accepted=goods.accepted,
        settled=Decimal(0) if goods.free else None,
    )


def event(kind: type[DeliveryEvent], delivery: Delivery, by: Any, **more: Any) -> DeliveryEvent:
    return kind(
        delivery_id=delivery.id,
        source_kind=delivery.source_kind,
        source_id=delivery.source_id,
        order_id=delivery.source_id if delivery.source_kind == "order" else None,
        actor_id=id_of(by),
        **more,
    )
