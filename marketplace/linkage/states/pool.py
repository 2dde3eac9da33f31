"""The lives of a pool, of its members and of the computations of their shares."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l
from marketplace.linkage.sharing import SharingRule


class PoolState(StrEnum):
    """From gathering to the money."""

    FORMING = "forming"
    LOCKED = "locked"
    ANSWERING = "answering"
    RESERVE = "reserve"
    WON = "won"
    DELIVERING = "delivering"
    SETTLED = "settled"
    LOST = "lost"
    RETURNED = "returned"
    DISSOLVED = "dissolved"


P = PoolState
pool_lifecycle = Lifecycle(
    "pool",
    move("lock", P.FORMING, to=P.LOCKED),
    move("answer", P.LOCKED, to=P.ANSWERING),
    move("reserve", P.ANSWERING, to=P.RESERVE),
    move("win", P.ANSWERING, P.RESERVE, to=P.WON),
    move("lose", P.ANSWERING, P.RESERVE, to=P.LOST),
    move("begin", P.WON, to=P.DELIVERING),
    move("settle", P.DELIVERING, to=P.SETTLED),
    move("give_back", P.WON, to=P.RETURNED),
    move("dissolve", P.FORMING, P.LOCKED, P.ANSWERING, P.RESERVE, to=P.DISSOLVED),
)
"""A pool that has won cannot be dissolved: it owes its buyer what it promised. give_back: before the contract all that
was awarded to it came back."""
LIVING = (P.FORMING, P.LOCKED, P.ANSWERING, P.RESERVE, P.WON, P.DELIVERING)
SHARED = (P.LOCKED, P.ANSWERING, P.RESERVE, P.WON, P.DELIVERING)
"""In which shares are computed, and computed again."""
WAITING = (P.ANSWERING, P.RESERVE)
"""Those a buyer may still choose."""
PRICED = (*WAITING, P.WON, P.DELIVERING, P.SETTLED, P.LOST, P.RETURNED)
SERVING = (P.WON, P.DELIVERING, P.SETTLED)

POOL_LABELS = {
    P.FORMING: _l("Gathers members"),
    P.LOCKED: _l("Locked"),
    P.ANSWERING: _l("Answered the buyer"),
    P.RESERVE: _l("In reserve"),
    P.WON: _l("Won"),
    P.DELIVERING: _l("Delivers"),
    P.SETTLED: _l("Settled"),
    P.LOST: _l("Not chosen"),
    P.RETURNED: _l("No longer chosen"),
    P.DISSOLVED: _l("Dissolved"),
}
POOL_TONES = {
    P.FORMING: "wait",
    P.LOCKED: "wait",
    P.ANSWERING: "wait",
    P.RESERVE: "wait",
    P.WON: "ok",
    P.DELIVERING: "ok",
    P.SETTLED: "solid",
    P.LOST: "bad",
    P.RETURNED: "bad",
    P.DISSOLVED: "bad",
}


class PoolMemberState(StrEnum):
    """From the invitation to the goods at the gate."""

    INVITED = "invited"
    COMMITTED = "committed"
    CONFIRMED = "confirmed"
    DELIVERED = "delivered"
    RELEASED = "released"


M = PoolMemberState
pool_member_lifecycle = Lifecycle(
    "pool_member",
    move("commit", M.INVITED, to=M.COMMITTED),
    move("confirm", M.COMMITTED, to=M.CONFIRMED),
    move("step_back", M.CONFIRMED, to=M.COMMITTED),
    move("deliver", M.CONFIRMED, to=M.DELIVERED),
    move("release", M.INVITED, M.COMMITTED, M.CONFIRMED, to=M.RELEASED),
)
"""step_back: a later computation gives nothing to somebody who had a share."""
BOUND = (M.COMMITTED, M.CONFIRMED)
"""Whose word counts in a computation."""

POOL_MEMBER_LABELS = {
    M.INVITED: _l("Invited"),
    M.COMMITTED: _l("Said how much"),
    M.CONFIRMED: _l("Has a share"),
    M.DELIVERED: _l("Has delivered"),
    M.RELEASED: _l("Out"),
}
POOL_MEMBER_TONES = {
    M.INVITED: "wait",
    M.COMMITTED: "",
    M.CONFIRMED: "ok",
    M.DELIVERED: "solid",
    M.RELEASED: "bad",
}


class ShareRunState(StrEnum):
    """A computation of shares: waits, runs, can be looked at, holds, was replaced."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETE = "complete"
    FAILED = "failed"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    OVERTAKEN = "overtaken"


A = ShareRunState
share_run_lifecycle = Lifecycle(
    "pool_allocation",
    move("start", A.QUEUED, to=A.RUNNING),
    move("complete", A.RUNNING, to=A.COMPLETE),
    move("fail", A.QUEUED, A.RUNNING, to=A.FAILED),
    move("put_in_force", A.COMPLETE, to=A.IN_FORCE),
    move("replace", A.IN_FORCE, to=A.REPLACED),
    move("overtake", A.QUEUED, A.RUNNING, to=A.OVERTAKEN),
)
"""overtake: the buyer decided while it was computed, and the next one begins from that."""
SHARE_RUN_LABELS = {
    A.QUEUED: _l("Waits for its turn"),
    A.RUNNING: _l("Is being computed"),
    A.COMPLETE: _l("Ready to be looked at"),
    A.FAILED: _l("Failed"),
    A.IN_FORCE: _l("Holds now"),
    A.REPLACED: _l("Replaced by a later one"),
    A.OVERTAKEN: _l("No longer needed"),
}
SHARE_RUN_TONES = {A.QUEUED: "wait", A.RUNNING: "wait", A.FAILED: "bad", A.IN_FORCE: "ok"}

RULE_LABELS = {
    SharingRule.BY_CAPACITY: _l("By capacity"),
    SharingRule.EQUAL: _l("Equal shares"),
    SharingRule.ROTATION: _l("In rotation"),
    SharingRule.FIRST_CONFIRMED: _l("Who confirmed first"),
}
RULE_WORDS = {
    SharingRule.BY_CAPACITY: _l(
        "Every week is shared in proportion to the most that each one offered for it."
    ),
    SharingRule.EQUAL: _l(
        "Every week is shared evenly; whoever offers less brings what they offered, and the others share the rest."
    ),
    SharingRule.ROTATION: _l(
        "Each week begins with another member, who fills up first; the order is drawn by lot when the pool is locked."
    ),
    SharingRule.FIRST_CONFIRMED: _l(
        "Whoever said first how much they bring fills up first, then the next one."
    ),
}
"""What is published before anybody commits. In each, odd kilograms go to the largest remainder."""
