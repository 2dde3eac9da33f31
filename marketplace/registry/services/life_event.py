"""What happened is entered, corrected by a later row, or struck; how it stands is drawn anew each time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media import receive_document
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.registry import queries
from marketplace.registry.events import LifeCorrected, LifeRecorded, LifeStruck
from marketplace.registry.lifeline import FROM_EVER, Happening, spells
from marketplace.registry.models import LifeEvent, LifeSuccessor, StandingSpell
from marketplace.registry.states.life_event import ALIVE, HAS_SUCCESSORS, ONE_SUCCESSOR, LifeKind

BY_RECORD = "registry"
"""The source of a row that the record of the cooperative says."""


def record(
    *,
    cooperative: Cooperative,
    kind: LifeKind,
    day: dt.date,
    source: str = "",
    note: str = "",
    successors: Sequence[Cooperative] = (),
    successor_name: str = "",
    stream: Any = None,
    filename: str = "",
    by: Any = None,
) -> LifeEvent:
    """Enter what happened. Raises Refusal when it cannot have been, after all that is known."""
    _take_turn(cooperative)
    _check(cooperative, kind, day, successors, successor_name)
    row = write_row(
        cooperative,
        kind,
        day,
        source,
        note,
        successors,
        successor_name,
        stream=stream,
        filename=filename,
        by=by,
    )
    redraw(cooperative=cooperative)
    announce(LifeRecorded(**_told(row), actor_id=id_of(by)))
    return row


def correct(
    *,
    event: LifeEvent,
    kind: LifeKind,
    day: dt.date,
    reason: str,
    source: str = "",
    note: str = "",
    successors: Sequence[Cooperative] = (),
    successor_name: str = "",
    stream: Any = None,
    filename: str = "",
    by: Any = None,
) -> LifeEvent:
    """A later row in the place of one that was wrong, which stays to be read. Its paper goes on unless there is a new
    one."""
    if not reason.strip():
        raise Refusal(_l("Please say what was wrong."), field="reason")
    _take_turn(event.cooperative)
    _check(event.cooperative, kind, day, successors, successor_name)
    row = write_row(
        event.cooperative, kind, day, source, note, successors, successor_name,
        stream=stream, filename=filename, by=by, replaces=event,
    )  # fmt: skip
    redraw(cooperative=event.cooperative)
    announce(LifeCorrected(**_told(row), words=reason.strip(), actor_id=id_of(by)))
    return row


def strike(*, event: LifeEvent, reason: str, by: Any = None) -> LifeEvent:
    """Nothing of the kind happened: a row says so in its place."""
    if not reason.strip():
        raise Refusal(_l("Please say what was wrong."), field="reason")
    _take_turn(event.cooperative)
    row = write_row(
        event.cooperative,
        event.kind,
        event.day,
        event.source,
        reason.strip(),
        (),
        "",
        by=by,
        replaces=event,
        struck=True,
    )
    redraw(cooperative=event.cooperative)
    announce(LifeStruck(**_told(row), words=reason.strip(), actor_id=id_of(by)))
    return row


def follow_registration(*, cooperative: Cooperative, by: Any = None) -> None:
    """The days of registration in its record are its founding, and its registering anew: as long as nobody entered
    these otherwise. A group is founded before it is registered, or by it."""
    first, now = cooperative.first_registered_on, cooperative.registered_on
    anew = LifeKind.REGISTERED if cooperative.kind is Kind.COOP_GROUP else LifeKind.REREGISTERED
    _follow(cooperative, LifeKind.FOUNDED, first or now, by)
    _follow(cooperative, anew, now if first and now and now > first else None, by)
    redraw(cooperative=cooperative)


def redraw(*, cooperative: Cooperative) -> None:
    """The spells of its standing, anew from all rows. Raises Refusal when these contradict each other."""
    line = spells(queries.happenings_of([cooperative.id])[cooperative.id])
    kept = [
        (row.standing, row.starts_on, row.ends_on, row.known) for row in queries.spells_of(cooperative.id)
    ]
    if kept == [(each.standing, each.starts_on, each.ends_on, each.known) for each in line]:
        return
    db.session.execute(delete(StandingSpell).where(StandingSpell.cooperative_id == cooperative.id))
    db.session.add_all(
        StandingSpell(
            cooperative_id=cooperative.id,
            standing=each.standing,
            starts_on=each.starts_on,
            ends_on=each.ends_on,
            known=each.known,
        )
        for each in line
    )
    db.session.flush()


def _follow(cooperative: Cooperative, kind: LifeKind, day: dt.date | None, by: Any) -> None:
    """What a person entered stands, and so does what the record cannot know: a later end before this day."""
    row = queries.standing_of_kind(cooperative.id, kind)
    if row is not None and (row.source != BY_RECORD or row.day == day):
        return
    if day is not None and (day > clock.today() or not _fits(cooperative, row, kind, day)):
        return
    if day is not None:
        write_row(cooperative, kind, day, BY_RECORD, "", (), "", by=by, replaces=row)
    elif row is not None:
        write_row(cooperative, kind, row.day, BY_RECORD, "", (), "", by=by, replaces=row, struck=True)


def _fits(cooperative: Cooperative, row: LifeEvent | None, kind: LifeKind, day: dt.date) -> bool:
    others = [
        each
        for each in queries.happenings_of([cooperative.id])[cooperative.id]
        if row is None or each.id != row.id
    ]
    try:
        spells([*others, Happening(day, kind)])
    except Refusal:
        return False
    return True


def _take_turn(cooperative: Cooperative) -> None:
    """Two who enter something of one cooperative do it one after the other."""
    db.session.execute(select(Cooperative.id).where(Cooperative.id == cooperative.id).with_for_update())


def _check(
    cooperative: Cooperative,
    kind: LifeKind,
    day: dt.date,
    successors: Sequence[Cooperative],
    successor_name: str,
) -> None:
    if day > clock.today():
        raise Refusal(_l("This day is still to come."), field="day")
    if day <= FROM_EVER:
        raise Refusal(_l("Please write the year with four digits, for example 2015."), field="day")
    if kind is LifeKind.REGISTERED and cooperative.kind is not Kind.COOP_GROUP:
        raise Refusal(
            _l("Only a cooperative group is registered later: enter when it was founded."), field="kind"
        )
    _check_successors(cooperative, kind, day, successors, successor_name)


def _check_successors(
    cooperative: Cooperative,
    kind: LifeKind,
    day: dt.date,
    successors: Sequence[Cooperative],
    successor_name: str,
) -> None:
    named = bool(successors or successor_name.strip())
    if kind not in HAS_SUCCESSORS:
        if named:
            raise Refusal(_l("Nothing takes its place then: leave the successor empty."), field="successors")
        return
    if not named:
        raise Refusal(_l("Please say what it became or went into."), field="successors")
    if kind in ONE_SUCCESSOR and len(successors) > 1:
        raise Refusal(_l("There is one successor here, not several."), field="successors")
    if any(each.id == cooperative.id for each in successors):
        raise Refusal(_l("A cooperative cannot be its own successor."), field="successors")
    standings = queries.standings_on(day, [each.id for each in successors])
    for each in successors:
        if standings.get(each.id) not in ALIVE:
            raise Refusal(
                _l(
                    "%(name)s was not there on %(day)s: enter its founding first.",
                    name=each.called,
                    day=f"{day:%d/%m/%Y}",
                ),
                field="successors",
            )


def write_row(
    cooperative: Cooperative,
    kind: LifeKind,
    day: dt.date,
    source: str,
    note: str,
    successors: Sequence[Cooperative],
    successor_name: str,
    *,
    stream: Any = None,
    filename: str = "",
    by: Any = None,
    replaces: LifeEvent | None = None,
    struck: bool = False,
) -> LifeEvent:
    document = receive_document(stream=stream, filename=filename, by=by, field="file") if stream else None
    row = LifeEvent(
        ref=random_ref(),
        cooperative=cooperative,
        kind=kind,
        day=day,
        source=source.strip()[:255],
        note=note.strip()[:500],
        successor_name=successor_name.strip()[:255],
        document=document or (replaces.document if replaces is not None else None),
        replaces=replaces,
        struck=struck,
        by_id=id_of(by),
        at=clock.now(),
        successors=[LifeSuccessor(cooperative=each) for each in successors],
    )
    db.session.add(row)
    db.session.flush()
    return row


def _told(row: LifeEvent) -> dict[str, Any]:
    standing = queries.standing_on(row.cooperative_id, clock.today())
    return {
        "cooperative_id": row.cooperative_id,
        "life_event_id": row.id,
        "what": str(row.kind),
        "day": row.day.isoformat(),
        "standing": str(standing or ""),
        "successor_ids": [each.cooperative_id for each in row.successors],
    }
