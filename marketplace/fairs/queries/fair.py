"""Fairs by name, in lists, and what has to be known around one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, load_only, selectinload

from marketplace.cooperatives.models import Certificate, Cooperative
from marketplace.cooperatives.states import PaperState
from marketplace.fairs import clock as fair_clock
from marketplace.fairs.clock import Progress, Term
from marketplace.fairs.meeting_states import MeetingRoundState
from marketplace.fairs.models import AllocationRun, Fair, FairMove, MeetingGuest, MeetingRound, Stand
from marketplace.fairs.states import FairState, Phase, RunState, StandState
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.text import tokens
from marketplace.places.models import Address, AdminUnit
from marketplace.selection.models import Application, Call
from marketplace.selection.states import ApplicationState, Purpose

SHOWN = (FairState.ANNOUNCED, FairState.PUBLISHED, FairState.REPORTED)
ENDED = (FairState.CANCELLED, FairState.ARCHIVED)
NOT_LIVE = (ApplicationState.WITHDRAWN, ApplicationState.REJECTED)
NOT_HANDED_IN = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)
COMPUTED = (RunState.QUEUED, RunState.RUNNING, RunState.COMPLETE, RunState.CHOSEN)


def _is_shown() -> ColumnElement[bool]:
    """The public keeps seeing a fair that was called off or put away, once it was told of it."""
    return or_(Fair.state.in_(SHOWN), Fair.announced_at.is_not(None))


def is_shown(fair: Fair) -> bool:
    """The same, of one that was read already."""
    return fair.state in SHOWN or fair.announced_at is not None


def shown_fair(slug: str, _user: Any = None) -> Fair | None:
    """One that the public sees."""
    return db.session.scalar(
        select(Fair).where(Fair.slug == slug, _is_shown()).options(*_with_place(), joinedload(Fair.poster))
    )


def any_fair(slug: str, user: Any) -> Fair | None:
    """Any, for officers."""
    if not user.is_authenticated or not user.is_officer:
        return None
    return db.session.scalar(
        select(Fair).where(Fair.slug == slug).options(*_with_place(), joinedload(Fair.poster))
    )


def fair_by_id(id: int) -> Fair:
    return db.session.get_one(Fair, id)


def call_of(fair_id: int) -> Call | None:
    """The call for applications to a fair."""
    return db.session.scalar(select(Call).where(Call.purpose == Purpose.FAIR, Call.subject_id == fair_id))


def calls_of(fair_ids: Collection[int]) -> dict[int, Call]:
    """fair id -> its call."""
    if not fair_ids:
        return {}
    rows = db.session.scalars(select(Call).where(Call.purpose == Purpose.FAIR, Call.subject_id.in_(fair_ids)))
    return {call.subject_id: call for call in rows}


def progress_of(fair_ids: Collection[int]) -> dict[int, Progress]:
    """fair id -> how far its call has come; three statements."""
    if not fair_ids:
        return {}
    handed_in = _counts(
        select(Call.subject_id, func.count())
        .join(Application, Application.call_id == Call.id)
        .where(
            Call.purpose == Purpose.FAIR,
            Call.subject_id.in_(fair_ids),
            Application.state.not_in(NOT_HANDED_IN),
        )
        .group_by(Call.subject_id)
    )
    stands = _counts(
        select(Stand.fair_id, func.count()).where(Stand.fair_id.in_(fair_ids)).group_by(Stand.fair_id)
    )
    runs = _counts(
        select(AllocationRun.fair_id, func.count())
        .where(AllocationRun.fair_id.in_(fair_ids), AllocationRun.state.in_(COMPUTED))
        .group_by(AllocationRun.fair_id)
    )
    return {id: Progress(handed_in.get(id, 0), stands.get(id, 0) + runs.get(id, 0)) for id in fair_ids}


def _counts(query: Select[*tuple[Any, ...]]) -> dict[int, int]:
    return {row[0]: int(row[1]) for row in db.session.execute(query)}


def phase_of(fair: Fair) -> Phase:
    """Where it stands now, to the last application."""
    return fair_clock.phase(fair, call_of(fair.id), clock.now(), progress_of([fair.id])[fair.id])


@dataclass(frozen=True)
class Listed:
    """A fair in a list, with what the clock says about it."""

    fair: Fair
    call: Call | None
    phase: Phase
    alarms: Sequence[Term] = ()


def fairs_for_office(
    *, state: FairState | None = None, year: int | None = None, after: str | None = None, size: int = 30
) -> Page[Listed]:
    """All fairs, the latest first."""
    query = select(Fair).options(*_small())
    if state is not None:
        query = query.where(Fair.state == state)
    if year is not None:
        query = query.where(*_in_year(year))
    page = page_of(query, Fair.first_day, Fair.id, after=after, size=size, descending=True)
    listed = _listed([row[0] for row in page.rows])
    return page.map(lambda row: listed[row[0].id])


def alarmed() -> list[Listed]:
    """Fairs with a term that is near or missed, the most pressing first; constant statements."""
    today = clock.today()
    bound = db.session.scalars(select(Fair).where(*_bound()).options(*_small()))
    fairs = [fair for fair in bound if fair_clock.alarms(fair, today)]
    listed = _listed(fairs)
    return sorted(listed.values(), key=lambda one: min(term.due for term in one.alarms))


def terms_near() -> list[tuple[Any, Term]]:
    """Each term that is near or missed, with its fair: its id, slug and names. One statement, of the days alone; asked
    on every page of the office, and therefore plain rows."""
    today = clock.today()
    query: Any = select(Fair.id, Fair.slug, Fair.name_vi, Fair.name_en, *TERMS).where(*_bound())
    fairs: Sequence[Any] = db.session.execute(query).all()
    return [(fair, term) for fair in fairs for term in fair_clock.alarms(fair, today)]


def count_alarmed() -> int:
    """For the navigation: fairs of `terms_near`."""
    return len({fair.id for fair, _term in terms_near()})


def _bound() -> tuple[ColumnElement[bool], ...]:
    """Fairs for which the clock of the law may still run."""
    return (
        Fair.state.not_in(ENDED),
        or_(Fair.report_filed_on.is_(None), Fair.last_day >= clock.today()),
    )


def names(ids: Collection[int]) -> dict[int, str]:
    """Fair → its name in the reader's language."""
    return {fair.id: fair.name for fair in _named(ids)}


def _named(ids: Collection[int]) -> Sequence[Fair]:
    return db.session.scalars(
        select(Fair).where(Fair.id.in_(list(ids))).options(load_only(Fair.name_vi, Fair.name_en))
    ).all()


def years() -> list[int]:
    """Years in which a fair begins, the latest first."""
    days = db.session.execute(select(func.min(Fair.first_day), func.max(Fair.first_day))).one()
    return list(range(days[1].year, days[0].year - 1, -1)) if days[0] else []


def upcoming(limit: int = 24) -> list[Listed]:
    """What the public can still go to, the nearest first; a fair that was called off stays until its days are over."""
    fairs = db.session.scalars(
        select(Fair)
        .where(_is_shown(), Fair.last_day >= clock.today())
        .options(*_small())
        .order_by(Fair.first_day, Fair.id)
        .limit(limit)
    ).all()
    return [*_listed(fairs).values()]


def next_fair() -> Listed | None:
    """The one to tell about on the first page: it takes place, and it is the nearest."""
    fair = db.session.scalar(
        select(Fair)
        .where(Fair.state.in_((FairState.ANNOUNCED, FairState.PUBLISHED)), Fair.last_day >= clock.today())
        .options(*_small())
        .order_by(Fair.first_day, Fair.id)
        .limit(1)
    )
    return _listed([fair])[fair.id] if fair is not None else None


def past(*, year: int | None = None, after: str | None = None, size: int = 24) -> Page[Listed]:
    """What is over, the latest first."""
    query = select(Fair).where(_is_shown(), Fair.last_day < clock.today()).options(*_small())
    if year is not None:
        query = query.where(*_in_year(year))
    page = page_of(query, Fair.first_day, Fair.id, after=after, size=size, descending=True)
    listed = _listed([row[0] for row in page.rows])
    return page.map(lambda row: listed[row[0].id])


def past_years() -> list[int]:
    """Years of fairs that are over, the latest first."""
    rows = db.session.scalars(select(Fair.first_day).where(_is_shown(), Fair.last_day < clock.today()))
    return sorted({day.year for day in rows}, reverse=True)


def for_calendar(since: dt.date, limit: int = 200) -> Sequence[Fair]:
    """What a calendar should know: the coming fairs and those of the last months, with what moved them."""
    return db.session.scalars(
        select(Fair)
        .where(_is_shown(), Fair.last_day >= since)
        .options(*_small(), selectinload(Fair.moves))
        .order_by(Fair.first_day, Fair.id)
        .limit(limit)
    ).all()


def found(text: str, limit: int = 4) -> list[Listed]:
    """Fairs whose name, theme or place has all of these words, with or without marks; the nearest days first."""
    words = tokens(text)
    if not words:
        return []
    has_all = [Fair.folded.contains(word, autoescape=True) for word in words]
    fairs = db.session.scalars(
        select(Fair)
        .where(_is_shown(), *has_all)
        .options(*_small())
        .order_by(Fair.first_day.desc())
        .limit(limit)
    ).all()
    return [*_listed(fairs).values()]


def named(slugs: Collection[str]) -> list[Listed]:
    """Shown fairs at these addresses, the nearest days first."""
    fairs = db.session.scalars(
        select(Fair)
        .where(_is_shown(), Fair.slug.in_(slugs))
        .options(*_small())
        .order_by(Fair.first_day.desc(), Fair.id)
    ).all()
    return [*_listed(fairs).values()]


def public_slugs() -> Sequence[str]:
    return db.session.scalars(select(Fair.slug).where(_is_shown()).order_by(Fair.id)).all()


def slugs_beginning(plain: str) -> set[str]:
    return set(db.session.scalars(select(Fair.slug).where(Fair.slug.startswith(plain, autoescape=True))))


def of_series(series: str) -> Sequence[Fair]:
    """Fairs of the same series, the latest first."""
    return db.session.scalars(
        select(Fair).where(Fair.series == series).options(*_small()).order_by(Fair.first_day.desc())
    ).all()


def last_move(fair_id: int) -> FairMove | None:
    return db.session.scalar(
        select(FairMove).where(FairMove.fair_id == fair_id).order_by(FairMove.id.desc()).limit(1)
    )


def concerned(fair_id: int) -> Sequence[int]:
    """Organisations with a live application or a stand: who has to hear when a fair is moved or called off."""
    applied = (
        select(Cooperative.organisation_id)
        .join(Application, Application.cooperative_id == Cooperative.id)
        .join(Call, Call.id == Application.call_id)
        .where(
            Call.purpose == Purpose.FAIR,
            Call.subject_id == fair_id,
            Application.state.not_in(NOT_LIVE),
        )
    )
    standing = (
        select(Cooperative.organisation_id)
        .join(Application, Application.cooperative_id == Cooperative.id)
        .join(Stand, Stand.application_id == Application.id)
        .where(Stand.fair_id == fair_id, Stand.state.in_([StandState.OFFERED, StandState.CONFIRMED]))
    )
    return sorted(set(db.session.scalars(applied.union(standing))))


def meeting_there(fair_id: int, *, besides: Sequence[int] = ()) -> Sequence[int]:
    """Organisations that take part in meetings at this fair, and are not told already."""
    buying = (
        select(MeetingGuest.organisation_id)
        .join(MeetingRound, MeetingRound.id == MeetingGuest.round_id)
        .where(
            MeetingRound.fair_id == fair_id,
            MeetingRound.state.not_in([MeetingRoundState.DRAFT, MeetingRoundState.CANCELLED]),
            MeetingGuest.takes_part,
            MeetingGuest.organisation_id.is_not(None),
        )
    )
    return sorted({id for id in db.session.scalars(buying) if id is not None} - {*besides})


@dataclass(frozen=True)
class PapersShort:
    """An exhibitor or applicant, and what of their papers runs out before the fair's last day."""

    cooperative: Cooperative
    papers: list[Certificate]


def _renewed(fair: Fair) -> ColumnElement[bool]:
    """Another of the same kind counts on the last day too."""
    other = aliased(Certificate)
    return exists().where(
        other.cooperative_id == Certificate.cooperative_id,
        other.kind == Certificate.kind,
        other.scope == Certificate.scope,
        other.state == PaperState.VERIFIED,
        other.expires_on.is_(None) | (other.expires_on >= fair.last_day),
    )


def papers_short(fair: Fair, *, since: dt.date | None = None) -> list[PapersShort]:
    """By exhibitor; with `since` only what still counted on that day."""
    first = max(since or clock.today(), clock.today())
    rows = db.session.execute(
        select(Cooperative, Certificate)
        .join(Certificate, Certificate.cooperative_id == Cooperative.id)
        .where(
            Cooperative.organisation_id.in_(concerned(fair.id)),
            Certificate.state == PaperState.VERIFIED,
            Certificate.expires_on >= first,
            Certificate.expires_on < fair.last_day,
            ~_renewed(fair),
        )
        .order_by(Cooperative.sort_name, Cooperative.id, Certificate.expires_on)
    )
    found: dict[int, PapersShort] = {}
    for cooperative, paper in rows:
        found.setdefault(cooperative.id, PapersShort(cooperative, [])).papers.append(paper)
    return [*found.values()]


def to_turn() -> Sequence[int]:
    """Fairs whose phase may change by the clock alone."""
    return db.session.scalars(
        select(Fair.id).where(
            or_(
                Fair.noted_phase.is_(None),
                Fair.state.in_((FairState.ANNOUNCED, FairState.PUBLISHED)),
            )
        )
    ).all()


def _listed(fairs: Sequence[Fair]) -> dict[int, Listed]:
    """fair id -> the fair with its call, its phase and its alarms, in this order."""
    now, today, ids = clock.now(), clock.today(), [fair.id for fair in fairs]
    calls, progress = calls_of(ids), progress_of(ids)
    return {
        fair.id: Listed(
            fair,
            calls.get(fair.id),
            fair_clock.phase(fair, calls.get(fair.id), now, progress.get(fair.id)),
            fair_clock.alarms(fair, today),
        )
        for fair in fairs
    }


def _in_year(year: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Fair.first_day >= dt.date(year, 1, 1), Fair.first_day <= dt.date(year, 12, 31)


TERMS: tuple[InstrumentedAttribute[Any], ...] = (
    Fair.kind,
    Fair.state,
    Fair.guest,
    Fair.exempt_by,
    Fair.first_day,
    Fair.last_day,
    Fair.moved_from,
    Fair.filed_on,
    Fair.change_filed_on,
    Fair.report_filed_on,
)
ROW: tuple[InstrumentedAttribute[Any], ...] = (
    Fair.slug,
    Fair.series,
    Fair.kind,
    Fair.state,
    Fair.name_vi,
    Fair.name_en,
    Fair.theme_vi,
    Fair.theme_en,
    Fair.in_province,
    Fair.guest,
    Fair.organisers,
    Fair.venue,
    Fair.first_day,
    Fair.last_day,
    Fair.opens,
    Fair.closes,
    Fair.hue,
    Fair.exempt_by,
    Fair.filed_on,
    Fair.certified_on,
    Fair.moved_from,
    Fair.change_filed_on,
    Fair.report_filed_on,
    Fair.cancelled_reason,
    Fair.announced_at,
    Fair.made_at,
)
"""What lists show and the clock asks: everything but the long texts."""


def _small() -> tuple[Any, ...]:
    return (load_only(*ROW), joinedload(Fair.poster), *_with_place())


def _with_place() -> tuple[Any, ...]:
    address = joinedload(Fair.address)
    return (
        address.joinedload(Address.unit_current).joinedload(AdminUnit.parent).joinedload(AdminUnit.parent),
        address.joinedload(Address.unit_as_written).joinedload(AdminUnit.parent).joinedload(AdminUnit.parent),
    )
