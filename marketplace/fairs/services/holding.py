"""Halves of booths in somebody's hands: the one place where they are taken and let go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from marketplace import config
from marketplace.fairs.events import StandEvent, StandMoved
from marketplace.fairs.models import Fair, Stand, StandBooth, StandMove, WaitingEntry
from marketplace.fairs.placing import Half
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.opening import working_days_after

CLOSES = dt.time(17)
"""Of an office: an offer runs out at the end of its last working day."""


def answer_by(now: dt.datetime) -> dt.datetime:
    """The end of the third working day after `now` (setting OFFER_WORKING_DAYS); holidays of the law and closed
    days of the alliance are none."""
    last = working_days_after(clock.to_local(now).date(), config.current().offer_working_days)
    return clock.from_local(dt.datetime.combine(last, CLOSES))


def take_turn(fair: Fair) -> None:
    """Whoever changes who stands where waits for the one before."""
    db.session.refresh(fair, with_for_update={"of": Fair})


def numbers(stand: Stand) -> str:
    """Its booths as people say them: "A01, A02"."""
    return ", ".join(booth.code for booth in stand.booths)


def about(kind: type[StandEvent], stand: Stand, by: Any, **more: Any) -> StandEvent:
    return kind(
        stand_id=stand.id,
        fair_id=stand.fair_id,
        application_id=stand.application_id,
        booths=more.pop("booths", None) or numbers(stand),
        actor_id=id_of(by),
        **more,
    )


def hold(stand: Stand, halves: Sequence[Half], entry: WaitingEntry | None = None) -> None:
    """Take these halves; with an entry they are only held for the stand. Raises Conflict when one is taken."""
    now = clock.now()
    for booth_id, half in sorted(halves):
        db.session.add(
            StandBooth(
                stand=stand,
                booth_id=booth_id,
                half=half,
                since=now,
                entry_id=entry.id if entry is not None else None,
            )
        )
    db.session.flush()
    db.session.expire(stand, ["places"])


def free(places: Iterable[StandBooth]) -> None:
    now = clock.now()
    for place in list(places):
        place.active, place.until = False, now
    db.session.flush()


def put(stand: Stand, halves: Sequence[Half]) -> None:
    """Off the halves before, onto these."""
    free(stand.live)
    hold(stand, halves)


def exchange(one: Stand, other: Stand) -> None:
    """Each stands where the other stood; both at once, so that nobody can come between them."""
    ours, theirs = halves_of(one), halves_of(other)
    free([*one.live, *other.live])
    hold(one, theirs)
    hold(other, ours)


def halves_of(stand: Stand) -> list[Half]:
    return [(place.booth_id, place.half) for place in stand.live]


def settle_held(stand: Stand, held: Iterable[StandBooth]) -> None:
    """The better place that was held for it is its place now; the one before is free."""
    free(stand.live)
    for place in held:
        place.entry_id = None
    db.session.flush()
    db.session.expire(stand, ["places"])


def note_move(stand: Stand, was: str, reason: str, by: Any) -> None:
    """Another place, and why: a row that stays, and a fact."""
    db.session.add(
        StandMove(
            stand_id=stand.id,
            was=was,
            now=numbers(stand),
            reason=reason.strip(),
            by_id=id_of(by),
            at=clock.now(),
        )
    )
    db.session.flush()
    announce(about(StandMoved, stand, by, was=was, words=reason.strip()))
