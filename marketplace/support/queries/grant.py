"""What was promised, and what may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.support import computing, frozen
from marketplace.support.computing import HeadSupport, Room, Support
from marketplace.support.models import SupportGrant, SupportNorm
from marketplace.support.queries.norm import fitting, in_force
from marketplace.support.states import ActivityKind, GrantState, SupportPurpose


@dataclass(frozen=True)
class Used:
    """Of one kind in one year: what is promised or paid, and how many times."""

    amount: Money = computing.NOTHING
    times: int = 0


@dataclass(frozen=True)
class Estimate:
    """What a cooperative may receive; `why` are sentences. `norm` is None where no norm is in force."""

    total: Money
    heads: tuple[HeadSupport, ...] = ()
    why: tuple[str, ...] = ()
    norm: SupportNorm | None = None
    used: Used = Used()


def year_used(kind: ActivityKind, cooperative_ids: Collection[int], year: int) -> dict[int, Used]:
    rows = db.session.execute(
        select(SupportGrant.cooperative_id, func.sum(SupportGrant.held), func.count())
        .where(
            SupportGrant.cooperative_id.in_(cooperative_ids),
            SupportGrant.kind == kind,
            SupportGrant.year == year,
            SupportGrant.held > 0,
        )
        .group_by(SupportGrant.cooperative_id)
    )
    return {row[0]: Used(Money(int(row[1])), row[2]) for row in rows}


def estimate(
    *, kind: ActivityKind, cooperative_id: int, day: dt.date, booths: Decimal = Decimal(1)
) -> Estimate:
    """The most this cooperative may receive for this on that day, before the budget is asked."""
    return estimates(kind=kind, day=day, booths={cooperative_id: booths})[cooperative_id]


def estimates(*, kind: ActivityKind, day: dt.date, booths: Mapping[int, Decimal]) -> dict[int, Estimate]:
    """The same for many, cooperative id → booths: as many statements for three hundred as for one."""
    ids = list(booths)
    norms = in_force(day, kind)
    used = year_used(kind, ids, day.year)
    sellers = db.session.scalars(select(Cooperative).where(Cooperative.id.in_(ids)))
    told = {
        each.id: _estimate(fitting(norms, each), booths[each.id], used.get(each.id, Used()))
        for each in sellers
    }
    return {each: told.get(each) or Estimate(Money(0)) for each in ids}


def _estimate(norm: SupportNorm | None, booths: Decimal, used: Used) -> Estimate:
    if norm is None:
        return Estimate(Money(0), used=used)
    given = computing.support(norm.terms, booths=booths, room=Room(used.amount, used.times))
    return Estimate(given.total, given.heads, why_of(given), norm, used)


def why_of(given: Support) -> tuple[str, ...]:
    cuts = [cut for head in given.heads for cut in head.cuts]
    return tuple(frozen.told(cut) for cut in (*cuts, *given.cuts))


@dataclass(frozen=True)
class Offer:
    """What a member may receive for one kind of activity today."""

    kind: ActivityKind
    estimate: Estimate


def offers(cooperative: Cooperative, day: dt.date) -> list[Offer]:
    """For each kind of activity with a norm: two statements, and one more for the year."""
    norms = in_force(day)
    used = _used_by_kind(cooperative.id, day.year)
    told = []
    for kind in ActivityKind:
        norm = fitting([each for each in norms if each.kind is kind], cooperative)
        if norm is not None:
            told.append(Offer(kind, _estimate(norm, Decimal(1), used.get(kind, Used()))))
    return told


def _used_by_kind(cooperative_id: int, year: int) -> dict[ActivityKind, Used]:
    rows = db.session.execute(
        select(SupportGrant.kind, func.sum(SupportGrant.held), func.count())
        .where(
            SupportGrant.cooperative_id == cooperative_id,
            SupportGrant.year == year,
            SupportGrant.held > 0,
        )
        .group_by(SupportGrant.kind)
    )
    return {row[0]: Used(Money(int(row[1])), row[2]) for row in rows}


def live_grant(purpose: SupportPurpose, subject_id: int, cooperative_id: int) -> SupportGrant | None:
    return db.session.scalar(
        select(SupportGrant).where(
            SupportGrant.purpose == purpose,
            SupportGrant.subject_id == subject_id,
            SupportGrant.cooperative_id == cooperative_id,
            SupportGrant.state == GrantState.GRANTED,
        )
    )


def own_grant(ref: str, organisation_ids: Collection[int]) -> SupportGrant | None:
    return db.session.scalar(
        select(SupportGrant)
        .join(SupportGrant.cooperative)
        .where(SupportGrant.ref == ref, Cooperative.organisation_id.in_(organisation_ids))
    )


def office_grant(ref: str, user: Any) -> SupportGrant | None:
    if not user.is_officer:
        return None
    return db.session.scalar(select(SupportGrant).where(SupportGrant.ref == ref))


def grants_of(cooperative_id: int, after: str | None = None, size: int = 20) -> Page[SupportGrant]:
    """A cooperative's promises, the newest first."""
    query = (
        select(SupportGrant)
        .where(SupportGrant.cooperative_id == cooperative_id)
        .options(joinedload(SupportGrant.norm))
    )
    page = page_of(query, SupportGrant.id, after=after, size=size, descending=True)
    return page.map(lambda row: row[0])


def grants_for(purpose: SupportPurpose, subject_id: int) -> Sequence[SupportGrant]:
    """Everybody who is supported for this."""
    return db.session.scalars(
        select(SupportGrant)
        .where(SupportGrant.purpose == purpose, SupportGrant.subject_id == subject_id)
        .options(joinedload(SupportGrant.cooperative))
        .order_by(SupportGrant.id)
    ).all()
