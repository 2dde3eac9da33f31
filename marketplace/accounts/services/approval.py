"""Verbs about acts that two officers have to agree to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace import config
from marketplace.accounts import queries
from marketplace.accounts.approvable import KINDS, ActKind
from marketplace.accounts.events import (
    ApprovalAgreed,
    ApprovalAsked,
    ApprovalDeclined,
    ApprovalLapsed,
    ApprovalWithdrawn,
)
from marketplace.accounts.models import Approval, Person
from marketplace.accounts.states import Desk, approval_lifecycle
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l


def act_or_propose(
    *, kind: str, subject_id: int, told: str, reason: str, data: dict[str, Any] | None = None, by: Any
) -> Approval | None:
    """Do it at once, or where two officers have to agree propose it: then the proposal comes back.

    Raises Refusal without a reason, when it waits already, and where other officers are but none at this desk.
    """
    known, now = KINDS[kind], clock.now()
    approval = Approval(
        ref=random_ref(),
        kind=kind,
        subject_id=subject_id,
        data=data or {},
        told=told[:500],
        reason=reason.strip()[:500],
        proposed_by_id=by.id,
        proposed_at=now,
        lapses_at=now + dt.timedelta(days=config.current().approval_days),
    )
    if not known.on or _is_alone(known, by):
        known.act(approval, by)
        return None
    if not _others(by, *known.desks):
        raise Refusal(_l("Another officer has to agree to this, and nobody else works at this desk yet."))
    if not approval.reason:
        raise Refusal(_l("Please say why: another officer has to agree to this."), field="reason")
    if queries.open_approval(kind, subject_id) is not None:
        raise Refusal(_l("This was proposed already and waits for another officer."))
    db.session.add(approval)
    db.session.flush()
    announce(_told(ApprovalAsked, approval, approval.reason, by))
    return approval


def _is_alone(known: ActKind, by: Any) -> bool:
    """An alliance with one officer works; and rights can be given where nobody else could agree to it yet."""
    return not _others(by, *(known.desks if known.alone else Desk))


def _others(by: Any, *desks: Desk) -> list[Person]:
    return [who for who in queries.officers_at(*desks) if who.id != by.id]


def agree(*, approval: Approval, by: Any) -> None:
    """It is done now, by whoever agrees. Raises Refusal for who proposed it, and when it can no longer be done."""
    approval = _in_turn(approval, "agree", by)
    approval.decided_by_id = by.id
    db.session.flush()
    KINDS[approval.kind].act(approval, by)
    announce(_told(ApprovalAgreed, approval, "", by))


def decline(*, approval: Approval, words: str, by: Any) -> None:
    approval = _in_turn(approval, "decline", by)
    approval.decided_by_id, approval.words = by.id, words
    db.session.flush()
    announce(_told(ApprovalDeclined, approval, words, by))


def take_back(*, approval: Approval, by: Any) -> None:
    """Whoever proposed it thinks better of it."""
    approval = queries.approval_in_turn(approval.id)
    _end(approval, "withdraw")
    announce(_told(ApprovalWithdrawn, approval, "", by))


def lapse_approvals() -> None:
    """Nobody answered in time."""
    for approval in queries.lapsed_approvals():
        _end(approval, "lapse")
        announce(_told(ApprovalLapsed, approval, "", None))


def _in_turn(approval: Approval, step: str, by: Any) -> Approval:
    approval = queries.approval_in_turn(approval.id)
    if approval.proposed_by_id == by.id:
        raise Refusal(_l("You proposed this yourself: somebody else has to agree."))
    if approval.lapses_at <= clock.now():
        raise Refusal(_l("Nobody answered in time: it has to be proposed again."))
    _end(approval, step)
    return approval


def _end(approval: Approval, step: str) -> None:
    approval_lifecycle.advance(approval, step)
    approval.ended_at = clock.now()


def _told(event: Any, approval: Approval, words: str, by: Any) -> Any:
    return event(
        approval_id=approval.id,
        act=approval.kind,
        told=approval.told,
        words=words,
        actor_id=id_of(by),
    )
