"""What is asked for, what waits for whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.foundation.words import _
from marketplace.support import frozen
from marketplace.support.models import ClaimPaper, SupportClaim, SupportGrant
from marketplace.support.states import (
    AT_THE_COOPERATIVE,
    EVIDENCE_LABELS,
    ClaimKind,
    ClaimState,
    GrantState,
)

QUEUES = {
    "verify": ClaimState.SUBMITTED,
    "approve": ClaimState.VERIFIED,
    "pay": ClaimState.APPROVED,
}


def claims_of(grant_id: int) -> Sequence[SupportClaim]:
    return db.session.scalars(
        select(SupportClaim).where(SupportClaim.grant_id == grant_id).order_by(SupportClaim.id)
    ).all()


def live_claim(grant_id: int, kind: ClaimKind) -> SupportClaim | None:
    """The one that was not declined."""
    return next(
        (each for each in claims_of(grant_id) if each.kind is kind and each.state is not ClaimState.DECLINED),
        None,
    )


def claims_of_grants(grant_ids: Collection[int]) -> dict[int, list[SupportClaim]]:
    """Grant id → its claims, in one statement and its papers'."""
    told: dict[int, list[SupportClaim]] = {each: [] for each in grant_ids}
    rows = db.session.scalars(
        select(SupportClaim).where(SupportClaim.grant_id.in_(grant_ids)).order_by(SupportClaim.id)
    )
    for row in rows:
        told[row.grant_id].append(row)
    return told


def own_claim(ref: str, organisation_ids: Collection[int]) -> SupportClaim | None:
    return db.session.scalar(
        select(SupportClaim)
        .join(SupportClaim.grant)
        .join(SupportGrant.cooperative)
        .where(SupportClaim.ref == ref, Cooperative.organisation_id.in_(organisation_ids))
    )


def office_claim(ref: str, user: Any) -> SupportClaim | None:
    """Officers see a claim once it was handed in; a draft is the cooperative's own."""
    if not user.is_officer:
        return None
    return db.session.scalar(
        select(SupportClaim)
        .where(SupportClaim.ref == ref, SupportClaim.submitted_at.is_not(None))
        .options(joinedload(SupportClaim.grant).joinedload(SupportGrant.cooperative))
    )


def paper_by_ref(ref: str, user: Any) -> ClaimPaper | None:
    """A proof, for the cooperative it belongs to and, once it was handed in, for officers."""
    found = db.session.scalar(select(ClaimPaper).where(ClaimPaper.ref == ref))
    if found is None:
        return None
    own = found.claim.grant.cooperative.organisation_id in user.organisation_ids
    seen = user.is_officer and found.claim.submitted_at is not None
    return found if own or seen else None


def missing(claim: SupportClaim) -> list[str]:
    """What a claim still lacks, in words; nothing when it may be handed in."""
    said = []
    if claim.kind is ClaimKind.SETTLEMENT:
        if not claim.costs:
            said.append(_("Write what you really spent."))
        have = {paper.kind for paper in claim.papers}
        wanted = [kind for kind in frozen.evidence_of(claim.grant.terms) if kind not in have]
        said += [_("Add: %(paper)s.", paper=EVIDENCE_LABELS[kind]) for kind in wanted]
        if claim.costs and not claim.papers and not wanted:
            said.append(_("Add at least one paper that proves it."))
    if cooperatives.verified_account(claim.grant.cooperative.organisation_id) is None:
        said.append(_("Name a bank account and have it verified: the money goes there."))
    return said


def advance_room(grant: SupportGrant) -> Money:
    """How much of it may come before the costs."""
    return grant.total.percent(Decimal(grant.terms["advance_rate"]))


def _queued(state: ClaimState) -> Select[Any]:
    return (
        select(SupportClaim)
        .join(SupportClaim.grant)
        .join(SupportGrant.cooperative)
        .where(SupportClaim.state == state)
        .options(contains_eager(SupportClaim.grant).contains_eager(SupportGrant.cooperative))
    )


def queue(name: str, after: str | None = None, size: int = 30) -> Page[SupportClaim]:
    """Who waits for this step, the longest first."""
    keys = (SupportClaim.submitted_at, SupportClaim.id)
    return page_of(_queued(QUEUES[name]), *keys, after=after, size=size).map(lambda row: row[0])


def queue_counts() -> dict[str, int]:
    rows = db.session.execute(
        select(SupportClaim.state, func.count())
        .where(SupportClaim.state.in_(QUEUES.values()))
        .group_by(SupportClaim.state)
    )
    by_state = {row[0]: row[1] for row in rows}
    return {name: by_state.get(state, 0) for name, state in QUEUES.items()}


def waiting_ids() -> Select[Any]:
    return select(SupportClaim.id).where(SupportClaim.state.in_(QUEUES.values()))


def count_for_desk(cooperative_id: int) -> int:
    """Claims that were sent back to be completed."""
    back = (
        select(func.count())
        .select_from(SupportClaim)
        .join(SupportClaim.grant)
        .where(
            SupportGrant.cooperative_id == cooperative_id,
            SupportClaim.state == ClaimState.CHANGES_REQUESTED,
        )
    )
    return int(db.session.scalar(back) or 0)


def has_open_advance(grant_id: int) -> bool:
    """An advance that is neither paid nor declined: the settlement has to wait for it."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    SupportClaim.grant_id == grant_id,
                    SupportClaim.kind == ClaimKind.ADVANCE,
                    SupportClaim.state.not_in([ClaimState.PAID, ClaimState.DECLINED]),
                )
            )
        )
    )


def can_fill_in(claim: SupportClaim) -> bool:
    return claim.state in AT_THE_COOPERATIVE and claim.grant.state is GrantState.GRANTED


def for_export(limit: int = 5000) -> Sequence[SupportClaim]:
    """Every claim that was handed in, with its promise and its cooperative."""
    return db.session.scalars(
        select(SupportClaim)
        .join(SupportClaim.grant)
        .join(SupportGrant.cooperative)
        .where(SupportClaim.submitted_at.is_not(None))
        .options(contains_eager(SupportClaim.grant).contains_eager(SupportGrant.cooperative))
        .order_by(SupportClaim.id)
        .limit(limit)
    ).all()


def waiting_claims(size: int, after: str | None) -> Page[Any]:
    """Whatever step they wait for, the longest first: id, ref, kind, state, submitted_at, name of the cooperative."""
    claim = SupportClaim
    query: Any = (
        select(claim.id, claim.ref, claim.kind, claim.state, claim.submitted_at, Cooperative.name)
        .join(claim.grant)
        .join(SupportGrant.cooperative)
        .where(claim.state.in_(QUEUES.values()))
    )
    return page_of(query, claim.submitted_at, claim.id, after=after, size=size)
