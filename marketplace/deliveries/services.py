"""Verbs of hand-over. Goods leave the ledger when they leave the yard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import update

from marketplace import config
from marketplace.catalogue import queries as catalogue
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries import queries
from marketplace.deliveries.events import (
    DeliveryCancelled,
    DeliveryDispatched,
    DeliveryEvent,
    DeliveryPacked,
    DeliveryPlanned,
    DeliveryReceived,
)
from marketplace.deliveries.models import (
    Delivery,
    DeliveryCounter,
    DeliveryLine,
    DeliveryOption,
    FeeRule,
    Lot,
)
from marketplace.deliveries.states import Mode, ReceivedHow, delivery_lifecycle
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.money import Money
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.reference import human_number, random_ref, short_code
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.places import queries as places
from marketplace.places.models import Address
from marketplace.supply import services as supply
from marketplace.supply.models import Claim

WIDEST = 10**9


@dataclass(frozen=True)
class Option:
    """One way to get the goods, with its fee for this place, weight and sum. `key` names it in a form."""

    key: str
    mode: Mode
    label: str
    fee: Money
    details: dict[str, Any]

    def snapshot(self) -> dict[str, Any]:
        """What is copied onto the order."""
        return {"key": self.key, "mode": str(self.mode), "label": self.label, **self.details}


@dataclass(frozen=True, kw_only=True)
class Goods:
    """One line to deliver, as agreed."""

    product_id: int
    claim_id: int
    name_vi: str
    name_en: str
    grade: str
    packing: str
    unit: str
    kg_per_unit: Decimal | None
    asked: Decimal
    accepted: Decimal


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Who gets the goods; `link` is the path of the page they follow them on."""

    name: str
    phone: str
    email: str = ""
    locale: str = "vi"
    person_id: int | None = None
    link: str = ""


# --- ways to deliver --------------------------------------------------------------------------------


def options_for(*, cooperative_id: int, unit_id: int | None, kg: Decimal, amount: Money) -> list[Option]:
    """The ways this cooperative can bring goods to a place (None: not known yet), cheapest first.

    A rule for a commune goes before one for its province, that before one for everywhere; among rules of the same
    place the one with the smallest sufficient weight counts. Pick-up is always possible where it is offered.
    """
    near = places.family({unit_id}) if unit_id is not None else set()
    found = []
    for option in queries.options_of(cooperative_id):
        fee = Money(0) if option.mode is Mode.PICKUP else _fee(option.rules, near, kg, amount)
        if fee is not None:
            found.append(_shown(option, fee))
    if not found:
        found.append(_by_agreement())
    return sorted(found, key=lambda option: (option.mode is Mode.PICKUP, option.fee))


def _fee(rules: Sequence[FeeRule], near: set[int], kg: Decimal, amount: Money) -> Money | None:
    fitting = [
        rule
        for rule in rules
        if (rule.unit_id is None or rule.unit_id in near) and (rule.up_to_kg is None or kg <= rule.up_to_kg)
    ]
    if not fitting:
        return None
    best = min(fitting, key=lambda r: (-(r.unit.level if r.unit else 0), r.up_to_kg or Decimal(WIDEST)))
    return Money(0) if best.free_from is not None and amount >= best.free_from else best.fee


def _shown(option: DeliveryOption, fee: Money) -> Option:
    cost = formats.vnd(fee, locale()) if fee else _("free")
    due = clock.today() + dt.timedelta(days=option.lead_days)
    day = formats.weekday_date(due, locale())
    if option.mode is Mode.PICKUP:
        label = _(
            "Pick up: %(name)s, %(place)s (%(times)s)",
            name=option.name,
            place=option.place,
            times=option.times,
        )
    else:
        label = _("%(name)s: %(cost)s, from %(day)s", name=option.name, cost=cost, day=day)
    details = {"place": option.place, "times": option.times, "lead_days": option.lead_days}
    return Option(option.ref, option.mode, label, fee, details)


def _by_agreement() -> Option:
    """Nothing fits: the two sides talk. The cooperative sees the place before it accepts."""
    label = _("The cooperative calls you to agree on delivery")
    return Option("agree", Mode.OWN, label, Money(0), {"place": "", "times": "", "lead_days": 2})


def add_option(
    *,
    cooperative: Cooperative,
    mode: Mode,
    name_vi: str,
    name_en: str = "",
    place: str = "",
    times: str = "",
    lead_days: int = 1,
    rules: Sequence[Mapping[str, Any]] = (),
    by: Any = None,
) -> DeliveryOption:
    """Offer a way to deliver. `rules` hold unit_id, up_to_kg, fee, free_from."""
    if mode is Mode.PICKUP and not place:
        raise Refusal(_l("Please write where the goods are picked up."), field="place")
    if mode is Mode.OWN and not rules:
        raise Refusal(_l("Please give the fee; 0 is fine."), field="fee")
    option = DeliveryOption(
        ref=random_ref(),
        cooperative_id=cooperative.id,
        mode=mode,
        name_vi=name_vi,
        name_en=name_en,
        place=place,
        times=times,
        lead_days=lead_days,
    )
    option.rules = [FeeRule(**rule) for rule in rules]
    db.session.add(option)
    db.session.flush()
    return option


def close_option(*, option: DeliveryOption, by: Any) -> None:
    """No longer offered; orders that chose it keep it."""
    option.active = False


# --- a delivery's way -------------------------------------------------------------------------------


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
    delivery = Delivery(
        ref=random_ref(),
        number=human_number("PG", year, _next_number(cooperative_id, year)),
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
        link=contact.link,
        address=address,
        due_on=clock.today() + dt.timedelta(days=int(option.get("lead_days", 1))),
        planned_at=now,
    )
    delivery.lines = [_line(goods, position) for position, goods in enumerate(lines, start=1)]
    db.session.add(delivery)
    db.session.flush()
    announce(_event(DeliveryPlanned, delivery, by))
    return delivery


def pack(*, delivery: Delivery, harvested_on: dt.date | None = None, by: Any) -> None:
    """Packed into labelled boxes: each line gets a lot whose code stands on the label."""
    delivery_lifecycle.advance(delivery, "pack")
    delivery.packed_at = clock.now()
    for line in delivery.lines:
        if line.accepted > 0:
            line.lot = _lot(line, harvested_on or clock.today())
    db.session.flush()
    announce(_event(DeliveryPacked, delivery, by))


def dispatch(
    *, delivery: Delivery, quantities: Mapping[int, Decimal] | None = None, vehicle: str = "", by: Any
) -> None:
    """Goods leave: line id -> quantity, at most what was agreed. They leave the ledger in the same moment."""
    sent = {line.id: exact((quantities or {}).get(line.id, line.accepted)) for line in delivery.lines}
    for line in delivery.lines:
        if not 0 <= sent[line.id] <= line.accepted:
            most = formats.amount(line.accepted, line.unit, locale())
            raise Refusal(_l("Send %(most)s at the most.", most=most), field=f"quantity_{line.id}")
    if any(sent[line.id] == 0 for line in delivery.lines if line.accepted > 0):
        raise Refusal(_l("Nothing would be sent of one product. Please check the quantities."))
    delivery_lifecycle.advance(delivery, "dispatch")
    delivery.dispatched_at, delivery.vehicle = clock.now(), vehicle
    for line in sorted(delivery.lines, key=lambda line: line.product_id):
        line.dispatched = sent[line.id]
        claim = db.session.get_one(Claim, line.claim_id)
        supply.hand_over(claim=claim, quantity=line.dispatched, by=by, cause=f"delivery:{delivery.id}")
    db.session.flush()
    announce(_event(DeliveryDispatched, delivery, by))


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
        line.received = came
    delivery_lifecycle.advance(delivery, "receive")
    delivery.received_at, delivery.received_how = clock.now(), how
    db.session.flush()
    less = any(line.received != line.dispatched for line in delivery.lines)
    announce(_event(DeliveryReceived, delivery, by, how=how, less=less))


def receive_by_silence(*, delivery: Delivery) -> bool:
    """Nobody objected within the set time: the goods count as received in full."""
    edge = clock.now() - dt.timedelta(hours=config.current().receipt_silence_hours)
    if not delivery_lifecycle.allows(delivery, "receive") or (delivery.dispatched_at or edge) > edge:
        return False
    receive(delivery=delivery, how=ReceivedHow.SILENCE)
    return True


def cancel(*, delivery: Delivery, by: Any = None) -> None:
    """Called off before it left; what was set aside is free again."""
    delivery_lifecycle.advance(delivery, "cancel")
    for line in sorted(delivery.lines, key=lambda line: line.product_id):
        supply.release(claim=db.session.get_one(Claim, line.claim_id), reason="delivery called off", by=by)
    announce(_event(DeliveryCancelled, delivery, by))


def _line(goods: Goods, position: int) -> DeliveryLine:
    return DeliveryLine(
        position=position,
        product_id=goods.product_id,
        claim_id=goods.claim_id,
        name_vi=goods.name_vi,
        name_en=goods.name_en,
        grade=goods.grade,
        packing=goods.packing,
        unit=goods.unit,
        kg_per_unit=goods.kg_per_unit,
        asked=goods.asked,
        accepted=goods.accepted,
    )


def _lot(line: DeliveryLine, harvested_on: dt.date) -> Lot:
    today = clock.today()
    papers = [str(paper.kind) for paper in catalogue.badges(line.product, today)]
    lot = Lot(
        code=random_ref()[:10].upper(),
        product_id=line.product_id,
        harvested_on=harvested_on,
        packed_on=today,
        certificates=papers,
        created_at=clock.now(),
    )
    db.session.add(lot)
    db.session.flush()
    lot.code = f"{harvested_on:%d%m}-{short_code(lot.id)}"
    return lot


def _next_number(cooperative_id: int, year: int) -> int:
    counted = db.session.execute(
        update(DeliveryCounter)
        .where(DeliveryCounter.cooperative_id == cooperative_id, DeliveryCounter.year == year)
        .values(last=DeliveryCounter.last + 1)
        .returning(DeliveryCounter.last)
        .execution_options(synchronize_session=False)
    ).scalar()
    if counted is None:
        db.session.add(DeliveryCounter(cooperative_id=cooperative_id, year=year, last=1))
        db.session.flush()
        counted = 1
    return counted


def _event(kind: type[DeliveryEvent], delivery: Delivery, by: Any, **more: Any) -> DeliveryEvent:
    return kind(
        delivery_id=delivery.id,
        source_kind=delivery.source_kind,
        source_id=delivery.source_id,
        order_id=delivery.source_id if delivery.source_kind == "order" else None,
        actor_id=by.id if by is not None else None,
        **more,
    )
