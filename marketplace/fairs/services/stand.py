"""Stands: offered, confirmed, declined, given up, moved. Freeing a booth is one act, wherever it begins.

Whoever changes who holds what takes the fair's turn first; the constraint on halves has the last word. What a free
booth sets going, the reactions of this area do: whoever waits is served.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from marketplace.fairs import queries
from marketplace.fairs.events import (
    OfferShortened,
    StandConfirmed,
    StandDeclined,
    StandExpired,
    StandOffered,
    StandReleased,
)
from marketplace.fairs.models import (
    AllocationRun,
    Booth,
    Fair,
    FairApplication,
    Stand,
    WaitingEntry,
)
from marketplace.fairs.placing import WHOLE, Half
from marketplace.fairs.services import fee
from marketplace.fairs.services.holding import (
    about,
    answer_by,
    free,
    hold,
    note_move,
    numbers,
    put,
    take_turn,
)
from marketplace.fairs.states import (
    EntryState,
    FairState,
    ListKind,
    StandState,
    entry_lifecycle,
    stand_lifecycle,
)
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.selection.states import ApplicationState

OVER = (FairState.REPORTED, FairState.ARCHIVED, FairState.CANCELLED)


def offer(
    *,
    asked: FairApplication,
    halves: Sequence[Half],
    run: AllocationRun | None = None,
    entry: WaitingEntry | None = None,
    by: Any = None,
) -> Stand:
    """Hold these halves of booths for a chosen applicant until they answer. Raises Conflict when one is taken."""
    fair, application = asked.fair, asked.application
    take_turn(fair)
    _not_over(fair)
    if application.state is not ApplicationState.APPROVED:
        raise Refusal(_l("Only an applicant who was chosen gets a stand."))
    if queries.live_stand(application.id) is not None:
        raise Refusal(_l("This exhibitor holds a stand here already."))
    _known(fair, halves)
    now = clock.now()
    stand = Stand(
        ref=random_ref(),
        fair=fair,
        application=application,
        halves=len(halves),
        fee=queries.fee_for(fair, len(halves)),
        run_id=run.id if run is not None else None,
        offered_at=now,
        until=answer_by(now),
    )
    db.session.add(stand)
    hold(stand, halves)
    if entry is not None:
        entry_lifecycle.advance(entry, "offer")
        entry.stand, entry.until = stand, stand.until
        db.session.flush()
    announce(about(StandOffered, stand, by))
    return stand


def confirm(*, stand: Stand, instead: Sequence[Booth] = (), by: Any = None) -> None:
    """The exhibitor comes; with `instead`, to other free booths of the same size. Then the fee is asked, if there is
    one. Raises Refusal once the time is over, Conflict when somebody else was quicker at the booths."""
    _take(stand)
    _answerable(stand)
    was = numbers(stand)
    if instead:
        _same_size(stand, instead)
        put(stand, [(booth.id, half) for booth in instead for half in WHOLE])
    stand_lifecycle.advance(stand, "confirm")
    stand.confirmed_at = clock.now()
    _end_entry(stand, "accept")
    db.session.flush()
    fee.ask(stand, by)
    announce(about(StandConfirmed, stand, by))
    if instead:
        note_move(stand, was, str(_l("Chosen by the exhibitor when confirming")), by)


def decline(*, stand: Stand, words: str = "", by: Any = None) -> None:
    """The exhibitor does not want it: free for whoever waits."""
    _take(stand)
    told = about(StandDeclined, stand, by, words=words)
    _let_go(stand, "decline", words)
    _end_entry(stand, "decline")
    announce(told)


def expire(*, stand: Stand) -> None:
    """Nobody answered in time. Nothing happens when somebody did meanwhile."""
    _take(stand)
    if stand.state is not StandState.OFFERED or stand.until > clock.now():
        return
    told = about(StandExpired, stand, None)
    _let_go(stand, "expire", "")
    _end_entry(stand, "expire")
    announce(told)


def release(*, stand: Stand, words: str, by: Any = None) -> None:
    """Given up, by the exhibitor or an officer, with a reason: booths, fee and exchanges end in the same moment."""
    if not words.strip():
        raise Refusal(_l("Please write the reason."), field="words")
    _take(stand)
    told = about(StandReleased, stand, by, words=words)
    _let_go(stand, "release", words)
    _end_entry(stand, "decline")
    fee.drop(stand, by)
    announce(told)


def move(*, stand: Stand, booths: Sequence[Booth], words: str, by: Any) -> None:
    """An officer puts a stand on other free booths of the same size, and says why; the exhibitor is told."""
    if not words.strip():
        raise Refusal(_l("Please write the reason: the exhibitor will read it."), field="words")
    _take(stand)
    _live(stand)
    _same_size(stand, booths)
    was = numbers(stand)
    put(stand, _fitting(stand, booths))
    note_move(stand, was, words, by)


def release_all(*, fair: Fair, words: str, by: Any = None) -> None:
    """The fair does not take place: nobody holds a booth, and what was paid is owed back. The stands stay as they were
    written, for the record."""
    for stand in queries.stands_of(fair.id):
        release(stand=stand, words=words, by=by)


def shorten_offers(*, fair: Fair, by: Any = None) -> None:
    """The fair begins sooner: whoever was offered a stand answers before its doors open."""
    opening = clock.from_local(dt.datetime.combine(fair.first_day, fair.opens))
    for stand in queries.stands_of(fair.id):
        if stand.state is StandState.OFFERED and stand.until > opening:
            stand.until = opening
            db.session.flush()
            announce(about(OfferShortened, stand, by, until=opening.isoformat()))


def _take(stand: Stand) -> None:
    take_turn(stand.fair)
    db.session.refresh(stand)
    db.session.expire(stand, ["places"])


def _live(stand: Stand) -> None:
    if stand.state not in queries.LIVE:
        raise Refusal(_l("This stand was given up already."))


def _answerable(stand: Stand) -> None:
    if stand.state is StandState.OFFERED and stand.until <= clock.now():
        raise Refusal(_l("The time to answer is over: the booth goes to whoever waits."))
    if stand.state is StandState.CONFIRMED:
        raise Refusal(_l("You have confirmed this stand already."))
    _live(stand)
    _not_over(stand.fair)


def _not_over(fair: Fair) -> None:
    if fair.state in OVER or fair.last_day < clock.today():
        raise Refusal(_l("This fair is over or was cancelled."))


def _known(fair: Fair, halves: Sequence[Half]) -> None:
    ids = {booth_id for booth_id, _half in halves}
    booths = {booth.id: booth for booth in queries.booths_by_ids(ids) if booth.fair_id == fair.id}
    if not ids or not ids <= booths.keys():
        raise Refusal(_l("Please choose booths of this fair."))
    blocked = [booths[id].code for id in sorted(ids) if booths[id].blocked]
    if blocked:
        raise Refusal(_l("Blocked, nobody can stand there: %(codes)s.", codes=", ".join(blocked)))


def _same_size(stand: Stand, booths: Sequence[Booth]) -> None:
    if any(booth.fair_id != stand.fair_id for booth in booths):
        raise Refusal(_l("Please choose booths of this fair."), field="booths")
    blocked = [booth.code for booth in booths if booth.blocked]
    if blocked:
        raise Refusal(
            _l("Blocked, nobody can stand there: %(codes)s.", codes=", ".join(blocked)), field="booths"
        )
    if len({booth.id for booth in booths}) != (stand.halves + 1) // 2:
        count = (stand.halves + 1) // 2
        raise Refusal(
            _l("Please choose %(count)s booths, as many as this stand has.", count=count), field="booths"
        )


def _fitting(stand: Stand, booths: Sequence[Booth]) -> list[Half]:
    """Whole booths; for half a booth whichever half is free."""
    if stand.halves > 1:
        return [(booth.id, half) for booth in booths for half in WHOLE]
    taken = queries.taken_halves(stand.fair_id)
    free = [half for half in WHOLE if (booths[0].id, half) not in taken]
    return [(booths[0].id, free[0] if free else 1)]


def _let_go(stand: Stand, how: str, words: str) -> None:
    """The stand ends; its booths and what was held for it are free."""
    stand_lifecycle.advance(stand, how)
    stand.ended_at, stand.ended_why = clock.now(), words.strip()
    free([place for place in stand.places if place.active])


def _end_entry(stand: Stand, how: str) -> None:
    """The place on the waiting list that this stand was offered to."""
    entry = queries.live_entry(stand.application_id, ListKind.WAITING)
    if entry is not None and entry.state is EntryState.OFFERED:
        entry_lifecycle.advance(entry, how)
        db.session.flush()
