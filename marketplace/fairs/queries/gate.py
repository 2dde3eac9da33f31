"""Gates, their lists, conflicts, and how many came.

Visitors are people on evidence, each once for the whole fair; visits are their days. People at work are never
visitors. What was clicked by hand is an estimate and stands apart.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from marketplace.fairs.models import Click, Fair, FairPass, Gate, GateConflict, Presence, Scan
from marketplace.fairs.presence import AT_WORK, PassKind
from marketplace.fairs.states import FairState
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of

SHOWN = (FairState.ANNOUNCED, FairState.PUBLISHED)
EARLY = dt.timedelta(days=7)
"""Gates are tried out some days before."""


def gate_by_ref(ref: str, _user: Any = None) -> Gate | None:
    """Any that is open: its device proves itself by its key, people by who they are."""
    query = select(Gate).where(Gate.ref == ref, Gate.closed_at.is_(None)).options(joinedload(Gate.fair))
    return db.session.scalar(query)


def told_gate(ref: str, _user: Any = None) -> Gate | None:
    """A closed one too: what its device still holds is wanted."""
    return db.session.scalar(select(Gate).where(Gate.ref == ref).options(joinedload(Gate.fair)))


def gates_of(fair: Fair) -> Sequence[Gate]:
    return db.session.scalars(select(Gate).where(Gate.fair_id == fair.id).order_by(Gate.id)).all()


def open_gates(today: dt.date) -> Sequence[Gate]:
    """Of fairs that are on or near, by fair."""
    return db.session.scalars(
        select(Gate)
        .join(Fair, Fair.id == Gate.fair_id)
        .where(
            Gate.closed_at.is_(None),
            Fair.state.in_(SHOWN),
            Fair.first_day <= today + EARLY,
            Fair.last_day >= today,
        )
        .options(joinedload(Gate.fair))
        .order_by(Fair.first_day, Fair.id, Gate.id)
    ).all()


# --- what a device carries --------------------------------------------------------------------------


@dataclass(frozen=True)
class Listed:
    """One pass as a device carries it: no name, and a hash for the code."""

    code_hash: str
    kind: PassKind
    label: str
    revoked_at: dt.datetime | None
    inside: bool


def listed(fair: Fair) -> list[Listed]:
    """Every pass of the fair, and who is inside today."""
    today = clock.today()
    rows = db.session.execute(
        select(FairPass, Presence.inside)
        .outerjoin(Presence, (Presence.pass_id == FairPass.id) & (Presence.day == today))
        .where(FairPass.fair_id == fair.id)
        .options(joinedload(FairPass.cooperative))
        .order_by(FairPass.id)
    )
    return [Listed(p.code_hash, p.kind, p.label, p.revoked_at, bool(inside)) for p, inside in rows]


def list_version(fair: Fair) -> str:
    """Changes whenever a pass was made or revoked."""
    told = db.session.execute(
        select(func.count(), func.max(FairPass.id), func.max(FairPass.changed_at)).where(
            FairPass.fair_id == fair.id
        )
    ).one()
    days = (fair.first_day, fair.last_day)
    return hashlib.sha256(repr((tuple(map(str, told)), days)).encode()).hexdigest()[:16]


# --- what a batch touches ---------------------------------------------------------------------------


def scans_with_pass(fair_id: int) -> Sequence[Scan]:
    """Every scan of a known pass at this fair."""
    query = select(Scan).where(Scan.fair_id == fair_id, Scan.pass_id.is_not(None))
    return db.session.scalars(query.order_by(Scan.id)).all()


def passes_by_id(ids: Iterable[int]) -> dict[int, FairPass]:
    found = db.session.scalars(select(FairPass).where(FairPass.id.in_({*ids})))
    return {each.id: each for each in found}


def known_uuids(model: type[Scan] | type[Click], uuids: Iterable[str]) -> set[str]:
    return set(db.session.scalars(select(model.uuid).where(model.uuid.in_(list(uuids)))))


def passes_by_hash(fair_id: int, hashes: Iterable[str]) -> dict[str, FairPass]:
    """Of this fair, locked in order: what follows from their scans is written by one at a time."""
    query = (
        select(FairPass)
        .where(FairPass.fair_id == fair_id, FairPass.code_hash.in_(set(hashes)))
        .order_by(FairPass.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {each.code_hash: each for each in db.session.scalars(query)}


def scans_of(pass_ids: Iterable[int], days: Iterable[dt.date]) -> dict[tuple[int, dt.date], list[Scan]]:
    found: dict[tuple[int, dt.date], list[Scan]] = defaultdict(list)
    query = select(Scan).where(Scan.pass_id.in_(set(pass_ids)), Scan.day.in_(set(days)))
    for scan in db.session.scalars(query):
        if scan.pass_id is not None:
            found[scan.pass_id, scan.day].append(scan)
    return found


def presences_of(pass_ids: Iterable[int], days: Iterable[dt.date]) -> dict[tuple[int, dt.date], Presence]:
    query = select(Presence).where(Presence.pass_id.in_(set(pass_ids)), Presence.day.in_(set(days)))
    return {(each.pass_id, each.day): each for each in db.session.scalars(query)}


def conflicts_of(scan_ids: Iterable[int]) -> dict[int, GateConflict]:
    query = select(GateConflict).where(GateConflict.scan_id.in_(list(scan_ids)))
    return {each.scan_id: each for each in db.session.scalars(query)}


def scans_named(uuids: Iterable[str]) -> Sequence[Scan]:
    return db.session.scalars(select(Scan).where(Scan.uuid.in_(list(uuids)))).all()


# --- what the office sees ---------------------------------------------------------------------------


def conflict_by_scan(uuid: str, user: Any) -> GateConflict | None:
    if not user.is_authenticated or not user.is_officer:
        return None
    query = select(GateConflict).join(Scan, Scan.id == GateConflict.scan_id).where(Scan.uuid == uuid)
    return db.session.scalar(query.options(*_told()))


def conflicts(fair: Fair, *, settled: bool, after: str | None, size: int = 30) -> Page[GateConflict]:
    query = (
        select(GateConflict)
        .where(GateConflict.fair_id == fair.id, GateConflict.settled_at.is_not(None) == settled)
        .options(*_told())
    )
    return page_of(query, GateConflict.scan_id, after=after, size=size).map(lambda row: row[0])


def _told() -> tuple[Any, ...]:
    scan = joinedload(GateConflict.scan)
    return scan.joinedload(Scan.gate), scan.joinedload(Scan.fair_pass).joinedload(FairPass.cooperative)


def count_conflicts(fair: Fair) -> int:
    query = select(func.count()).where(GateConflict.fair_id == fair.id, GateConflict.settled_at.is_(None))
    return int(db.session.scalar(query) or 0)


@dataclass
class Came:
    """One day, or the whole fair. `clicked` is an estimate and in none of the others."""

    visitors: int = 0
    visits: int = 0
    buyers: int = 0
    buyer_visits: int = 0
    at_work: int = 0
    inside: int = 0
    clicked: int = 0

    def add(self, kind: PassKind, people: int, inside: int) -> None:
        self.inside += inside
        if kind in AT_WORK:
            self.at_work += people
        elif kind is PassKind.TRADE_BUYER:
            self.buyers += people
        else:
            self.visitors += people


@dataclass
class Attendance:
    """`days` by date; `hours` by (date, hour): first entries of visitors and buyers, and the clicks, apart."""

    whole: Came = field(default_factory=Came)
    days: dict[dt.date, Came] = field(default_factory=dict)
    hours: dict[tuple[dt.date, int], Came] = field(default_factory=dict)


def attendance(fair: Fair) -> Attendance:
    """How many came, by day and hour. Four statements, however many came."""
    told = Attendance(days={day: Came() for day in fair.days})
    _count_days(fair, told)
    _count_people(fair, told)
    _count_hours(fair, told)
    _count_clicks(fair, told)
    return told


def _came(fair: Fair, *columns: Any) -> Any:
    return (
        select(*columns)
        .join(FairPass, FairPass.id == Presence.pass_id)
        .where(Presence.fair_id == fair.id, Presence.entries > 0)
    )


def _count_days(fair: Fair, told: Attendance) -> None:
    inside = func.sum(case((Presence.inside, 1), else_=0))
    query = _came(fair, Presence.day, FairPass.kind, func.count(), inside)
    for day, kind, people, now in db.session.execute(query.group_by(Presence.day, FairPass.kind)):
        came = told.days.setdefault(day, Came())
        came.add(kind, people, int(now))
        came.visits, came.buyer_visits = came.visitors, came.buyers
        if kind is PassKind.VISITOR:
            told.whole.visits += people
        elif kind is PassKind.TRADE_BUYER:
            told.whole.buyer_visits += people
        if day == clock.today():
            told.whole.inside += int(now)


def _count_people(fair: Fair, told: Attendance) -> None:
    query = _came(fair, FairPass.kind, func.count(Presence.pass_id.distinct()))
    for kind, people in db.session.execute(query.group_by(FairPass.kind)):
        told.whole.add(kind, people, 0)


def _count_hours(fair: Fair, told: Attendance) -> None:
    query = _came(fair, Presence.day, Presence.first_hour, FairPass.kind, func.count())
    grouped = query.group_by(Presence.day, Presence.first_hour, FairPass.kind)
    for day, hour, kind, people in db.session.execute(grouped):
        told.hours.setdefault((day, hour), Came()).add(kind, people, 0)


def _count_clicks(fair: Fair, told: Attendance) -> None:
    query = (
        select(Click.day, Click.hour, func.sum(Click.count))
        .where(Click.fair_id == fair.id)
        .group_by(Click.day, Click.hour)
    )
    for day, hour, count in db.session.execute(query):
        for came in (
            told.whole,
            told.days.setdefault(day, Came()),
            told.hours.setdefault((day, hour), Came()),
        ):
            came.clicked += int(count)
