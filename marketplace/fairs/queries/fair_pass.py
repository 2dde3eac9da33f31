"""Passes, and what an exhibitor still has to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import joinedload, selectinload

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Certificate
from marketplace.fairs.models import (
    Arrival,
    Fair,
    FairApplication,
    FairPass,
    Stand,
    StandBooth,
    VisitorRegistration,
    VisitorTelling,
)
from marketplace.fairs.presence import PassKind
from marketplace.fairs.states import StandState
from marketplace.foundation.db import Page, db, page_of
from marketplace.selection.models import Application

LIVE = (StandState.OFFERED, StandState.CONFIRMED)
PER_HALF = 2
"""People of an exhibitor per half a booth, a rule of the house; who applied with more gets more."""


def _whole() -> tuple[Any, ...]:
    places = joinedload(FairPass.stand).selectinload(Stand.places).joinedload(StandBooth.booth)
    return places, joinedload(FairPass.cooperative), joinedload(FairPass.fair)


def pass_by_ref(ref: str, user: Any) -> FairPass | None:
    """Any, for officers."""
    if not user.is_authenticated or not user.is_officer:
        return None
    return db.session.scalar(select(FairPass).where(FairPass.ref == ref).options(*_whole()))


def own_pass(ref: str, user: Any) -> FairPass | None:
    """Of the exhibitor this person acts for."""
    seller = cooperatives.desk_cooperative(user)
    if seller is None:
        return None
    query = select(FairPass).where(FairPass.ref == ref, FairPass.cooperative_id == seller.id)
    return db.session.scalar(query.options(*_whole()))


def pass_behind(ref: str, version: int) -> FairPass | None:
    """The one a signed link names."""
    query = select(FairPass).where(FairPass.ref == ref, FairPass.version == version)
    return db.session.scalar(query.options(*_whole()))


def next_serial(fair: Fair) -> int:
    """Ask under the lock of the fair."""
    last = db.session.scalar(select(func.max(FairPass.serial)).where(FairPass.fair_id == fair.id))
    return (last or 0) + 1


@dataclass(frozen=True)
class WantedPasses:
    """What the office's list is narrowed to."""

    kind: PassKind | None = None
    revoked: bool | None = None
    text: str = ""


def passes(fair: Fair, wanted: WantedPasses, after: str | None, size: int = 40) -> Page[FairPass]:
    query = select(FairPass).where(FairPass.fair_id == fair.id).options(*_whole())
    if wanted.kind is not None:
        query = query.where(FairPass.kind == wanted.kind)
    if wanted.revoked is not None:
        query = query.where(FairPass.revoked_at.is_not(None) == wanted.revoked)
    if wanted.text:
        query = query.where(_like(wanted.text))
    return page_of(query, FairPass.serial, after=after, size=size).map(lambda row: row[0])


def _like(text: str) -> Any:
    if text.isdigit():
        return FairPass.serial == int(text[:9])
    return or_(FairPass.holder.icontains(text, autoescape=True))


def counts(fair: Fair) -> dict[PassKind, int]:
    """Good passes by kind."""
    query = (
        select(FairPass.kind, func.count())
        .where(FairPass.fair_id == fair.id, FairPass.revoked_at.is_(None))
        .group_by(FairPass.kind)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def to_print(
    fair_id: int, *, stand_ref: str | None = None, kinds: Sequence[PassKind] = ()
) -> Sequence[FairPass]:
    """Good passes for a sheet: of a stand, or of these kinds."""
    query = (
        select(FairPass)
        .where(FairPass.fair_id == fair_id, FairPass.revoked_at.is_(None))
        .options(*_whole())
        .order_by(FairPass.cooperative_id, FairPass.serial)
    )
    if stand_ref is not None:
        query = query.join(Stand, Stand.id == FairPass.stand_id).where(Stand.ref == stand_ref)
    if kinds:
        query = query.where(FairPass.kind.in_(kinds))
    return db.session.scalars(query).all()


def own_stand(fair: Fair, user: Any) -> Stand | None:
    """The live stand of the exhibitor this person acts for."""
    seller = cooperatives.desk_cooperative(user)
    if seller is None:
        return None
    return db.session.scalar(
        select(Stand)
        .join(Application, Application.id == Stand.application_id)
        .where(Stand.fair_id == fair.id, Stand.state.in_(LIVE), Application.cooperative_id == seller.id)
        .options(joinedload(Stand.application), selectinload(Stand.places).joinedload(StandBooth.booth))
    )


def passes_of(stand: Stand) -> Sequence[FairPass]:
    query = select(FairPass).where(FairPass.stand_id == stand.id, FairPass.revoked_at.is_(None))
    return db.session.scalars(query.order_by(FairPass.serial).options(*_whole())).all()


def allowance(stand: Stand) -> int:
    """How many people of an exhibitor get a pass."""
    asked = db.session.get(FairApplication, stand.application_id)
    return max(asked.staff if asked is not None else 0, PER_HALF * stand.halves)


def count_passes(stand: Stand) -> int:
    query = select(func.count()).where(FairPass.stand_id == stand.id, FairPass.revoked_at.is_(None))
    return int(db.session.scalar(query) or 0)


def revoke_all(fair_id: int, now: dt.datetime, by_id: int | None, reason: str) -> int:
    """How many good passes of this fair ended now."""
    ended = db.session.execute(
        update(FairPass)
        .where(FairPass.fair_id == fair_id, FairPass.revoked_at.is_(None))
        .values(revoked_at=now, changed_at=now, revoked_by_id=by_id, revoked_reason=reason)
        .returning(FairPass.id),
        execution_options={"synchronize_session": "fetch"},
    )
    return len(ended.all())


def arrivals_at(fair_id: int) -> Sequence[Arrival]:
    query = select(Arrival).join(Stand, Stand.id == Arrival.stand_id).where(Stand.fair_id == fair_id)
    return db.session.scalars(query).all()


def still_to_tell(telling: VisitorTelling, limit: int) -> Sequence[VisitorRegistration]:
    """The next who can be reached, held a good pass when it happened, and registered before."""
    return db.session.scalars(
        select(VisitorRegistration)
        .join(FairPass, FairPass.id == VisitorRegistration.pass_id)
        .where(
            VisitorRegistration.fair_id == telling.fair_id,
            VisitorRegistration.id > telling.up_to,
            VisitorRegistration.agreed_at <= telling.asked_at,
            FairPass.revoked_at.is_(None) | (FairPass.revoked_at >= telling.asked_at),
            VisitorRegistration.email.is_not(None) | VisitorRegistration.person_id.is_not(None),
        )
        .options(joinedload(VisitorRegistration.fair_pass))
        .order_by(VisitorRegistration.id)
        .limit(limit)
    ).all()


def open_tellings() -> Sequence[int]:
    """Ids of what visitors have not all heard yet, the oldest first."""
    return db.session.scalars(
        select(VisitorTelling.id).where(VisitorTelling.done_at.is_(None)).order_by(VisitorTelling.id)
    ).all()


def overtaken(telling: VisitorTelling) -> bool:
    """A later move, or the fair's being called off, tells them more than this one."""
    return (
        db.session.scalar(
            select(VisitorTelling.id).where(
                VisitorTelling.fair_id == telling.fair_id, VisitorTelling.id > telling.id
            )
        )
        is not None
    )


@dataclass(frozen=True)
class PaperOnTheDays:
    paper: Certificate
    good: bool


@dataclass(frozen=True)
class Checklist:
    """What an exhibitor has ready for the days, and what is still missing."""

    stand: Stand
    asked: FairApplication | None
    passes: Sequence[FairPass]
    allowance: int
    arrival: Arrival | None
    papers: Sequence[PaperOnTheDays]

    @property
    def confirmed(self) -> bool:
        return self.stand.state is StandState.CONFIRMED

    @property
    def papers_good(self) -> bool:
        return any(each.good for each in self.papers)

    @property
    def done(self) -> list[bool]:
        return [self.confirmed, bool(self.passes), self.arrival is not None, self.papers_good]


def checklist(stand: Stand, fair: Fair) -> Checklist:
    cooperative_id = stand.application.cooperative_id
    return Checklist(
        stand=stand,
        asked=db.session.get(FairApplication, stand.application_id),
        passes=passes_of(stand),
        allowance=allowance(stand),
        arrival=db.session.get(Arrival, stand.id),
        papers=[
            PaperOnTheDays(paper, _good_on(paper, fair.days))
            for paper in cooperatives.certificates_of(cooperative_id)
        ],
    )


def _good_on(paper: Certificate, days: list[dt.date]) -> bool:
    return paper.counts_on(days[0]) and paper.counts_on(days[-1])


def named_visitors(ended_before: dt.date, most: int = 500) -> Sequence[VisitorRegistration]:
    """Who registered for fairs that are over since then, and is named still."""
    return db.session.scalars(
        select(VisitorRegistration)
        .join(Fair, Fair.id == VisitorRegistration.fair_id)
        .where(Fair.last_day < ended_before, VisitorRegistration.name != "")
        .options(joinedload(VisitorRegistration.fair_pass))
        .order_by(VisitorRegistration.id)
        .limit(most)
    ).all()
