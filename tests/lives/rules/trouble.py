"""Something is wrong with the goods: complaint, answer, mediation, decision. (The clock's part: see clockwork.)"""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from marketplace.deliveries.models import Delivery
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.orders import services
from marketplace.orders.models import Complaint, Dispute, Order
from marketplace.orders.states import ComplaintState, DisputeState, Fault, OrderState, Remedy, Side
from marketplace.orders.states import StatementKind as K
from tests.lives.rules.answering import one
from tests.lives.walk import Act, Walk, rule

C, D = ComplaintState, DisputeState


@rule(9)
def complain(walk: Walk) -> Act | None:
    received = select(Delivery.source_id).where(
        Delivery.source_kind == "order", Delivery.state == DeliveryState.RECEIVED
    )
    order_id = walk.pick(select(Order.id).where(Order.id.in_(received)))
    if order_id is None:
        return None
    fault, amount = walk.rng.choice(list(Fault)), Decimal(walk.rng.randint(1, 12))

    def do() -> None:
        order = db.session.get_one(Order, order_id)
        line = order.lines[0]
        trouble = services.Trouble(line=line, fault=fault, quantity=min(amount, line.quantity))
        services.complain(order=order, troubles=[trouble], words="Dập")

    return Act(do)


def _complaint(walk: Walk, *states: ComplaintState) -> int | None:
    found: int | None = walk.pick(select(Complaint.id).where(Complaint.state.in_(states)))
    return found


def _dispute(walk: Walk, *states: DisputeState) -> int | None:
    found: int | None = walk.pick(select(Dispute.id).where(Dispute.state.in_(states)))
    return found


@rule(8)
def answer_a_complaint(walk: Walk) -> Act | None:
    if (number := _complaint(walk, C.RAISED)) is None:
        return None
    remedy, part = walk.rng.choice([*Remedy, Remedy.REFUND]), walk.rng.choice([0.3, 0.5, 1.0])

    def do() -> None:
        complaint = db.session.get_one(Complaint, number)
        services.answer_complaint(
            complaint=complaint,
            remedy=remedy,
            amount=Money(max(int(int(complaint.worth) * part), 1)),
            words="Xin lỗi",
            by=walk.seller(complaint.order),
        )

    return Act(do)


@rule(6)
def take_the_answer(walk: Walk) -> Act | None:
    if (number := _complaint(walk, C.ANSWERED)) is None:
        return None

    def do() -> tuple[int, int]:
        complaint = db.session.get_one(Complaint, number)
        assert complaint.answer is not None
        amount = int(complaint.answer.amount)
        services.accept_answer(complaint=complaint)
        return complaint.order_id, amount

    return Act(do, lambda told: off(walk, *told))


def off(walk: Walk, order_id: int, amount: int) -> None:
    walk.reckoning.order(order_id).off += amount


@rule(1)
def take_a_complaint_back(walk: Walk) -> Act | None:
    if (number := _complaint(walk, C.RAISED, C.ANSWERED)) is None:
        return None
    return Act(lambda: services.withdraw_complaint(complaint=db.session.get_one(Complaint, number)))


@rule(3)
def ask_the_alliance_about_a_complaint(walk: Walk) -> Act | None:
    if (number := _complaint(walk, C.RAISED, C.ANSWERED)) is None:
        return None
    return Act(lambda: _raise(db.session.get_one(Complaint, number)))


def _raise(complaint: Complaint) -> None:
    services.raise_dispute(order=complaint.order, side=Side.BUYER, words="Không đồng ý", complaint=complaint)


@rule(1)
def ask_the_alliance(walk: Walk) -> Act | None:
    """About anything else."""
    order_id = one(walk, OrderState.ACCEPTED, OrderState.COMPLETED, OrderState.CANCELLED)
    if order_id is None:
        return None
    side = walk.rng.choice([Side.BUYER, Side.SELLER])

    def do() -> None:
        services.raise_dispute(order=db.session.get_one(Order, order_id), side=side, words="Xin hòa giải")

    return Act(do)


@rule(3)
def tell_ones_view(walk: Walk) -> Act | None:
    if (number := _dispute(walk, D.RAISED)) is None:
        return None
    return Act(lambda: services.answer_dispute(dispute=db.session.get_one(Dispute, number), words="Hàng tốt"))


@rule(4)
def propose_a_sum(walk: Walk) -> Act | None:
    if (number := _dispute(walk, D.RAISED, D.ANSWERED)) is None:
        return None
    amount = Money(walk.rng.choice([0, 5_000, 40_000, 400_000]))

    def do() -> None:
        dispute = db.session.get_one(Dispute, number)
        services.mediate(dispute=dispute, amount=amount, words="Mỗi bên một nửa", by=walk.world.officer)

    return Act(do)


@rule(5)
def agree_to_the_sum(walk: Walk) -> Act | None:
    if (number := _dispute(walk, D.MEDIATED)) is None:
        return None
    side = walk.rng.choice([Side.BUYER, Side.SELLER])

    def do() -> tuple[int, int]:
        dispute = db.session.get_one(Dispute, number)
        both = dispute.said(side.other) is K.AGREEMENT
        assert dispute.proposal is not None
        services.agree(dispute=dispute, side=side)
        return dispute.order_id, int(dispute.proposal.amount or 0) if both else 0

    return Act(do, lambda told: off(walk, *told))


@rule(1)
def not_agree(walk: Walk) -> Act | None:
    if (number := _dispute(walk, D.MEDIATED)) is None:
        return None
    side = walk.rng.choice([Side.BUYER, Side.SELLER])
    return Act(
        lambda: services.reject(dispute=db.session.get_one(Dispute, number), side=side, words="Quá ít")
    )


@rule(3)
def decide(walk: Walk) -> Act | None:
    if (number := _dispute(walk, D.RAISED, D.ANSWERED, D.MEDIATED)) is None:
        return None
    amount = Money(walk.rng.choice([0, 8_000, 55_000, 300_000]))

    def do() -> None:
        dispute = db.session.get_one(Dispute, number)
        services.decide(dispute=dispute, amount=amount, words="Theo ảnh", by=walk.world.officer)

    return Act(do)


@rule(3)
def carry_it_out(walk: Walk) -> Act | None:
    number = walk.pick(select(Dispute.id).where(Dispute.state == D.DECIDED, Dispute.done_at.is_(None)))
    if number is None:
        return None

    def do() -> tuple[int, int]:
        dispute = db.session.get_one(Dispute, number)
        services.carry_out(dispute=dispute, by=walk.seller(dispute.order))
        return dispute.order_id, int(dispute.decided or 0)

    return Act(do, lambda told: off(walk, *told))


@rule(1)
def no_longer_need_the_alliance(walk: Walk) -> Act | None:
    if (number := _dispute(walk, D.RAISED, D.ANSWERED, D.MEDIATED)) is None:
        return None
    return Act(lambda: services.withdraw_dispute(dispute=db.session.get_one(Dispute, number)))
