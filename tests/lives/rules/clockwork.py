"""The clock: minutes, hours and days pass, and the worker does what waits, in any order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlalchemy import select

from marketplace.cards import services as cards
from marketplace.cards import tasks as card_tasks
from marketplace.cards.models import CardEvent, CardRefund, CardSession
from marketplace.cards.states import EventState
from marketplace.deliveries import tasks as delivery_tasks
from marketplace.foundation import clock, jobs
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.orders import tasks as order_tasks
from marketplace.orders.models import Complaint, Dispute, OrderWeighing
from marketplace.orders.states import ComplaintState, DisputeState, Side, WeighingState
from marketplace.payments import tasks as money_tasks
from marketplace.payments.models import BankLine, BankPart, Charge
from marketplace.payments.states import LineState
from marketplace.supply import tasks as supply_tasks
from tests.lives.rules.cards import tell
from tests.lives.walk import Act, Walk, rule

SWEEPS: list[jobs.Job] = [
    order_tasks.lapse_unanswered,
    order_tasks.end_what_waits_too_long,
    supply_tasks.free_expired_holds,
    delivery_tasks.take_silence_as_receipt,
    money_tasks.count_assigned_lines,
    card_tasks.look_after_pages,
    card_tasks.send_refunds,
]
PAUSES = (0, 1, 5, 5, 15, 15, 30, 40, 60, 60, 120, 240, 60 * 7, 60 * 13, 60 * 26, 60 * 24 * 4)
Waiting = list[tuple[Callable[[], bool], Callable[[Walk], None]]]
"""Whether it came to pass, and what the reckoning makes of it."""


@rule(12)
def time_passes(walk: Walk) -> Act:
    pause = walk.rng.choice(PAUSES)
    sweeps = walk.rng.sample(SWEEPS, walk.rng.randint(1, len(SWEEPS)))
    walk.clock.shift(dt.timedelta(minutes=pause))
    waiting = _due(clock.now())

    def do() -> None:
        for sweep in sweeps:
            sweep()
            db.session.remove()

    def then(_: None) -> None:
        for each in list(waiting):
            came_to_pass, means = each
            if came_to_pass():
                waiting.remove(each)
                means(walk)

    return Act(do, then, alone=True, by_clock=True)


def _due(now: dt.datetime) -> Waiting:
    """What the rules say that silence brings about, if the worker comes to it."""
    due: Waiting = []
    for complaint in db.session.scalars(
        select(Complaint).where(Complaint.state == ComplaintState.ANSWERED, Complaint.answer_by <= now)
    ):
        assert complaint.answer is not None
        due.append((_settled(complaint.id), _by("off", complaint.order_id, int(complaint.answer.amount))))
    open_states = (DisputeState.RAISED, DisputeState.ANSWERED, DisputeState.MEDIATED)
    for dispute in db.session.scalars(
        select(Dispute).where(Dispute.state.in_(open_states), Dispute.decide_by <= now)
    ):
        if dispute.complaint is not None and dispute.complaint.state is ComplaintState.DISPUTED:
            amount = _by_rule(dispute, dispute.complaint)
            due.append((_settled(dispute.complaint.id), _by("off", dispute.order_id, amount)))
    for part in db.session.scalars(
        select(BankPart)
        .join(BankPart.line)
        .where(BankLine.state == LineState.ASSIGNED, BankLine.counts_at <= now)
    ):
        order_id = db.session.get_one(Charge, part.charge_id).subject_id
        due.append((_counted(part.line_id), _by("came", order_id, int(part.amount))))
    for weighing in db.session.scalars(
        select(OrderWeighing).where(
            OrderWeighing.state == WeighingState.ASKED, OrderWeighing.answer_by <= now
        )
    ):
        due.append((_lapsed(weighing.id), _unanswered(weighing)))
    return due


def _by(what: str, order_id: int, amount: int) -> Callable[[Walk], None]:
    """More of it came, or was taken off."""

    def means(walk: Walk) -> None:
        expected = walk.reckoning.order(order_id)
        setattr(expected, what, getattr(expected, what) + amount)

    return means


def _unanswered(weighing: OrderWeighing) -> Callable[[Walk], None]:
    """Silence is no yes to a higher sum, and no refusal."""
    order_id, products = weighing.order_id, [row.line.product_id for row in weighing.lines]

    def means(walk: Walk) -> None:
        expected = walk.reckoning.order(order_id)
        expected.answered(
            {each: "agreed" if expected.lines[each].heavier else "weighed" for each in products}
        )

    return means


def _by_rule(dispute: Dispute, complaint: Complaint) -> int:
    """Who said nothing is wrong: the answer stands where there is one, else what was complained of."""
    spoke = any(said.side is Side.SELLER for said in dispute.statements)
    if complaint.answer is not None:
        return int(complaint.answer.amount)
    return 0 if spoke else int(complaint.worth)


def _settled(number: int) -> Callable[[], bool]:
    return lambda: db.session.get_one(Complaint, number).state is ComplaintState.SETTLED


def _lapsed(number: int) -> Callable[[], bool]:
    return lambda: db.session.get_one(OrderWeighing, number).state is WeighingState.LAPSED


def _counted(number: int) -> Callable[[], bool]:
    return lambda: db.session.get_one(BankLine, number).state is LineState.COUNTED


# --- the end --------------------------------------------------------------------------------------------


def come_to_rest(walk: Walk) -> None:
    """All news comes, the company is asked about all that is open, parked news is tried again: until nothing moves."""
    walk.company.trouble.clear()
    while walk.company.news.waiting:
        tell(walk, walk.company.news.waiting.pop())
        db.session.remove()
    for _ in range(6):
        for refund in [r for r in walk.company.books.of("refund") if r["status"] == "pending"]:
            walk.company.books.end_refund(refund["id"])
        walk.clock.shift(dt.timedelta(hours=7))
        for sweep in (card_tasks.look_after_pages, card_tasks.send_refunds):
            sweep()
            db.session.remove()
        while walk.company.news.waiting:
            tell(walk, walk.company.news.waiting.pop(0))
            db.session.remove()
        _try_parked()


def _try_parked() -> None:
    parked = db.session.scalars(select(CardEvent.id).where(CardEvent.state == EventState.PARKED)).all()
    db.session.rollback()
    for number in parked:
        in_transaction(lambda n=number: cards.try_parked(event=db.session.get_one(CardEvent, n)))
    db.session.remove()


def nothing_is_asked() -> bool:
    """No page is being opened or closed, no refund is on its way."""
    pages = db.session.scalars(
        select(CardSession.id).where(CardSession.state.in_(["asked", "leaving"]))
    ).all()
    refunds = db.session.scalars(select(CardRefund.id).where(CardRefund.state.in_(["asked", "sent"]))).all()
    return not pages and not refunds
