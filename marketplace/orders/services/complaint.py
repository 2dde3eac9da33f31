"""Complaints about goods that came: raised within hours, answered, agreed to, or brought before the alliance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace import config
from marketplace.deliveries import queries as deliveries_queries
from marketplace.deliveries import services as deliveries
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media import receive_photo
from marketplace.foundation.money import Money, line_total
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.reference import random_ref
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.orders.events import (
    ComplaintAnswered,
    ComplaintClosed,
    ComplaintRaised,
    ComplaintSettled,
    ComplaintWithdrawn,
)
from marketplace.orders.models import (
    Complaint,
    ComplaintAnswer,
    ComplaintLine,
    ComplaintPhoto,
    Order,
    OrderLine,
)
from marketplace.orders.queries.complaint import complained_of, live_rows, still_time
from marketplace.orders.services.answer import PURPOSE, contact_of, goods_of
from marketplace.orders.services.relief import check_sum, take_off
from marketplace.orders.services.turn import take_turn
from marketplace.orders.states import MONEY, ComplaintState, Fault, OrderState, Remedy, complaint_lifecycle
from marketplace.payments import queries as payments_queries
from marketplace.supply import services as supply
from marketplace.supply.states import ClaimKind

MOST_PHOTOS = 4
NOTHING = Money(0)
BUYERS_DAYS = 7
"""An answer that the buyer leaves alone this long counts."""


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What is wrong with one line, and with how much of it."""

    line: OrderLine
    fault: Fault
    quantity: Decimal


def complain(
    *,
    order: Order,
    troubles: Sequence[Trouble],
    words: str = "",
    photos: Sequence[tuple[Any, str]] = (),
    by: Any = None,
) -> Complaint:
    """The buyer reports what is wrong, within hours of receipt; `photos` are (stream, filename), four at the most."""
    take_turn(order)
    if order.state not in {OrderState.ACCEPTED, OrderState.COMPLETED} or not still_time(order):
        hours = config.current().complaint_hours
        raise Refusal(
            _l(
                "A problem with the goods is reported within %(hours)s hours of receipt. You can still ask the"
                " alliance to mediate.",
                hours=hours,
            )
        )
    if not troubles:
        raise Refusal(_l("Please say which goods are not as they should be, and how much of them."))
    if len(photos) > MOST_PHOTOS:
        raise Refusal(_l("Four photos are enough."), field="photos")
    for trouble in troubles:
        _check_trouble(order, trouble)
    complaint = Complaint(
        ref=random_ref(),
        order=order,
        words=words.strip()[:1000],
        by_id=id_of(by),
        at=clock.now(),
        answer_by=clock.now() + dt.timedelta(hours=config.current().complaint_answer_hours),
    )
    complaint.lines = [
        ComplaintLine(
            line=trouble.line,
            fault=trouble.fault,
            weighed=trouble.line.weighed,
            quantity=exact(trouble.quantity),
            worth=_worth(order, trouble),
        )
        for trouble in troubles
    ]
    db.session.add(complaint)
    db.session.flush()
    complaint.photos = [
        ComplaintPhoto(
            photo=receive_photo(stream=stream, filename=filename, by=by, field="photos"), position=position
        )
        for position, (stream, filename) in enumerate(photos, start=1)
    ]
    db.session.flush()
    announce(ComplaintRaised(**_about(complaint, by), words=complaint.words))
    return complaint


def answer_complaint(
    *,
    complaint: Complaint,
    remedy: Remedy,
    amount: Money = NOTHING,
    again: Mapping[int, Decimal] | None = None,
    words: str = "",
    by: Any,
) -> ComplaintAnswer:
    """The seller offers money, goods, or nothing. What is to be sent again is set aside at once.

    `again` is line id -> quantity. Raises NotEnough when the stock does not have it.
    """
    order = complaint.order
    take_turn(order)
    _refresh(complaint)
    complaint_lifecycle.advance(complaint, "answer")
    if remedy in MONEY:
        _check_money(complaint, remedy, amount)
    elif remedy is Remedy.REPLACEMENT:
        _set_aside(complaint, again or {}, by)
    elif not words.strip():
        raise Refusal(_l("Please tell the buyer why."), field="words")
    complaint.answer_by = clock.now() + dt.timedelta(days=BUYERS_DAYS)
    complaint.answer = ComplaintAnswer(
        complaint_id=complaint.id,
        remedy=remedy,
        amount=amount if remedy in MONEY else NOTHING,
        words=words.strip()[:1000],
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.flush()
    announce(
        ComplaintAnswered(
            **_about(complaint, by),
            remedy=remedy,
            amount=int(complaint.answer.amount),
            words=complaint.answer.words,
        )
    )
    return complaint.answer


def accept_answer(*, complaint: Complaint, by: Any = None) -> None:
    """The buyer is content: money is taken off, or the goods are sent again."""
    take_turn(complaint.order)
    _refresh(complaint)
    if complaint.state is not ComplaintState.ANSWERED:
        raise Refusal(_l("This has changed in the meantime. Please look at it again."))
    settle(complaint=complaint, by=by)


def withdraw_complaint(*, complaint: Complaint, by: Any = None) -> None:
    """It was a mistake, or it was settled by phone."""
    take_turn(complaint.order)
    _refresh(complaint)
    complaint_lifecycle.advance(complaint, "withdraw")
    _end(complaint, by)
    announce(ComplaintWithdrawn(**_about(complaint, by)))


def end_unanswered(*, complaint: Complaint) -> bool:
    """The buyer left the answer alone for days: it counts."""
    take_turn(complaint.order)
    _refresh(complaint)
    if complaint.state is not ComplaintState.ANSWERED or complaint.answer_by > clock.now():
        return False
    settle(complaint=complaint, by=None)
    return True


def settle(*, complaint: Complaint, by: Any) -> None:
    """Do what the answer says; a declined complaint is closed."""
    answer = complaint.answer
    if answer is None or answer.remedy is Remedy.NONE:
        close(complaint=complaint, by=by)
        return
    complaint_lifecycle.advance(complaint, "settle")
    complaint.closed_at = clock.now()
    _grade(complaint)
    if answer.gives_money:
        take_off(
            order=complaint.order,
            amount=answer.amount,
            reason=str(_l("a problem with the goods")),
            complaint=complaint,
            by=by,
        )
    else:
        _send_again(complaint, by)
    db.session.flush()
    announce(ComplaintSettled(**_about(complaint, by)))


def settle_with_money(*, complaint: Complaint, by: Any) -> None:
    """Something else than the answer settled it: what was set aside is free again."""
    complaint_lifecycle.advance(complaint, "settle")
    _end(complaint, by)
    _grade(complaint)
    announce(ComplaintSettled(**_about(complaint, by)))


def close(*, complaint: Complaint, by: Any) -> None:
    complaint_lifecycle.advance(complaint, "close")
    _end(complaint, by)
    announce(ComplaintClosed(**_about(complaint, by)))


def _check_trouble(order: Order, trouble: Trouble) -> None:
    field = f"quantity_{trouble.line.id}"
    left = trouble.line.paid_for - complained_of(order).get(trouble.line.id, Decimal(0))
    if trouble.line not in order.lines or not 0 < trouble.quantity <= left:
        most = formats.amount(max(left, Decimal(0)), trouble.line.paid_unit, locale())
        raise Refusal(_l("Write more than 0 and %(most)s at the most.", most=most), field=field)


def _worth(order: Order, trouble: Trouble) -> Money:
    """What these goods cost; parts of a line, each rounded, together never more than the line does."""
    line = trouble.line
    told = sum((int(row.worth) for row in live_rows(order) if row.line_id == line.id), 0)
    return Money(min(int(line_total(line.unit_price, trouble.quantity)), int(line.line_total) - told))


def _check_money(complaint: Complaint, remedy: Remedy, amount: Money) -> None:
    if amount <= 0:
        raise Refusal(_l("Please write how much."), field="amount")
    if amount > complaint.worth:
        most = formats.vnd(complaint.worth, locale())
        raise Refusal(_l("These goods cost %(most)s: write that or less.", most=most), field="amount")
    check_sum(complaint.order, amount)
    charge = payments_queries.charge_for(PURPOSE, complaint.order_id)
    open_amount = charge.open_amount if charge else Money(0)
    if remedy is Remedy.CREDIT and amount > open_amount:
        told = formats.vnd(open_amount, locale())
        raise Refusal(_l("Only %(open)s are still to be paid.", open=told), field="amount")


def _set_aside(complaint: Complaint, again: Mapping[int, Decimal], by: Any) -> None:
    for row in sorted(complaint.lines, key=lambda row: row.line.product_id):
        amount = exact(again.get(row.line_id, row.in_sale_units))
        if not 0 <= amount <= row.in_sale_units:
            most = formats.amount(row.in_sale_units, row.line.unit, locale())
            raise Refusal(_l("Send %(most)s at the most.", most=most), field=f"again_{row.line_id}")
        if amount == 0:
            continue
        try:
            claim = supply.hold(
                product_id=row.line.product_id,
                quantity=amount,
                holder=f"order:{complaint.order_id}",
                kind=ClaimKind.ORDER,
                by=by,
            )
        except Refusal as refusal:
            raise Refusal(refusal.message, field=f"again_{row.line_id}") from refusal
        row.claim_id, row.again = claim.id, amount
    if all(row.again is None for row in complaint.lines):
        raise Refusal(_l("Please say how much is sent again."), field="remedy")
    db.session.flush()
    db.session.expire(complaint, ["lines"])


def _send_again(complaint: Complaint, by: Any) -> None:
    """A delivery of its own for this order, free of charge, on the next day."""
    order = complaint.order
    deliveries.plan(
        source_kind=PURPOSE,
        source_id=order.id,
        cooperative_id=order.cooperative_id,
        option={**order.delivery, "window": None, "lead_days": 1},
        fee=Money(0),
        contact=contact_of(order),
        address=order.address,
        lines=[_goods(row) for row in complaint.lines if row.again is not None],
        by=by,
    )


def _goods(row: ComplaintLine) -> deliveries.Goods:
    assert row.again is not None and row.claim_id is not None, "set aside with the answer"
    return goods_of(row.line, claim_id=row.claim_id, asked=row.again, accepted=row.again, free=True)


def _end(complaint: Complaint, by: Any) -> None:
    """Over; what was promised to be sent again is free."""
    complaint.closed_at = clock.now()
    for row in complaint.lines:
        if row.claim is not None:
            supply.release(claim=row.claim, reason="not sent again", by=by)
    db.session.flush()


def _grade(complaint: Complaint) -> None:
    """What was rightly complained of does not count as good."""
    claims = {row.line.claim_id: row.line for row in complaint.lines}
    wrong = complained_of(complaint.order)
    for delivery in deliveries_queries.deliveries_of(PURPOSE, complaint.order_id):
        for sent in delivery.lines:
            line = claims.get(sent.claim_id)
            if line is not None:
                deliveries.grade(line=sent, good=line.paid_for - wrong.get(line.id, Decimal(0)))


def _refresh(complaint: Complaint) -> None:
    db.session.refresh(complaint)
    db.session.expire(complaint, ["answer", "lines"])


def _about(complaint: Complaint, by: Any) -> dict[str, Any]:
    return {"order_id": complaint.order_id, "complaint_id": complaint.id, "actor_id": id_of(by)}
