"""The waiting list and the list for better booths: served by themselves whenever a booth becomes free.

Who already stands is asked first, until some days before the fair (setting RELOCATION_DAYS); then those without a
stand, in the published order. An entry that no free place fits is passed over and keeps its place.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace import config
from marketplace.fairs import queries
from marketplace.fairs.events import RelocationOffered, WaitingEnded, WaitingEvent, WaitingListed
from marketplace.fairs.models import Fair, FairApplication, Stand, WaitingEntry
from marketplace.fairs.placing import Free, Half, best_place, need_of, wish_of
from marketplace.fairs.services.holding import (
    answer_by,
    free,
    hold,
    note_move,
    numbers,
    settle_held,
    take_turn,
)
from marketplace.fairs.services.stand import offer
from marketplace.fairs.states import EntryState, FairState, ListKind, StandState, entry_lifecycle
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.words import _l
from marketplace.selection import services as selection
from marketplace.selection.states import ApplicationState


def put_on_list(*, asked: FairApplication, place: int | None = None, by: Any = None) -> WaitingEntry:
    """A place on the waiting list, in the order of the allocation; without one, at the end."""
    if queries.live_stand(asked.application_id) is not None:
        raise Refusal(_l("This exhibitor holds a stand here already."))
    return _listed(asked, ListKind.WAITING, asked.halves, asked.least, place, by)


def ask_for_better(*, stand: Stand, by: Any = None) -> WaitingEntry:
    """Somebody with a stand would like one that fulfils a better wish, when it becomes free."""
    take_turn(stand.fair)
    asked = queries.asked_for(stand.application_id)
    if stand.state is not StandState.CONFIRMED:
        raise Refusal(_l("Please confirm your stand first."))
    if not asked.wishes:
        raise Refusal(_l("Your application names no wish that a better booth could fulfil."))
    if _too_late(stand.fair):
        raise Refusal(_l("The fair is too near: booths are not changed any more."))
    return _listed(asked, ListKind.RELOCATION, stand.halves, stand.halves, None, by)


def leave(*, entry: WaitingEntry, by: Any = None) -> None:
    """Off the list; what was held for it is free."""
    take_turn(_fair(entry))
    db.session.refresh(entry)
    if entry.kind is ListKind.WAITING and entry.state is EntryState.OFFERED and entry.stand is not None:
        raise Refusal(_l("A stand is offered to you: please decline it instead."))
    _let_go(entry, "remove", by)


def take_better(*, entry: WaitingEntry, by: Any = None) -> None:
    """The exhibitor moves to the better booth; the one before is free for the next."""
    fair = _fair(entry)
    take_turn(fair)
    db.session.refresh(entry)
    _answerable(entry)
    stand = _stand(entry)
    was = numbers(stand)
    settle_held(stand, queries.held_for(entry))
    entry_lifecycle.advance(entry, "accept")
    db.session.flush()
    announce(_about(WaitingEnded, entry, by, how=str(entry.state)))
    note_move(stand, was, str(_l("A better booth, as wished")), by)


def keep_own(*, entry: WaitingEntry, by: Any = None) -> None:
    """The exhibitor stays where they are."""
    fair = _fair(entry)
    take_turn(fair)
    db.session.refresh(entry)
    _answerable(entry)
    _let_go(entry, "decline", by)


def expire_better(*, entry: WaitingEntry) -> None:
    fair = _fair(entry)
    take_turn(fair)
    db.session.refresh(entry)
    if entry.state is EntryState.OFFERED and entry.until is not None and entry.until <= clock.now():
        _let_go(entry, "expire", None)


def serve(*, fair: Fair) -> None:
    """Offer what is free, until nobody who waits fits. In the fair's turn."""
    if fair.state not in {FairState.ANNOUNCED, FairState.PUBLISHED} or fair.first_day <= clock.today():
        return
    while _serve_better(fair) or _serve_waiting(fair):
        pass


def end_relocation(*, fair: Fair) -> None:
    """The fair has come too near for booths to change: nobody waits for a better one, and none is held."""
    take_turn(fair)
    for entry in queries.live_entries(fair.id):
        if entry.kind is ListKind.RELOCATION and _too_late(fair):
            _let_go(entry, "remove", None)


def leave_relocation(stand: Stand) -> None:
    """A stand that ended wants no better booth."""
    entry = queries.live_entry(stand.application_id, ListKind.RELOCATION)
    if entry is not None:
        _let_go(entry, "remove", None)


def _serve_waiting(fair: Fair) -> bool:
    """The first who waits and whom a free place fits gets an offer."""
    there = None
    for entry in queries.waiting(fair.id, ListKind.WAITING):
        there = there or queries.free_of(fair.id)
        asked = queries.asked_for(entry.application_id)
        place = best_place(there, asked, entry.halves, entry.least)
        if place is not None:
            _choose(entry)
            offer(asked=asked, halves=place, entry=entry)
            return True
    return False


def _serve_better(fair: Fair) -> bool:
    if _too_late(fair):
        return False
    there = None
    for entry in queries.waiting(fair.id, ListKind.RELOCATION):
        there = there or queries.free_of(fair.id)
        stand = queries.live_stand(entry.application_id)
        if stand is None or stand.state is not StandState.CONFIRMED:
            continue
        place = _better_place(there, stand, queries.asked_for(entry.application_id))
        if place is not None:
            _offer_better(entry, stand, place)
            return True
    return False


def _better_place(there: Free, stand: Stand, asked: FairApplication) -> list[Half] | None:
    booths = {booth.id: booth for booth in (*there.usable, *stand.booths)}
    now = wish_of([(place.booth_id, place.half) for place in stand.live], asked, booths) or 99
    ranked = [
        (rank, at, place)
        for at, place in enumerate(there.for_size(stand.halves, need_of(asked)))
        if (rank := wish_of(place, asked, booths) or 99) < now
    ]
    return min(ranked)[2] if ranked else None


def _offer_better(entry: WaitingEntry, stand: Stand, place: list[Half]) -> None:
    entry_lifecycle.advance(entry, "offer")
    entry.stand, entry.until = stand, answer_by(clock.now())
    db.session.flush()
    hold(stand, place, entry)
    codes = ", ".join(dict.fromkeys(held.booth.code for held in queries.held_for(entry)))
    announce(_about(RelocationOffered, entry, None, booths=codes))


def _choose(entry: WaitingEntry) -> None:
    """Whom the list reaches is chosen now."""
    if entry.application.state is ApplicationState.WAITLISTED:
        selection.take_from_list(application=entry.application, by=None)


def _listed(
    asked: FairApplication, kind: ListKind, halves: int, least: int, place: int | None, by: Any
) -> WaitingEntry:
    entry = WaitingEntry(
        fair_id=asked.fair_id,
        application_id=asked.application_id,
        kind=kind,
        place=place if place is not None else queries.last_place(asked.fair_id, kind) + 1,
        halves=halves,
        least=least,
        since=clock.now(),
    )
    db.session.add(entry)
    db.session.flush()
    announce(_about(WaitingListed, entry, by, kind_of_list=str(kind), place=entry.place))
    return entry


def _let_go(entry: WaitingEntry, how: str, by: Any) -> None:
    entry_lifecycle.advance(entry, how)
    free(queries.held_for(entry))
    announce(_about(WaitingEnded, entry, by, how=str(entry.state)))


def _answerable(entry: WaitingEntry) -> None:
    if entry.state is not EntryState.OFFERED or entry.until is None or entry.until <= clock.now():
        raise Refusal(_l("The time to answer is over."))


def _too_late(fair: Fair) -> bool:
    return clock.today() > fair.first_day - dt.timedelta(days=config.current().relocation_days)


def _fair(entry: WaitingEntry) -> Fair:
    return db.session.get_one(Fair, entry.fair_id)


def _stand(entry: WaitingEntry) -> Stand:
    stand = queries.live_stand(entry.application_id)
    if stand is None:
        raise Refusal(_l("This stand was given up already."))
    return stand


def _about(kind: type[WaitingEvent], entry: WaitingEntry, by: Any, **more: Any) -> WaitingEvent:
    return kind(
        entry_id=entry.id,
        fair_id=entry.fair_id,
        application_id=entry.application_id,
        actor_id=id_of(by),
        **more,
    )


def close_lists(*, fair: Fair) -> None:
    """The fair does not take place: nobody waits, and nothing is held for anybody."""
    take_turn(fair)
    for entry in queries.live_entries(fair.id):
        _let_go(entry, "remove", None)


def leave_lists(*, application_id: int) -> None:
    """Whoever withdrew their application waits for nothing."""
    for kind in ListKind:
        entry = queries.live_entry(application_id, kind)
        if entry is not None and entry.state is EntryState.WAITING:
            _let_go(entry, "remove", None)
