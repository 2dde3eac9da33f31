"""What two officers agree to about members: dues forgiven, norms of dues, two records made one, and two again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.accounts.approvable import approvable
from marketplace.accounts.models import Approval
from marketplace.accounts.states import Desk
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.registry import services
from marketplace.registry.models import Due, DuplicateMerge


def _due_page(approval: Approval) -> str:
    return f"/office/dues/{db.session.get_one(Due, approval.subject_id).ref}"


@approvable("dues-forgiving", label=_l("Forgive dues"), desks=[Desk.FINANCE], page=_due_page)
def forgive(approval: Approval, by: Any) -> None:
    due = db.session.get_one(Due, approval.subject_id)
    if due.cooperative.organisation_id in by.organisation_ids:
        raise Refusal(_l("You act for this cooperative: somebody else has to agree."))
    services.forgive(due=due, reason=approval.reason, by=by)


@approvable(
    "dues-norm",
    label=_l("A norm of dues"),
    desks=[Desk.FINANCE],
    page=lambda _approval: "/office/dues/norms",
)
def add_norm(approval: Approval, by: Any) -> None:
    told = approval.data
    services.add_due_norm(
        kind=Kind(told["kind"]),
        valid_from=dt.date.fromisoformat(told["valid_from"]),
        amount=Money(told["amount"]),
        least_members=told["least_members"],
        decision=told["decision"],
        by=by,
    )


def _merge_page(approval: Approval) -> str:
    loser, survivor = (
        db.session.get_one(Cooperative, id) for id in (approval.subject_id, approval.data["survivor"])
    )
    return f"/office/duplicates/{loser.slug}/into/{survivor.slug}"


@approvable("merging", label=_l("Make two records one"), desks=[Desk.REGISTRY], page=_merge_page)
def merge(approval: Approval, by: Any) -> None:
    services.merge_duplicate(
        loser=db.session.get_one(Cooperative, approval.subject_id),
        survivor=db.session.get_one(Cooperative, approval.data["survivor"]),
        reason=approval.reason,
        by=by,
    )


def _undo_page(approval: Approval) -> str:
    return f"/office/duplicates/merges/{db.session.get_one(DuplicateMerge, approval.subject_id).ref}/undoing"


@approvable("unmerging", label=_l("Make one record two again"), desks=[Desk.REGISTRY], page=_undo_page)
def unmerge(approval: Approval, by: Any) -> None:
    merge = db.session.get_one(DuplicateMerge, approval.subject_id)
    services.undo_merge(merge=merge, reason=approval.reason, by=by)
