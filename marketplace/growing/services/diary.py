"""The diary: written, corrected by a new line, struck by a new line; never changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.growing import cautions, queries
from marketplace.growing.cautions import Caution
from marketplace.growing.events import DiaryCorrected, DiaryEvent, DiaryStruck, DiaryWritten
from marketplace.growing.models import DiaryEntry, DiarySending, Plot
from marketplace.growing.states import DiaryKind

OLDEST = dt.timedelta(days=400)


@dataclass(frozen=True, kw_only=True)
class Done:
    """What was done on a day, as somebody writes it."""

    kind: DiaryKind
    day: dt.date
    substance: str = ""
    dose: str = ""
    pest: str = ""
    worker: str = ""
    note: str = ""


def write(*, plot: Plot, done: Done, sent: str = "", by: Any) -> DiaryEntry:
    """What was done in a field. Raises Refusal for a day to come, or a spray without its name.

    Sent again under the same `sent` it is the line that is there.
    """
    _check(done)
    if sent:
        db.session.refresh(plot, with_for_update={"of": Plot})
        if (there := queries.sent_before(sent, plot.cooperative_id)) is not None:
            return there
    entry = _kept(_row(plot, done, by), DiaryWritten, by)
    if sent:
        db.session.add(DiarySending(client=sent, entry=entry))
        db.session.flush()
    return entry


def correct(*, entry: DiaryEntry, done: Done, by: Any) -> DiaryEntry:
    """Another line counts instead of this one, which stays to be read. Raises Conflict when one does already."""
    _check(done)
    return _kept(_row(entry.plot, done, by, corrects_id=entry.id), DiaryCorrected, by)


def strike(*, entry: DiaryEntry, note: str, by: Any) -> DiaryEntry:
    """This was never done: a line says so, and why."""
    if not note.strip():
        raise Refusal(_l("Please say why this line is wrong."), field="note")
    names = [each.name for each in fields(Done) if each.name != "note"]
    done = Done(**{name: getattr(entry, name) for name in names}, note=note)
    return _kept(_row(entry.plot, done, by, corrects_id=entry.id, struck=True), DiaryStruck, by)


def _row(plot: Plot, done: Done, by: Any, **more: Any) -> DiaryEntry:
    return DiaryEntry(ref=random_ref(), plot=plot, by_id=id_of(by), at=clock.now(), **vars(done), **more)


def warnings(entry: DiaryEntry) -> list[Caution]:
    """What the rules say of this line, for everything that grows in its field now."""
    rules = queries.rules_since(entry.day)
    growing = queries.growing_in([entry.plot_id])[entry.plot_id]
    crops = [queries.crop_of(each.product, each.market) for each in growing] or [cautions.Crop(None)]
    found = [each for crop in crops for each in cautions.of_entry(entry, crop, rules)]
    return list(dict.fromkeys(found))


def _check(done: Done) -> None:
    if done.day > clock.today():
        raise Refusal(_l("This day is still to come."), field="day")
    if done.day < clock.today() - OLDEST:
        raise Refusal(_l("This day is more than a year ago. Please look at the year."), field="day")
    if done.kind is not DiaryKind.OTHER and not done.substance:
        raise Refusal(_l("Please write what was used."), field="substance")
    if done.kind is DiaryKind.OTHER and not (done.substance or done.note):
        raise Refusal(_l("Please write what was done."), field="note")


def _kept(entry: DiaryEntry, kind: type[DiaryEvent], by: Any) -> DiaryEntry:
    db.session.add(entry)
    db.session.flush()
    announce(
        kind(
            entry_id=entry.id,
            plot_id=entry.plot_id,
            did=str(entry.kind),
            substance=entry.substance,
            actor_id=id_of(by),
        )
    )
    return entry
