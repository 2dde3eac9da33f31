"""Two records that became one are two again: everything back as it was, as long as nothing new hangs between them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError

from marketplace.cooperatives import services as cooperatives
from marketplace.foundation import clock
from marketplace.foundation.db import Model, db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.words import _, _l, in_language
from marketplace.registry import queries
from marketplace.registry.events import DuplicateUndone
from marketplace.registry.models import DuplicateMerge, DuplicateUndoing, LifeEvent
from marketplace.registry.services.duplicate import take_turns
from marketplace.registry.services.life_event import redraw, write_row
from marketplace.registry.unmerging import this_row, typed


def undo_merge(*, merge: DuplicateMerge, reason: str, by: Any) -> DuplicateUndoing:
    """Raises Refusal without a reason, when the days for it are over, and when something came or changed since then of
    which nobody can tell to which of the two it belongs."""
    if not reason.strip():
        raise Refusal(_l("Please write why these are two after all."), field="reason")
    loser, survivor = merge.loser, merge.survivor
    take_turns(loser, survivor)
    hindrances = queries.hindrances(merge)
    if hindrances:
        raise Refusal(" ".join(hindrances))
    with in_language("vi"):
        told = _("Was no duplicate of %(name)s: %(reason)s", name=survivor.name, reason=reason.strip())
    _put_back(merge)
    cooperatives.tell_reopened(loser=loser, survivor=survivor, reason=told, by=by)
    _strike_copies(merge, told, by)
    undoing = DuplicateUndoing(merge=merge, reason=reason.strip()[:500], by_id=id_of(by), at=clock.now())
    db.session.add(undoing)
    db.session.flush()
    announce(
        DuplicateUndone(
            cooperative_id=survivor.id,
            loser_id=loser.id,
            merge_id=merge.id,
            name=loser.name,
            words=reason.strip(),
            actor_id=id_of(by),
        )
    )
    return undoing


def _put_back(merge: DuplicateMerge) -> None:
    """Rows that came go, rows that went come, what changed says again what it said."""
    rows, tables = merge.before["rows"], Model.metadata.tables
    try:
        with db.session.begin_nested():
            for name, key in rows["added"]:
                db.session.execute(delete(tables[name]).where(*this_row(tables[name], key)))
            for name, key, columns in rows["changed"]:
                old = {each: typed(told[0], tables[name].c[each]) for each, told in columns.items()}
                db.session.execute(update(tables[name]).where(*this_row(tables[name], key)).values(old))
            for name, row in rows["removed"]:
                old = {each: typed(value, tables[name].c[each]) for each, value in row.items()}
                db.session.execute(insert(tables[name]).values(old))
    except IntegrityError as held:
        raise Refusal(
            _l("Something new hangs on what went over: it cannot be told apart any more.")
        ) from held
    db.session.expire_all()


def _strike_copies(merge: DuplicateMerge, reason: str, by: Any) -> None:
    """What merging wrote into a life is struck, or says again what stood there before; it stays to be read."""
    written = set(merge.before["life"])
    for number in sorted(written, reverse=True):
        row = db.session.get_one(LifeEvent, number)
        old = row.replaces
        while old is not None and old.id in written:
            old = old.replaces
        if any(each.replaces_id == number for each in queries.life_rows(written)):
            continue
        if old is None:
            write_row(
                row.cooperative,
                row.kind,
                row.day,
                row.source,
                reason,
                (),
                "",
                by=by,
                replaces=row,
                struck=True,
            )
        else:
            write_row(
                old.cooperative, old.kind, old.day, old.source, old.note, (), old.successor_name, by=by, replaces=row,
                struck=old.struck,
            )  # fmt: skip
    for one in (merge.loser, merge.survivor):
        redraw(cooperative=one)
