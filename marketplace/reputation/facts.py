"""Facts about sellers and buyers, counted out of what happened to their orders in the last twelve months.

A figure and the rows behind it are one definition: the figure counts what its rows show.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, func, select

from marketplace.deliveries.models import Delivery, DeliveryLine
from marketplace.deliveries.states import DeliveryState, ReceivedHow
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.orders.models import (
    Complaint,
    ComplaintAnswer,
    ComplaintLine,
    Order,
    OrderAnswer,
    OrderCancellation,
    OrderGroup,
)
from marketplace.orders.services.answer import PURPOSE
from marketplace.orders.states import AnswerKind, ComplaintState, OrderState, Side
from marketplace.payments.models import Charge, PaymentEntry, Refund
from marketplace.payments.states import ChargeState, RefundState

DAYS = 365
MOST = 5000
SELLERS_ANSWERS = (AnswerKind.ACCEPTANCE, AnswerKind.COUNTER, AnswerKind.REFUSAL)
LESS, LATE = "less", "late"


@dataclass
class Life:
    """What became of one order, as far as facts are counted."""

    order_id: int
    number: str
    ref: str
    placed_at: dt.datetime
    buyer: str
    total: Money
    state: OrderState
    answer: AnswerKind | None = None
    refusal: str = ""
    cancelled_by: Side | None = None
    cancelled_for: str = ""
    received_on: dt.date | None = None
    shortcomings: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    answer_hours: tuple[int, ...] = ()
    refund_days: tuple[int, ...] = ()
    charged_on: dt.date | None = None
    due_on: dt.date | None = None
    paid_on: dt.date | None = None

    @property
    def lapsed_unanswered(self) -> bool:
        return self.state is OrderState.LAPSED and self.answer is None

    @property
    def agreed(self) -> bool:
        return self.state in {OrderState.ACCEPTED, OrderState.COMPLETED, OrderState.CANCELLED}

    @property
    def overdue(self) -> bool:
        return self.paid_on is None and self.due_on is not None and self.due_on < clock.today()

    @property
    def pay_days(self) -> int | None:
        return (self.paid_on - self.charged_on).days if self.paid_on and self.charged_on else None


@dataclass(frozen=True)
class Figure:
    """`done` of `of`, the causes of what was not done (or of what happened), and the middle value of a time."""

    key: str
    done: int
    of: int
    causes: dict[str, int] = field(default_factory=dict)
    middle: int | None = None


@dataclass(frozen=True)
class Fact:
    """How a figure is counted: whom it asks, who counts as done, why others do not, which times it takes."""

    key: str
    asks: Callable[[Life], bool]
    done: Callable[[Life], bool]
    causes: Callable[[Life], Sequence[str]] = lambda _life: ()
    times: Callable[[Life], Sequence[int]] = lambda _life: ()

    def count(self, lives: Sequence[Life]) -> Figure:
        asked = [life for life in lives if self.asks(life)]
        causes = Counter(cause for life in asked for cause in self.causes(life))
        times = [time for life in asked for time in self.times(life)]
        return Figure(
            self.key,
            sum(map(self.done, asked)),
            len(asked),
            dict(sorted(causes.items())),
            round(median(times)) if times else None,
        )


SELLER = {
    fact.key: fact
    for fact in (
        Fact(
            "answered",
            asks=lambda life: life.answer is not None or life.lapsed_unanswered,
            done=lambda life: life.answer is not None,
        ),
        Fact(
            "accepted",
            asks=lambda life: life.answer is not None,
            done=lambda life: life.answer is AnswerKind.ACCEPTANCE,
            causes=lambda life: (
                [life.refusal]
                if life.answer is AnswerKind.REFUSAL
                else [LESS] * (life.answer is AnswerKind.COUNTER)
            ),
        ),
        Fact(
            "kept",
            asks=lambda life: life.agreed,
            done=lambda life: life.cancelled_by is not Side.SELLER,
            causes=lambda life: [life.cancelled_for] if life.cancelled_by is Side.SELLER else [],
        ),
        Fact(
            "delivered",
            asks=lambda life: life.received_on is not None,
            done=lambda life: not life.shortcomings,
            causes=lambda life: life.shortcomings,
        ),
        Fact(
            "complaints",
            asks=lambda life: life.received_on is not None,
            done=lambda life: bool(life.faults),
            causes=lambda life: (*life.faults, *life.endings),
            times=lambda life: life.answer_hours,
        ),
        Fact(
            "refunds",
            asks=lambda life: bool(life.refund_days),
            done=lambda life: bool(life.refund_days),
            times=lambda life: life.refund_days,
        ),
    )
}
BUYER = {
    fact.key: fact
    for fact in (
        Fact(
            "completed",
            asks=lambda life: life.agreed and life.state is not OrderState.ACCEPTED,
            done=lambda life: life.state is OrderState.COMPLETED,
        ),
        Fact(
            "paid",
            asks=lambda life: life.paid_on is not None or life.overdue,
            done=lambda life: (
                life.paid_on is not None and (life.due_on is None or life.paid_on <= life.due_on)
            ),
            times=lambda life: [life.pay_days] if life.pay_days is not None else [],
        ),
        Fact(
            "backed_out",
            asks=lambda life: life.answer in {AnswerKind.ACCEPTANCE, AnswerKind.COUNTER},
            done=lambda life: life.cancelled_by is Side.BUYER or life.state is OrderState.WITHDRAWN,
            causes=lambda life: [life.cancelled_for] if life.cancelled_by is Side.BUYER else [],
        ),
        Fact(
            "complained",
            asks=lambda life: life.received_on is not None,
            done=lambda life: bool(life.faults),
            causes=lambda life: (*life.faults, *life.endings),
        ),
    )
}


def of_seller(cooperative_id: int) -> list[Figure]:
    lives = lives_where(Order.cooperative_id == cooperative_id)
    return [fact.count(lives) for fact in SELLER.values()]


def of_buyer(group: OrderGroup) -> list[Figure]:
    """The organisation that buys, or the person; of a guest nothing is known."""
    whose = buyer_is(group)
    lives = lives_where(whose) if whose is not None else []
    return [fact.count(lives) for fact in BUYER.values()]


def buyer_is(group: OrderGroup) -> ColumnElement[bool] | None:
    if group.organisation_id is not None:
        return OrderGroup.organisation_id == group.organisation_id
    if group.person_id is not None:
        return (OrderGroup.person_id == group.person_id) & OrderGroup.organisation_id.is_(None)
    return None


def lives_where(whose: ColumnElement[bool]) -> list[Life]:
    """Orders of twelve months, newest first: a constant number of statements."""
    since = clock.start_of_day(clock.today() - dt.timedelta(days=DAYS))
    rows = db.session.execute(
        select(
            Order.id,
            Order.number,
            Order.ref,
            Order.placed_at,
            OrderGroup.buyer_name,
            Order.total,
            Order.state,
            OrderCancellation.side,
            OrderCancellation.reason,
        )
        .join(Order.group)
        .outerjoin(OrderCancellation, OrderCancellation.order_id == Order.id)
        .where(whose, Order.placed_at >= since)
        .order_by(Order.id.desc())
        .limit(MOST)
    ).all()
    lives = {row[0]: Life(*row[:7], cancelled_by=row[7], cancelled_for=str(row[8] or "")) for row in rows}
    if lives:
        mine = select(Order.id).join(Order.group).where(whose, Order.placed_at >= since)
        for look in (_answers, _deliveries, _complaints, _refunds, _charges):
            look(lives, mine)
    return list(lives.values())


def _answers(lives: dict[int, Life], mine: Any) -> None:
    rows = db.session.execute(
        select(OrderAnswer.order_id, OrderAnswer.kind, OrderAnswer.reason)
        .where(OrderAnswer.order_id.in_(mine), OrderAnswer.kind.in_(SELLERS_ANSWERS))
        .order_by(OrderAnswer.id)
    )
    for order_id, kind, reason in rows:
        life = lives.get(order_id)
        if life is not None and life.answer is None:
            life.answer, life.refusal = kind, str(reason or "")


def _deliveries(lives: dict[int, Life], mine: Any) -> None:
    short = func.sum(DeliveryLine.accepted - func.coalesce(DeliveryLine.received, 0))
    rows = db.session.execute(
        select(
            Delivery.source_id,
            Delivery.due_on,
            Delivery.dispatched_at,
            Delivery.received_at,
            Delivery.received_how,
            short,
        )
        .join(Delivery.lines)
        .where(
            Delivery.source_kind == PURPOSE,
            Delivery.source_id.in_(mine),
            Delivery.state == DeliveryState.RECEIVED,
        )
        .group_by(Delivery.id)
        .order_by(Delivery.id)
    )
    for order_id, due_on, left_at, came_at, how, missing in rows:
        life = lives.get(order_id)
        if life is None or life.received_on is not None or came_at is None:
            continue
        life.received_on = clock.to_local(came_at).date()
        # Whoever stays silent has received some day: what counts then is the day it left.
        arrived = clock.to_local(left_at if how is ReceivedHow.SILENCE and left_at else came_at).date()
        life.shortcomings = (*([LESS] if missing else []), *([LATE] if arrived > due_on else []))


def _complaints(lives: dict[int, Life], mine: Any) -> None:
    rows = db.session.execute(
        select(
            Complaint.order_id,
            Complaint.id,
            Complaint.state,
            Complaint.at,
            ComplaintAnswer.remedy,
            ComplaintAnswer.at,
            ComplaintLine.fault,
        )
        .join(ComplaintLine, ComplaintLine.complaint_id == Complaint.id)
        .outerjoin(ComplaintAnswer, ComplaintAnswer.complaint_id == Complaint.id)
        .where(Complaint.order_id.in_(mine), Complaint.state != ComplaintState.WITHDRAWN)
        .order_by(Complaint.id, ComplaintLine.line_id)
    )
    seen = set()
    for order_id, complaint_id, _state, at, remedy, answered_at, fault in rows:
        life = lives.get(order_id)
        if life is None:
            continue
        if str(fault) not in life.faults:
            life.faults = (*life.faults, str(fault))
        if complaint_id not in seen and remedy is not None:
            life.endings = (*life.endings, str(remedy))
            life.answer_hours = (*life.answer_hours, round((answered_at - at).total_seconds() / 3600))
        seen.add(complaint_id)


def _refunds(lives: dict[int, Life], mine: Any) -> None:
    rows = db.session.execute(
        select(Charge.subject_id, Refund.since, PaymentEntry.at)
        .join(Refund, Refund.charge_id == Charge.id)
        .join(PaymentEntry, PaymentEntry.id == Refund.entry_id)
        .where(Charge.purpose == PURPOSE, Charge.subject_id.in_(mine), Refund.state == RefundState.PAID)
        .order_by(Refund.id)
    )
    for order_id, since, at in rows:
        life = lives.get(order_id)
        if life is not None:
            life.refund_days = (
                *life.refund_days,
                (clock.to_local(at).date() - clock.to_local(since).date()).days,
            )


def _charges(lives: dict[int, Life], mine: Any) -> None:
    rows = db.session.execute(
        select(Charge.subject_id, Charge.opened_at, Charge.due_on, Charge.settled_at).where(
            Charge.purpose == PURPOSE,
            Charge.subject_id.in_(mine),
            Charge.state != ChargeState.CANCELLED,
        )
    )
    for order_id, opened_at, due_on, settled_at in rows:
        life = lives.get(order_id)
        if life is not None:
            life.charged_on, life.due_on = clock.to_local(opened_at).date(), due_on
            life.paid_on = clock.to_local(settled_at).date() if settled_at else None
