"""Disputes: the alliance hears both sides, proposes and decides. It is never the merchant: the two of them act."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace import config
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.orders.events import (
    DisputeAnswered,
    DisputeCarriedOut,
    DisputeDecided,
    DisputeMediated,
    DisputeRaised,
    DisputeTimedOut,
    DisputeWithdrawn,
    ProposalAgreed,
    ProposalRejected,
)
from marketplace.orders.models import Complaint, Dispute, DisputeStatement, Order
from marketplace.orders.services.complaint import close, settle, settle_with_money
from marketplace.orders.services.relief import check_sum, take_off
from marketplace.orders.services.turn import take_turn
from marketplace.orders.states import (
    SIDES,
    ComplaintState,
    DisputeState,
    OrderState,
    Side,
    StatementKind,
    complaint_lifecycle,
    dispute_lifecycle,
)

AGREED = (OrderState.ACCEPTED, OrderState.CANCELLED, OrderState.COMPLETED)
K = StatementKind


def raise_dispute(
    *, order: Order, side: Side, words: str, complaint: Complaint | None = None, by: Any = None
) -> Dispute:
    """Ask the alliance to mediate, about a complaint or about anything else of an agreed order."""
    take_turn(order)
    if order.state not in AGREED:
        raise Refusal(_l("The alliance mediates once both sides have agreed on an order."))
    if not words.strip():
        raise Refusal(_l("Please tell the alliance what happened and what you wish."), field="words")
    if complaint is not None:
        db.session.refresh(complaint)
        complaint_lifecycle.advance(complaint, "dispute")
    now, settings = clock.now(), config.current()
    raised = Dispute(
        ref=random_ref(),
        order=order,
        complaint_id=complaint.id if complaint else None,
        side=side,
        at=now,
        answer_by=now + dt.timedelta(hours=settings.dispute_answer_hours),
        decide_by=now + dt.timedelta(days=settings.dispute_days),
    )
    db.session.add(raised)
    db.session.flush()
    _say(raised, K.OPENING, side, words, by=by)
    announce(DisputeRaised(**_about(raised, side, by), words=words.strip()[:2000]))
    return raised


def dispute_silence(*, complaint: Complaint) -> Dispute | None:
    """The seller let the time for its answer pass: the complaint goes before the alliance by itself."""
    take_turn(complaint.order)
    db.session.refresh(complaint)
    if complaint.state is not ComplaintState.RAISED or complaint.answer_by > clock.now():
        return None
    if complaint.order.open_dispute is not None:
        return None
    words = str(_l("The cooperative did not answer the complaint in time."))
    return raise_dispute(order=complaint.order, side=Side.BUYER, words=words, complaint=complaint)


def answer_dispute(*, dispute: Dispute, words: str, by: Any = None) -> None:
    """The other side tells its view."""
    _take_turn(dispute)
    if not words.strip():
        raise Refusal(_l("Please tell the alliance how you see it."), field="words")
    dispute_lifecycle.advance(dispute, "answer")
    side = dispute.side.other
    _say(dispute, K.ANSWER, side, words, by=by)
    announce(DisputeAnswered(**_about(dispute, side, by), words=words.strip()[:2000]))


def mediate(*, dispute: Dispute, amount: Money, words: str, by: Any) -> None:
    """The alliance proposes a sum to take off (0: none), and says why; both sides were heard or had their time."""
    _take_turn(dispute)
    _check_heard(dispute)
    _check_words(words)
    check_sum(dispute.order, amount)
    dispute_lifecycle.advance(dispute, "mediate")
    _say(dispute, K.PROPOSAL, Side.ALLIANCE, words, amount=amount, by=by)
    announce(
        DisputeMediated(**_about(dispute, Side.ALLIANCE, by), amount=int(amount), words=words.strip()[:2000])
    )


def agree(*, dispute: Dispute, side: Side, by: Any = None) -> None:
    """One side takes the proposal; once both do, it is decided and done."""
    _take_turn(dispute)
    _check_open_proposal(dispute, side)
    _say(dispute, K.AGREEMENT, side, "", by=by)
    announce(ProposalAgreed(**_about(dispute, side, by)))
    proposal = dispute.proposal
    if proposal is None or any(dispute.said(each) is not K.AGREEMENT for each in SIDES):
        return
    _decide(dispute, proposal.amount or Money(0))
    announce(
        DisputeDecided(**_about(dispute, side, by), amount=int(proposal.amount or 0), words=proposal.words)
    )
    _carry_out(dispute, by)


def reject(*, dispute: Dispute, side: Side, words: str, by: Any = None) -> None:
    """One side does not take the proposal, and says why."""
    _take_turn(dispute)
    if not words.strip():
        raise Refusal(_l("Please tell the alliance why you do not agree."), field="words")
    _check_open_proposal(dispute, side)
    _say(dispute, K.REJECTION, side, words, by=by)
    announce(ProposalRejected(**_about(dispute, side, by), words=words.strip()[:2000]))


def decide(*, dispute: Dispute, amount: Money, words: str, by: Any) -> None:
    """The alliance decides. The decision is written down for both; the seller carries it out."""
    _take_turn(dispute)
    _check_heard(dispute)
    _check_words(words)
    check_sum(dispute.order, amount)
    _decide(dispute, amount)
    _say(dispute, K.DECISION, Side.ALLIANCE, words, amount=amount, by=by)
    announce(
        DisputeDecided(**_about(dispute, Side.ALLIANCE, by), amount=int(amount), words=words.strip()[:2000])
    )
    if amount == 0:
        _carry_out(dispute, by)


def carry_out(*, dispute: Dispute, by: Any) -> None:
    """The seller does what was decided."""
    _take_turn(dispute)
    if dispute.state is not DisputeState.DECIDED or dispute.done_at is not None:
        raise Refusal(_l("There is nothing left to carry out here."))
    _carry_out(dispute, by)


def withdraw_dispute(*, dispute: Dispute, by: Any = None) -> None:
    """Whoever asked the alliance no longer needs it."""
    _take_turn(dispute)
    dispute_lifecycle.advance(dispute, "withdraw")
    dispute.closed_at = clock.now()
    _say(dispute, K.WITHDRAWAL, dispute.side, "", by=by)
    if (complaint := _open_complaint(dispute)) is not None:
        close(complaint=complaint, by=by)
    db.session.flush()
    announce(DisputeWithdrawn(**_about(dispute, dispute.side, by)))


def time_out(*, dispute: Dispute) -> bool:
    """Nobody decided in time. The rule then: who said nothing is wrong.

    Where the seller never answered the complaint, what was complained of is taken off; otherwise its answer stands.
    """
    _take_turn(dispute)
    if not dispute.is_open or dispute.decide_by > clock.now():
        return False
    dispute_lifecycle.advance(dispute, "time_out")
    dispute.closed_at = clock.now()
    right = Side.SELLER if _seller_spoke(dispute) else Side.BUYER
    if (complaint := _open_complaint(dispute)) is not None:
        if right is Side.SELLER:
            settle(complaint=complaint, by=None)
        else:
            reason = str(_l("a problem with the goods"))
            take_off(order=dispute.order, amount=complaint.worth, reason=reason, complaint=complaint)
            settle_with_money(complaint=complaint, by=None)
    db.session.flush()
    announce(DisputeTimedOut(**_about(dispute, right, None)))
    return True


def _seller_spoke(dispute: Dispute) -> bool:
    answered = dispute.complaint is not None and dispute.complaint.answer is not None
    return answered or any(said.side is Side.SELLER for said in dispute.statements)


def _decide(dispute: Dispute, amount: Money) -> None:
    dispute_lifecycle.advance(dispute, "decide")
    dispute.decided, dispute.closed_at = amount, clock.now()
    db.session.flush()


def _carry_out(dispute: Dispute, by: Any) -> None:
    amount = dispute.decided or Money(0)
    if amount > 0:
        take_off(
            order=dispute.order,
            amount=amount,
            reason=str(_l("the alliance mediated")),
            dispute=dispute,
            by=by,
        )
    if (complaint := _open_complaint(dispute)) is not None:
        end = settle_with_money if amount > 0 else close
        end(complaint=complaint, by=by)
    dispute.done_at = clock.now()
    db.session.flush()
    announce(DisputeCarriedOut(**_about(dispute, Side.SELLER, by), amount=int(amount)))


def _check_heard(dispute: Dispute) -> None:
    if dispute.state is DisputeState.RAISED and dispute.answer_by > clock.now():
        by = formats.date_time(dispute.answer_by, locale())
        raise Refusal(
            _l("The other side has until %(by)s to tell its view. Please hear it first.", by=by),
            field="words",
        )


def _check_words(words: str) -> None:
    if not words.strip():
        raise Refusal(_l("Please give both sides your reasons."), field="words")


def _check_open_proposal(dispute: Dispute, side: Side) -> None:
    if dispute.state is not DisputeState.MEDIATED or dispute.said(side) is not None:
        raise Refusal(_l("This has changed in the meantime. Please look at it again."))


def _say(dispute: Dispute, kind: K, side: Side, words: str, *, amount: Money | None = None, by: Any) -> None:
    said = DisputeStatement(
        dispute_id=dispute.id,
        kind=kind,
        side=side,
        words=words.strip()[:2000],
        amount=amount,
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(said)
    db.session.flush()
    db.session.expire(dispute, ["statements"])


def _open_complaint(dispute: Dispute) -> Complaint | None:
    """What the dispute is about, as long as nobody ended it."""
    complaint = dispute.complaint
    return complaint if complaint is not None and complaint.is_open else None


def _take_turn(dispute: Dispute) -> None:
    take_turn(dispute.order)
    db.session.refresh(dispute)
    db.session.expire(dispute, ["statements", "complaint"])


def _about(dispute: Dispute, side: Side, by: Any) -> dict[str, Any]:
    return {
        "order_id": dispute.order_id,
        "dispute_id": dispute.id,
        "side": side,
        "actor_id": id_of(by),
    }
