"""Two exhibitors exchange their booths, when both want to."""

from __future__ import annotations

from typing import Any

from marketplace.fairs import queries
from marketplace.fairs.events import SwapAsked, SwapDeclined, SwapDone, SwapEvent, SwapTakenBack
from marketplace.fairs.models import Stand, StandSwap
from marketplace.fairs.placing import need_of
from marketplace.fairs.services.holding import exchange, note_move, numbers, take_turn
from marketplace.fairs.states import StandState, swap_lifecycle
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l


def ask_swap(*, mine: Stand, yours: Stand, words: str = "", by: Any) -> StandSwap:
    """Ask the other side; nothing moves until they agree."""
    take_turn(mine.fair)
    _possible(mine, yours)
    swap = StandSwap(ref=random_ref(), mine=mine, yours=yours, words=words.strip(), asked_at=clock.now())
    db.session.add(swap)
    db.session.flush()
    announce(_about(SwapAsked, swap, by, words=swap.words))
    return swap


def agree(*, swap: StandSwap, by: Any) -> None:
    """Both stands change places in one moment."""
    take_turn(swap.mine.fair)
    db.session.refresh(swap)
    _possible(swap.mine, swap.yours)
    swap_lifecycle.advance(swap, "agree")
    swap.answered_at = clock.now()
    told = _about(SwapDone, swap, by)
    ours, theirs = numbers(swap.mine), numbers(swap.yours)
    exchange(swap.mine, swap.yours)
    for stand, was in ((swap.mine, ours), (swap.yours, theirs)):
        reason = str(_l("Exchanged with another exhibitor"))
        note_move(stand, was, reason, by)
    announce(told)


def decline_swap(*, swap: StandSwap, by: Any) -> None:
    _end(swap, "decline", SwapDeclined, by)


def take_back_swap(*, swap: StandSwap, by: Any) -> None:
    _end(swap, "take_back", SwapTakenBack, by)


def end_swaps(stand: Stand) -> None:
    """What was asked about the booths it had no longer counts."""
    for swap in queries.swaps_of(stand):
        _end(swap, "take_back", SwapTakenBack, None)


def _end(swap: StandSwap, how: str, kind: type[SwapEvent], by: Any) -> None:
    db.session.refresh(swap)
    told = _about(kind, swap, by)
    swap_lifecycle.advance(swap, how)
    swap.answered_at = clock.now()
    db.session.flush()
    announce(told)


def _possible(mine: Stand, yours: Stand) -> None:
    """Both confirmed, of one size, at one fair that has not begun, and each place serves the needs of the other."""
    for stand in (mine, yours):
        db.session.refresh(stand)
        db.session.expire(stand, ["places"])
    if any(stand.state is not StandState.CONFIRMED for stand in (mine, yours)):
        raise Refusal(_l("Both stands have to be confirmed first."))
    if mine.fair_id != yours.fair_id or mine.halves != yours.halves:
        raise Refusal(_l("Only stands of the same size at the same fair can be exchanged."))
    if mine.fair.first_day <= clock.today():
        raise Refusal(_l("The fair has begun: booths are not exchanged any more."))
    for stand, there in ((mine, yours), (yours, mine)):
        if not need_of(queries.asked_for(stand.application_id)).met_by(there.booths):
            who = stand.application.cooperative.called
            raise Refusal(
                _l(
                    "The other booth lacks what %(who)s needs: power, water, or the zone of their goods.",
                    who=who,
                )
            )


def _about(kind: type[SwapEvent], swap: StandSwap, by: Any, **more: Any) -> SwapEvent:
    mine, yours = swap.mine, swap.yours
    return kind(
        swap_id=swap.id,
        stand_id=mine.id,
        other_id=yours.id,
        fair_id=mine.fair_id,
        application_id=mine.application_id,
        other_application_id=yours.application_id,
        booths=numbers(mine),
        theirs=numbers(yours),
        actor_id=id_of(by),
        **more,
    )
