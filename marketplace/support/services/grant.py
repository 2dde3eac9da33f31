"""Promising support, and taking a promise back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l, later
from marketplace.support import computing, frozen, queries
from marketplace.support.computing import Room, Support
from marketplace.support.events import ClaimDeclined, SupportGranted, SupportWithdrawn
from marketplace.support.models import (
    GrantHead,
    GrantShare,
    SupportBudget,
    SupportClaim,
    SupportGrant,
    SupportNorm,
)
from marketplace.support.services.budget import locked
from marketplace.support.states import (
    DECIDED,
    ActivityKind,
    ClaimState,
    Head,
    SupportPurpose,
    claim_lifecycle,
    grant_lifecycle,
)


def grant(
    *,
    purpose: SupportPurpose,
    subject_id: int,
    kind: ActivityKind,
    cooperative: Cooperative,
    day: dt.date,
    costs: Mapping[Head, Money] | None = None,
    booths: Decimal = Decimal(1),
    by: Any,
) -> SupportGrant:
    """Promise what the norm of that day gives for these costs, or without any the most it gives.

    The norm and every number are frozen with it. Raises Refusal where there is no norm, nothing left in the year or
    the budget, or a promise already.
    """
    db.session.refresh(cooperative, with_for_update={"of": Cooperative, "key_share": True})
    budgets = locked(purpose, subject_id)
    if queries.live_grant(purpose, subject_id, cooperative.id) is not None:
        raise Refusal(_l("Support is promised to this cooperative for this already."))
    norm = queries.norm_for(kind=kind, cooperative=cooperative, day=day)
    if norm is None:
        raise Refusal(_l("No norm of support is in force for this on that day."))
    db.session.refresh(norm, with_for_update={"of": SupportNorm, "read": True})
    left = Money(sum(each.left for each in budgets))
    used = queries.year_used(kind, [cooperative.id], day.year).get(cooperative.id) or queries.Used()
    room = Room(used.amount, used.times, left)
    given = computing.support(norm.terms, booths=booths, costs=costs, room=room)
    if not given.total:
        raise Refusal(_nothing(given))
    made = SupportGrant(
        ref=random_ref(),
        purpose=purpose,
        subject_id=subject_id,
        cooperative=cooperative,
        norm=norm,
        kind=kind,
        day=day,
        year=day.year,
        booths=booths,
        total=given.total,
        held=given.total,
        terms={
            **frozen.frozen(norm, booths=booths, costs=costs, room=room),
            "cuts": frozen.plain(given.cuts),
        },
        heads=_heads(given),
        shares=_shares(given.total, budgets),
        granted_by_id=id_of(by),
        granted_at=clock.now(),
    )
    db.session.add(made)
    db.session.flush()
    announce(
        SupportGranted(
            grant_id=made.id, cooperative_id=cooperative.id, amount=int(made.total), actor_id=id_of(by)
        )
    )
    return made


def withdraw(*, grant: SupportGrant, reason: str, by: Any) -> None:
    """The promise no longer holds: its open claims end, what was not paid goes back to the budget and the year."""
    if not reason.strip():
        raise Refusal(_l("Please write the reason: the cooperative will read it."), field="reason")
    take_turn(grant)
    claims = queries.claims_of(grant.id)
    if any(each.state in DECIDED and each.to_pay for each in claims):
        raise Refusal(_l("Something was approved and is not paid yet: pay it, or decline it first."))
    grant_lifecycle.advance(grant, "withdraw")
    grant.withdrawn_reason = reason
    for claim in claims:
        if claim.state not in (*DECIDED, ClaimState.DECLINED):
            _end(claim, reason, by)
    hold(grant, {share.source: share.paid for share in grant.shares})
    db.session.flush()
    announce(
        SupportWithdrawn(
            grant_id=grant.id,
            cooperative_id=grant.cooperative_id,
            words=reason,
            actor_id=id_of(by),
        )
    )


def take_turn(grant: SupportGrant) -> None:
    """Whoever works on the same promise, its claims or payments waits for the one before."""
    db.session.refresh(grant, with_for_update={"of": SupportGrant})
    db.session.expire(grant, ["heads", "shares"])


def hold(grant: SupportGrant, wanted: Mapping[Any, Money]) -> None:
    """What the promise takes of each source from now on; the difference is free again."""
    budgets = {each.source: each for each in locked(grant.purpose, grant.subject_id)}
    for share in grant.shares:
        held = wanted.get(share.source, Money(0))
        budgets[share.source].held += held - share.held
        share.held = held
    grant.held = Money(sum(share.held for share in grant.shares))


def _end(claim: SupportClaim, reason: str, by: Any) -> None:
    claim_lifecycle.advance(claim, "decline")
    claim.reply = reason
    db.session.flush()
    announce(ClaimDeclined(claim_id=claim.id, grant_id=claim.grant_id, words=reason, actor_id=id_of(by)))


def _heads(given: Support) -> list[GrantHead]:
    return [
        GrantHead(
            position=place,
            head=each.head,
            cost=each.cost,
            amount=each.amount,
            cuts=frozen.plain(each.cuts),
        )
        for place, each in enumerate(given.heads)
    ]


def _shares(total: Money, budgets: Sequence[SupportBudget]) -> list[GrantShare]:
    """Each source in proportion to what it has left, and bound in its budget from now on."""
    by_source = {each.source: each for each in budgets}
    parts = computing.shared(total, {each.source: each.left for each in budgets})
    for source, amount in parts.items():
        by_source[source].held += amount
    return [GrantShare(source=source, amount=amount, held=amount) for source, amount in parts.items()]


def _nothing(given: Support) -> Any:
    """Why nothing is left to give."""
    if not given.cuts:
        return _l("The norm gives nothing for these costs.")
    return later(frozen.told, given.cuts[-1])
