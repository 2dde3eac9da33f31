"""Facts of who is to stand where."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class AllocationEvent(Event):
    """About one computation for a fair."""

    run_id: int
    fair_id: int
    number: int
    sentence = _l("Allocation")
    about = {"allocation_run": "run_id", "fair": "fair_id"}


class AllocationQueued(AllocationEvent):
    sentence = _l("Allocation %(number)s was asked for")


class AllocationFinished(AllocationEvent):
    placed: int
    waiting: int
    sentence = _l("Allocation %(number)s is computed: %(placed)s have a stand, %(waiting)s wait")


class AllocationFailed(AllocationEvent):
    sentence = _l("Allocation %(number)s failed")


class AllocationStopped(AllocationEvent):
    sentence = _l("Allocation %(number)s was called off")


class AllocationChosen(AllocationEvent):
    sentence = _l("Allocation %(number)s was chosen")


class AllocationLaidAside(AllocationEvent):
    sentence = _l("Allocation %(number)s was laid aside")


class SeatMoved(AllocationEvent):
    """By hand, before the decisions were released."""

    application_id: int
    cooperative: str
    was: str
    now: str
    words: str
    sentence = _l("%(cooperative)s was moved by hand from %(was)s to %(now)s: “%(words)s”")


class AllocationRulesChanged(Event):
    fair_id: int
    version: int
    sentence = _l("Rules of the allocation changed (version %(version)s)")
    about = {"fair": "fair_id"}
