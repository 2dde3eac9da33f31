"""Runs of the allocation, what they say of each application, and the rules they keep."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, load_only

from marketplace.cooperatives.models import Cooperative
from marketplace.fairs.allocating import Rules, rules_from
from marketplace.fairs.models import AllocationRules, AllocationRun, AllocationSeat, Booth, Fair, Zone
from marketplace.fairs.states import Outcome, RunState
from marketplace.foundation.db import db
from marketplace.foundation.db.paging import Page, page_of
from marketplace.selection.models import Application, Call
from marketplace.selection.states import ApplicationState, Purpose

AT_WORK = (RunState.QUEUED, RunState.RUNNING)
RELEASED = (ApplicationState.APPROVED, ApplicationState.WAITLISTED, ApplicationState.REJECTED)
_SHORT = load_only(
    AllocationRun.id,
    AllocationRun.ref,
    AllocationRun.fair_id,
    AllocationRun.number,
    AllocationRun.state,
    AllocationRun.inputs_hash,
    AllocationRun.seed,
    AllocationRun.solver,
    AllocationRun.objective,
    AllocationRun.gap,
    AllocationRun.seconds,
    AllocationRun.progress,
    AllocationRun.step,
    AllocationRun.problem,
    AllocationRun.by_id,
    AllocationRun.queued_at,
    AllocationRun.started_at,
    AllocationRun.ended_at,
)
"""All but the frozen inputs, which are large."""


def call_of_fair(fair_id: int) -> Call | None:
    return db.session.scalar(select(Call).where(Call.purpose == Purpose.FAIR, Call.subject_id == fair_id))


def any_run(ref: str, user: Any) -> AllocationRun | None:
    """For officers."""
    if not user.is_authenticated or not user.is_officer:
        return None
    found = (
        select(AllocationRun).where(AllocationRun.ref == ref).options(_SHORT, joinedload(AllocationRun.fair))
    )
    return db.session.scalar(found)


def runs_of(fair_id: int, after: str | None = None) -> Page[AllocationRun]:
    """The newest first."""
    found = select(AllocationRun).where(AllocationRun.fair_id == fair_id)
    found = found.options(_SHORT, joinedload(AllocationRun.by))
    page = page_of(found, AllocationRun.number, after=after, descending=True)
    return page.map(lambda row: row[0])


def run_to_compute(run_id: int) -> AllocationRun | None:
    """Still wanted, with its inputs."""
    return db.session.scalar(
        select(AllocationRun).where(AllocationRun.id == run_id, AllocationRun.state.in_(AT_WORK))
    )


def run_at_work(fair_id: int) -> AllocationRun | None:
    return db.session.scalar(
        select(AllocationRun)
        .where(AllocationRun.fair_id == fair_id, AllocationRun.state.in_(AT_WORK))
        .options(_SHORT)
    )


def forgotten_runs(edge: dt.datetime) -> list[int]:
    """Wanted, and no sign of a worker since then."""
    sign = func.coalesce(AllocationRun.seen_at, AllocationRun.queued_at)
    return [
        *db.session.scalars(select(AllocationRun.id).where(AllocationRun.state.in_(AT_WORK), sign < edge))
    ]


def chosen_run(fair_id: int) -> AllocationRun | None:
    return db.session.scalar(
        select(AllocationRun)
        .where(AllocationRun.fair_id == fair_id, AllocationRun.state == RunState.CHOSEN)
        .options(_SHORT)
    )


def last_number(fair_id: int) -> int:
    return int(
        db.session.scalar(select(func.max(AllocationRun.number)).where(AllocationRun.fair_id == fair_id)) or 0
    )


def other_runs(run: AllocationRun) -> Sequence[AllocationRun]:
    """Runs with a result, to compare with."""
    return db.session.scalars(
        select(AllocationRun)
        .where(AllocationRun.fair_id == run.fair_id, AllocationRun.id != run.id)
        .where(AllocationRun.state.in_((RunState.COMPLETE, RunState.CHOSEN, RunState.LAID_ASIDE)))
        .options(_SHORT)
        .order_by(AllocationRun.number.desc())
        .limit(20)
    ).all()


def _seats(run_id: int) -> Select[AllocationSeat]:
    return (
        select(AllocationSeat)
        .join(AllocationSeat.application)
        .join(Application.cooperative)
        .where(AllocationSeat.run_id == run_id)
        .options(
            contains_eager(AllocationSeat.application).contains_eager(Application.cooperative),
            joinedload(AllocationSeat.zone),
        )
    )


def seats_of(run_id: int, outcome: Outcome | None = None, after: str | None = None) -> Page[AllocationSeat]:
    """In the published order."""
    found = _seats(run_id)
    if outcome is not None:
        found = found.where(AllocationSeat.outcome == outcome)
    return page_of(found, AllocationSeat.place, after=after, size=100).map(lambda row: row[0])


def seat_by_ref(run_id: int, ref: str) -> AllocationSeat | None:
    """Of the application with this reference."""
    return db.session.scalar(_seats(run_id).where(Application.ref == ref))


def seat_of_application(run_id: int, application_id: int) -> AllocationSeat | None:
    return db.session.scalar(_seats(run_id).where(AllocationSeat.application_id == application_id))


def own_seat(fair_id: int, cooperative: Cooperative | None) -> AllocationSeat | None:
    """What the chosen run says of a cooperative's application, once its decision is released."""
    if cooperative is None:
        return None
    return db.session.scalar(
        select(AllocationSeat)
        .join(AllocationSeat.run)
        .join(AllocationSeat.application)
        .where(
            AllocationRun.fair_id == fair_id,
            AllocationRun.state == RunState.CHOSEN,
            Application.cooperative_id == cooperative.id,
            Application.state.in_(RELEASED),
        )
        .options(contains_eager(AllocationSeat.application), joinedload(AllocationSeat.zone))
    )


def count_seats(run_id: int) -> int:
    return int(
        db.session.scalar(
            select(func.count()).select_from(AllocationSeat).where(AllocationSeat.run_id == run_id)
        )
        or 0
    )


def codes_of(fair_id: int) -> dict[int, str]:
    """The booths' numbers by id."""
    rows = db.session.execute(select(Booth.id, Booth.code).where(Booth.fair_id == fair_id))
    return {row[0]: row[1] for row in rows}


def zones_by_id(fair_id: int) -> dict[int, Zone]:
    rows = db.session.scalars(select(Zone).where(Zone.fair_id == fair_id).order_by(Zone.position))
    return {zone.id: zone for zone in rows}


def compared(one_id: int, other_id: int) -> list[tuple[AllocationSeat, AllocationSeat | None]]:
    """Everybody whose booths differ between two runs, in the order of the first."""
    other = {
        seat.application_id: seat
        for seat in db.session.scalars(select(AllocationSeat).where(AllocationSeat.run_id == other_id))
    }
    mine = db.session.scalars(_seats(one_id).order_by(AllocationSeat.place))
    pairs = [(seat, other.get(seat.application_id)) for seat in mine]
    return [
        (seat, theirs)
        for seat, theirs in pairs
        if theirs is None or sorted(seat.booths) != sorted(theirs.booths)
    ]


def latest_rules(fair_id: int) -> AllocationRules | None:
    return db.session.scalar(
        select(AllocationRules)
        .where(AllocationRules.fair_id == fair_id)
        .order_by(AllocationRules.version.desc())
        .limit(1)
    )


def rules_of(fair_id: int) -> Rules:
    """As they stand now; a fair without any has none but the plan's own."""
    latest = latest_rules(fair_id)
    return rules_from(latest.told) if latest is not None else Rules()


def revisions(fair_id: int) -> Sequence[AllocationRules]:
    return db.session.scalars(
        select(AllocationRules)
        .where(AllocationRules.fair_id == fair_id)
        .options(joinedload(AllocationRules.by))
        .order_by(AllocationRules.version.desc())
        .limit(20)
    ).all()


def fair_called(slug: str) -> Fair | None:
    """Any, for the command line."""
    return db.session.scalar(select(Fair).where(Fair.slug == slug))
