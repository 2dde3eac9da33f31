"""Reading deliveries and ways to hand over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.models import (
    Delivery,
    DeliveryLine,
    DeliveryLot,
    DeliveryOption,
    FeeRule,
    PickupPoint,
    PointShare,
    Round,
    RoundLoad,
    Timetable,
)
from marketplace.deliveries.receipts import KEPT_ELSEWHERE
from marketplace.deliveries.states import DELIVERY_LABELS, DeliveryState, Mode, RoundState, ShareState
from marketplace.deliveries.windows import Window
from marketplace.foundation import formats
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, pick
from marketplace.places.models import Address, AdminUnit

GOING = (DeliveryState.PLANNED, DeliveryState.PACKED, DeliveryState.DISPATCHED)


def _whole() -> tuple[Any, ...]:
    address = joinedload(Delivery.address)
    return (
        joinedload(Delivery.cooperative),
        address.joinedload(Address.unit_current).joinedload(AdminUnit.parent),
        address.joinedload(Address.unit_as_written).joinedload(AdminUnit.parent).joinedload(AdminUnit.parent),
        selectinload(Delivery.lines).selectinload(DeliveryLine.lots).joinedload(DeliveryLot.lot),
        selectinload(Delivery.lines).joinedload(DeliveryLine.product),
    )


def _hours(way: Any) -> tuple[Any, ...]:
    return _of_timetable(joinedload(way.timetable))


def _hours_at(point: Any) -> tuple[Any, ...]:
    return _of_timetable(point.joinedload(PickupPoint.timetable))


def _of_timetable(timetable: Any) -> tuple[Any, ...]:
    return timetable.selectinload(Timetable.hours), timetable.selectinload(Timetable.closures)


def options_of(cooperative_id: int) -> Sequence[DeliveryOption]:
    """A cooperative's own deliveries with their fee rules and hours."""
    return db.session.scalars(
        select(DeliveryOption)
        .where(DeliveryOption.cooperative_id == cooperative_id, DeliveryOption.active)
        .options(selectinload(DeliveryOption.rules).joinedload(FeeRule.unit), *_hours(DeliveryOption))
        .order_by(DeliveryOption.id)
    ).all()


def points_of(cooperative_id: int) -> Sequence[PickupPoint]:
    """Where buyers can fetch this cooperative's goods: its own points, then those that it shares."""
    shared = select(PointShare.point_id).where(
        PointShare.cooperative_id == cooperative_id, PointShare.state == ShareState.SHARED
    )
    return db.session.scalars(
        select(PickupPoint)
        .where(
            PickupPoint.active,
            (PickupPoint.cooperative_id == cooperative_id) | PickupPoint.id.in_(shared),
        )
        .options(joinedload(PickupPoint.cooperative), *_hours(PickupPoint))
        .order_by(PickupPoint.cooperative_id != cooperative_id, PickupPoint.id)
    ).all()


def cut_offs_of(cooperative_id: int) -> dict[int, PointShare]:
    """Point id -> this cooperative's share of it, which may hold a cut-off of its own."""
    shares = db.session.scalars(
        select(PointShare).where(
            PointShare.cooperative_id == cooperative_id, PointShare.state == ShareState.SHARED
        )
    )
    return {share.point_id: share for share in shares}


def points_to_ask_for(cooperative_id: int, limit: int = 100) -> Sequence[PickupPoint]:
    """Points of others that are open to others, and that this cooperative neither asked for nor shares."""
    known = select(PointShare.point_id).where(
        PointShare.cooperative_id == cooperative_id,
        PointShare.state.in_([ShareState.ASKED, ShareState.SHARED]),
    )
    return db.session.scalars(
        select(PickupPoint)
        .where(
            PickupPoint.active,
            PickupPoint.open_to_others,
            PickupPoint.cooperative_id != cooperative_id,
            PickupPoint.id.not_in(known),
        )
        .options(joinedload(PickupPoint.cooperative), *_hours(PickupPoint))
        .order_by(PickupPoint.name_vi, PickupPoint.id)
        .limit(limit)
    ).all()


def shares_around(cooperative_id: int) -> Sequence[PointShare]:
    """Asked for or shared: by others at this cooperative's points, and by it at theirs."""
    return db.session.scalars(
        select(PointShare)
        .join(PointShare.point)
        .where(
            PickupPoint.active,
            PointShare.state.in_([ShareState.ASKED, ShareState.SHARED]),
            (PickupPoint.cooperative_id == cooperative_id) | (PointShare.cooperative_id == cooperative_id),
        )
        .options(
            joinedload(PointShare.cooperative),
            joinedload(PointShare.point).joinedload(PickupPoint.cooperative),
            *_hours_at(joinedload(PointShare.point)),
        )
        .order_by(PointShare.id)
    ).all()


def share_of(point_id: int, cooperative_id: int) -> PointShare | None:
    """What a cooperative once asked of a point, whatever became of it."""
    return db.session.scalar(
        select(PointShare).where(PointShare.point_id == point_id, PointShare.cooperative_id == cooperative_id)
    )


def own_option(ref: str, organisation_ids: Collection[int]) -> DeliveryOption | None:
    """A way to deliver of a cooperative one acts for."""
    return db.session.scalar(
        select(DeliveryOption)
        .join(Cooperative, Cooperative.id == DeliveryOption.cooperative_id)
        .where(
            DeliveryOption.ref == ref,
            DeliveryOption.active,
            Cooperative.organisation_id.in_([*organisation_ids]),
        )
    )


def own_point(ref: str, organisation_ids: Collection[int]) -> PickupPoint | None:
    """A pick-up point of a cooperative one acts for."""
    return db.session.scalar(
        select(PickupPoint)
        .join(PickupPoint.cooperative)
        .where(
            PickupPoint.ref == ref,
            PickupPoint.active,
            Cooperative.organisation_id.in_([*organisation_ids]),
        )
    )


def others_point(ref: str) -> PickupPoint | None:
    """A point that its owner opened to others."""
    return db.session.scalar(
        select(PickupPoint).where(PickupPoint.ref == ref, PickupPoint.active, PickupPoint.open_to_others)
    )


def own_share(ref: str, organisation_ids: Collection[int]) -> PointShare | None:
    """A share in which one acts for either side: the point's owner, or who asked."""
    ours = select(Cooperative.id).where(Cooperative.organisation_id.in_([*organisation_ids]))
    return db.session.scalar(
        select(PointShare)
        .join(PointShare.point)
        .where(
            PointShare.ref == ref,
            PointShare.cooperative_id.in_(ours) | PickupPoint.cooperative_id.in_(ours),
        )
    )


def told(way: Mapping[str, Any]) -> str:
    """The way a buyer chose with its window, from what was copied onto the order, in the reader's language."""
    window = Window.agreed(way.get("window"))
    when = window.label if window else ""
    if way["mode"] == Mode.PICKUP:
        return ". ".join(part for part in (named(way), when, way.get("note", "")) if part)
    return ", ".join(part for part in (named(way), when) if part)


def named(way: Mapping[str, Any]) -> str:
    """The way alone: the cooperative's truck, or the point and its place."""
    if "name_vi" not in way:  # agreed on by word of mouth, or chosen before windows were kept
        return str(way.get("label") or _("The cooperative calls you to agree on delivery"))
    name = pick(way["name_vi"], way["name_en"])
    if way["mode"] == Mode.PICKUP:
        return _("Pick up: %(name)s, %(place)s", name=name, place=way["place"])
    return name


def deliveries_of(source_kind: str, source_id: int) -> Sequence[Delivery]:
    """The deliveries of one sale."""
    return db.session.scalars(
        select(Delivery)
        .where(Delivery.source_kind == source_kind, Delivery.source_id == source_id)
        .options(*_whole())
        .order_by(Delivery.id)
    ).all()


def going(source_kind: str, source_id: int) -> list[Delivery]:
    """Those of one sale that were not called off."""
    return [d for d in deliveries_of(source_kind, source_id) if d.state is not DeliveryState.CANCELLED]


def all_received(source_kind: str, source_id: int) -> bool:
    """At least one delivery, and every one that was not called off has arrived."""
    states = [delivery.state for delivery in going(source_kind, source_id)]
    return bool(states) and all(state is DeliveryState.RECEIVED for state in states)


def delivery_by_id(delivery_id: int) -> Delivery:
    return db.session.scalars(select(Delivery).where(Delivery.id == delivery_id).options(*_whole())).one()


def delivery_by_ref(ref: str) -> Delivery | None:
    """The buyer's way in: whoever holds the reference."""
    return db.session.scalar(select(Delivery).where(Delivery.ref == ref).options(*_whole()))


def own_delivery(ref: str, organisation_ids: Collection[int]) -> Delivery | None:
    """A delivery of a cooperative one acts for."""
    return db.session.scalar(
        select(Delivery)
        .join(Delivery.cooperative)
        .where(Delivery.ref == ref, Cooperative.organisation_id.in_(list(organisation_ids)))
        .options(*_whole())
    )


def leaving(cooperative_id: int, limit: int = 50) -> Sequence[Delivery]:
    """What a cooperative still has to send or has on its way, the earliest due first."""
    return db.session.scalars(
        select(Delivery)
        .where(Delivery.cooperative_id == cooperative_id, Delivery.state.in_(GOING))
        .options(*_whole())
        .order_by(Delivery.due_on, Delivery.due_from.is_(None), Delivery.due_from, Delivery.id)
        .limit(limit)
    ).all()


def all_going(after: str | None, *, cooperative_id: int | None = None, size: int = 30) -> Page[Delivery]:
    """What waits to leave or is on its way, of all cooperatives or of one, the earliest due first."""
    query = select(Delivery).where(Delivery.state.in_(GOING)).options(*_whole())
    if cooperative_id is not None:
        query = query.where(Delivery.cooperative_id == cooperative_id)
    return page_of(query, Delivery.due_on, Delivery.id, after=after, size=size).map(lambda row: row[0])


def done(cooperative_id: int, after: str | None, size: int = 30) -> Page[Delivery]:
    """What was received or called off, newest first."""
    query = (
        select(Delivery)
        .where(
            Delivery.cooperative_id == cooperative_id,
            Delivery.state.in_([DeliveryState.RECEIVED, DeliveryState.CANCELLED]),
        )
        .options(*_whole())
    )
    return page_of(query, Delivery.id, after=after, size=size, descending=True).map(lambda row: row[0])


def due_on(cooperative_id: int, day: dt.date) -> Sequence[Delivery]:
    """What is agreed for a day and has not left, the earliest first."""
    return db.session.scalars(
        select(Delivery)
        .where(
            Delivery.cooperative_id == cooperative_id,
            Delivery.due_on == day,
            Delivery.state.in_([DeliveryState.PLANNED, DeliveryState.PACKED]),
        )
        .options(*_whole())
        .order_by(Delivery.due_from.is_(None), Delivery.due_from, Delivery.id)
    ).all()


def count_to_send(cooperative_id: int) -> int:
    query = select(func.count()).select_from(Delivery)
    waiting = [DeliveryState.PLANNED, DeliveryState.PACKED]
    return int(
        db.session.scalar(query.where(Delivery.cooperative_id == cooperative_id, Delivery.state.in_(waiting)))
        or 0
    )


def silent(before: dt.datetime, limit: int = 200) -> Sequence[int]:
    """Ids of deliveries that left before this moment and that nobody confirmed."""
    return db.session.scalars(
        select(Delivery.id)
        .where(
            Delivery.state == DeliveryState.DISPATCHED,
            Delivery.dispatched_at <= before,
            Delivery.source_kind.not_in(sorted(KEPT_ELSEWHERE)),
        )
        .order_by(Delivery.dispatched_at)
        .limit(limit)
    ).all()


def waits_for_scale(delivery: Delivery) -> bool:
    """Something of it has to be weighed before it leaves."""
    return any(line.to_weigh and line.scale_kg is None for line in delivery.lines)


def waits_for_buyer(delivery: Delivery) -> bool:
    """It weighs more or less than was agreed, and its buyer has not said what is paid."""
    return any(
        line.to_weigh and line.scale_kg is not None and line.settled is None for line in delivery.lines
    )


def scale_told(line: DeliveryLine) -> str:
    """What lay on the scale: 30 quả = 76,2 kg."""
    kg = formats.weight(line.scale_kg or 0, locale())
    if line.unit == "kg":
        return kg
    return f"{formats.amount(line.scale_count or 0, line.unit, locale())} = {kg}"


@dataclass(frozen=True)
class Axis:
    """How the goods stand: a label, steps with words, one sentence."""

    label: Any
    steps: list[tuple[Any, str]]
    words: str


def fulfilment_axis(source_kind: str, source_id: int) -> Axis:
    """The goods' own axis for a page."""
    found = going(source_kind, source_id)
    if not found:
        return Axis(_("Not prepared yet"), _steps(-1), _("Packing begins after both sides agreed."))
    order = [DeliveryState.PLANNED, DeliveryState.PACKED, DeliveryState.DISPATCHED, DeliveryState.RECEIVED]
    slowest = min(found, key=lambda d: order.index(d.state))
    at = {
        DeliveryState.PLANNED: 0,
        DeliveryState.PACKED: 0,
        DeliveryState.DISPATCHED: 1,
        DeliveryState.RECEIVED: 3,
    }
    return Axis(DELIVERY_LABELS[slowest.state], _steps(at[slowest.state]), _words(slowest))


def _steps(at: int) -> list[tuple[Any, str]]:
    labels = [_("Prepared"), _("On its way"), _("Received")]
    return [(label, "ok" if i < at else "at" if i == at else "") for i, label in enumerate(labels)]


def _words(delivery: Delivery) -> str:
    if delivery.received_at is not None:
        return _("Received %(at)s.", at=formats.date_time(delivery.received_at, locale()))
    if delivery.dispatched_at is not None:
        return _("Left %(at)s.", at=formats.date_time(delivery.dispatched_at, locale()))
    return _("Due %(day)s.", day=due(delivery))


def due_hours(delivery: Delivery) -> str:
    """Its hours alone, under the heading of their day; nothing where none were chosen."""
    if delivery.due_from is None or delivery.due_to is None:
        return ""
    return formats.hours(delivery.due_from, delivery.due_to)


def due(delivery: Delivery) -> str:
    """The day a delivery is due, with its hours where a window was chosen."""
    if delivery.due_from is None or delivery.due_to is None:
        return formats.weekday_date(delivery.due_on, locale())
    return Window(delivery.due_on, delivery.due_from, delivery.due_to).label


# --- collection rounds ------------------------------------------------------------------------------


def _whole_round() -> tuple[Any, ...]:
    goods = selectinload(Round.loads).joinedload(RoundLoad.delivery)
    return (
        joinedload(Round.runner),
        selectinload(Round.stops),
        goods.joinedload(Delivery.cooperative).joinedload(Cooperative.address),
        goods.joinedload(Delivery.address),
        goods.selectinload(Delivery.lines),
    )


def round_by_ref(ref: str) -> Round | None:
    return db.session.scalar(select(Round).where(Round.ref == ref).options(*_whole_round()))


def own_round(ref: str, organisation_ids: Collection[int]) -> Round | None:
    """A round that one of these runs."""
    return db.session.scalar(
        select(Round)
        .where(Round.ref == ref, Round.runner_id.in_([*organisation_ids]))
        .options(*_whole_round())
    )


def others_round(ref: str, cooperative_id: int) -> Round | None:
    """A round of somebody else that is open to others, or has goods of this cooperative on it."""
    return db.session.scalar(
        select(Round).where(Round.ref == ref, _of_others(cooperative_id)).options(*_whole_round())
    )


def _of_others(cooperative_id: int) -> Any:
    runner = select(Cooperative.organisation_id).where(Cooperative.id == cooperative_id).scalar_subquery()
    with_goods = (
        select(RoundLoad.round_id).join(RoundLoad.delivery).where(Delivery.cooperative_id == cooperative_id)
    )
    open_now = (Round.state == RoundState.PLANNED) & Round.open_to_others
    return (Round.runner_id != runner) & (open_now | Round.id.in_(with_goods))


def rounds_of(runner_id: int, after: str | None = None, size: int = 30) -> Page[Round]:
    """What one runs, the latest day first."""
    query = select(Round).where(Round.runner_id == runner_id).options(*_whole_round())
    page = page_of(query, Round.day, Round.id, after=after, size=size, descending=True)
    return page.map(lambda row: row[0])


def rounds_of_others(cooperative_id: int, since: dt.date, limit: int = 50) -> Sequence[Round]:
    """Rounds from this day on that a cooperative may join, or that carry its goods."""
    return db.session.scalars(
        select(Round)
        .where(_of_others(cooperative_id), Round.day >= since, Round.state != RoundState.CANCELLED)
        .options(*_whole_round())
        .order_by(Round.day, Round.leaves_at, Round.id)
        .limit(limit)
    ).all()


def load_of(delivery_id: int) -> RoundLoad | None:
    """The round that a delivery goes with."""
    return _live(RoundLoad.delivery_id == delivery_id)


def live_load(delivery_ref: str) -> RoundLoad | None:
    """The same, by the delivery's reference; whoever asks must run the round or send the goods."""
    return _live(RoundLoad.delivery.has(Delivery.ref == delivery_ref))


def _live(condition: Any) -> RoundLoad | None:
    return db.session.scalar(
        select(RoundLoad)
        .where(condition, RoundLoad.live)
        .options(
            joinedload(RoundLoad.delivery),
            joinedload(RoundLoad.collect),
            joinedload(RoundLoad.round).options(*_whole_round()),
        )
    )


def free_for_round(day: dt.date, cooperative_id: int | None, limit: int = 200) -> Sequence[Delivery]:
    """Deliveries of a day that wait and go with no round: a cooperative's, or all of them for the alliance."""
    query = select(Delivery).where(
        Delivery.due_on == day,
        Delivery.state.in_([DeliveryState.PLANNED, DeliveryState.PACKED]),
        Delivery.id.not_in(select(RoundLoad.delivery_id).where(RoundLoad.live)),
    )
    if cooperative_id is not None:
        query = query.where(Delivery.cooperative_id == cooperative_id)
    return db.session.scalars(
        query.options(*_whole())
        .order_by(Delivery.cooperative_id, Delivery.due_from, Delivery.id)
        .limit(limit)
    ).all()
