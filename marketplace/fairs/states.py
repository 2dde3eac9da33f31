"""Kinds and lives of fairs, of their plans, of allocation runs and of stands."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class FairKind(StrEnum):
    """Reference: Commercial Law 2005, art. 129; the alliance's own kinds beside it."""

    FAIR = "fair"
    EXHIBITION = "exhibition"
    WEEK = "week"
    MARKET_DAY = "market_day"
    CONFERENCE = "conference"
    ONLINE = "online"


FAIR_KIND_LABELS = {
    FairKind.FAIR: _l("Trade fair"),
    FairKind.EXHIBITION: _l("Exhibition"),
    FairKind.WEEK: _l("Week of goods"),
    FairKind.MARKET_DAY: _l("Market day"),
    FairKind.CONFERENCE: _l("Supply and demand conference"),
    FairKind.ONLINE: _l("Online fair"),
}


class FairState(StrEnum):
    """Decided states; whether its call is open and whether it runs, dates say (see fairs.clock)."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    PUBLISHED = "published"
    REPORTED = "reported"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


F = FairState
fair_lifecycle = Lifecycle(
    "fair",
    move("announce", F.DRAFT, to=F.ANNOUNCED),
    move("publish", F.ANNOUNCED, to=F.PUBLISHED),
    move("report", F.PUBLISHED, to=F.REPORTED),
    move("reopen", F.REPORTED, to=F.PUBLISHED),
    move("archive", F.REPORTED, F.CANCELLED, to=F.ARCHIVED),
    move("cancel", F.DRAFT, F.ANNOUNCED, F.PUBLISHED, to=F.CANCELLED),
)
"""announced: the public sees it and its call; published: who exhibits and the plan are public."""


FAIR_STATE_LABELS = {
    F.DRAFT: _l("Draft"),
    F.ANNOUNCED: _l("Announced"),
    F.PUBLISHED: _l("Exhibitors are known"),
    F.REPORTED: _l("Result reported"),
    F.ARCHIVED: _l("Archived"),
    F.CANCELLED: _l("Cancelled"),
}


class Phase(StrEnum):
    """Where a fair stands today: its decided state and the clock together, as people say it."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    REVIEWING = "reviewing"
    ALLOCATING = "allocating"
    PUBLISHED = "published"
    RUNNING = "running"
    ENDED = "ended"
    REPORTED = "reported"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


PHASE_LABELS = {
    Phase.DRAFT: _l("Draft"),
    Phase.ANNOUNCED: _l("Announced"),
    Phase.OPEN: _l("Applications are open"),
    Phase.CLOSED: _l("Applications are closed"),
    Phase.REVIEWING: _l("Applications are being looked at"),
    Phase.ALLOCATING: _l("Stands are being given out"),
    Phase.PUBLISHED: _l("Exhibitors are known"),
    Phase.RUNNING: _l("On now"),
    Phase.ENDED: _l("It is over"),
    Phase.REPORTED: _l("The report is in"),
    Phase.ARCHIVED: _l("Archived"),
    Phase.CANCELLED: _l("Cancelled"),
}


class BudgetSource(StrEnum):
    PROVINCE = "province"
    NATION = "nation"
    ALLIANCE = "alliance"
    EXHIBITORS = "exhibitors"
    SPONSORS = "sponsors"


SOURCE_LABELS = {
    BudgetSource.PROVINCE: _l("Budget of the province"),
    BudgetSource.NATION: _l("National programme"),
    BudgetSource.ALLIANCE: _l("The alliance"),
    BudgetSource.EXHIBITORS: _l("Fees of exhibitors"),
    BudgetSource.SPONSORS: _l("Sponsors"),
}


class EntryKind(StrEnum):
    """What a report tells beside its figures."""

    SIDE_EVENT = "side_event"
    AWARD = "award"


ENTRY_KIND_LABELS = {EntryKind.SIDE_EVENT: _l("Side event"), EntryKind.AWARD: _l("Award")}


class WishKind(StrEnum):
    BOOTH = "booth"
    ZONE = "zone"
    CORNER = "corner"


class RunState(StrEnum):
    """Of one computation of who stands where."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETE = "complete"
    FAILED = "failed"
    STOPPED = "stopped"
    CHOSEN = "chosen"
    LAID_ASIDE = "laid_aside"


U = RunState
run_lifecycle = Lifecycle(
    "allocation_run",
    move("start", U.QUEUED, to=U.RUNNING),
    move("complete", U.RUNNING, to=U.COMPLETE),
    move("fail", U.QUEUED, U.RUNNING, to=U.FAILED),
    move("stop", U.QUEUED, U.RUNNING, to=U.STOPPED),
    move("choose", U.COMPLETE, U.LAID_ASIDE, to=U.CHOSEN),
    move("lay_aside", U.CHOSEN, to=U.LAID_ASIDE),
)

RUN_LABELS = {
    U.QUEUED: _l("Waiting to start"),
    U.RUNNING: _l("Computing"),
    U.COMPLETE: _l("Ready to look at"),
    U.FAILED: _l("Failed"),
    U.STOPPED: _l("Stopped"),
    U.CHOSEN: _l("Chosen"),
    U.LAID_ASIDE: _l("Laid aside"),
}


class Outcome(StrEnum):
    """What a run says about one application."""

    PLACED = "placed"
    WAITING = "waiting"


class StandState(StrEnum):
    """Of the booths somebody holds. An offer lapses by the clock; only then is it `expired`."""

    OFFERED = "offered"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"
    RELEASED = "released"


S = StandState
stand_lifecycle = Lifecycle(
    "stand",
    move("confirm", S.OFFERED, to=S.CONFIRMED),
    move("decline", S.OFFERED, to=S.DECLINED),
    move("expire", S.OFFERED, to=S.EXPIRED),
    move("release", S.OFFERED, S.CONFIRMED, to=S.RELEASED),
)

STAND_LABELS = {
    S.OFFERED: _l("Offered"),
    S.CONFIRMED: _l("Confirmed"),
    S.DECLINED: _l("Turned down"),
    S.EXPIRED: _l("Not answered in time"),
    S.RELEASED: _l("Handed back"),
}


class ListKind(StrEnum):
    """Two lists: for those without a stand, and for those who would like a better one."""

    WAITING = "waiting"
    RELOCATION = "relocation"


class EntryState(StrEnum):
    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    REMOVED = "removed"


E = EntryState
entry_lifecycle = Lifecycle(
    "waiting_entry",
    move("offer", E.WAITING, to=E.OFFERED),
    move("accept", E.OFFERED, to=E.ACCEPTED),
    move("decline", E.OFFERED, to=E.DECLINED),
    move("expire", E.OFFERED, to=E.EXPIRED),
    move("remove", E.WAITING, E.OFFERED, to=E.REMOVED),
)

ENTRY_LABELS = {
    E.WAITING: _l("Waiting"),
    E.OFFERED: _l("A stand is offered"),
    E.ACCEPTED: _l("Accepted"),
    E.DECLINED: _l("Turned down"),
    E.EXPIRED: _l("Not answered in time"),
    E.REMOVED: _l("Taken off the list"),
}


class SwapState(StrEnum):
    ASKED = "asked"
    DONE = "done"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"


W = SwapState
swap_lifecycle = Lifecycle(
    "stand_swap",
    move("agree", W.ASKED, to=W.DONE),
    move("decline", W.ASKED, to=W.DECLINED),
    move("take_back", W.ASKED, to=W.TAKEN_BACK),
)
SWAP_LABELS = {
    W.ASKED: _l("Asked, waiting for an answer"),
    W.DONE: _l("Exchanged"),
    W.DECLINED: _l("Turned down"),
    W.TAKEN_BACK: _l("Taken back"),
}


class DealKind(StrEnum):
    """A memorandum says what two sides would like; a contract binds them. They are never added up."""

    MEMORANDUM = "memorandum"
    CONTRACT = "contract"


DEAL_KIND_LABELS = {DealKind.MEMORANDUM: _l("Memorandum"), DealKind.CONTRACT: _l("Contract")}


class DealState(StrEnum):
    """What became of what was signed at a fair."""

    SIGNED = "signed"
    IN_DELIVERY = "in_delivery"
    DELIVERED = "delivered"
    FAILED = "failed"


L = DealState
deal_lifecycle = Lifecycle(
    "fair_deal",
    move("begin", L.SIGNED, to=L.IN_DELIVERY),
    move("deliver", L.SIGNED, L.IN_DELIVERY, to=L.DELIVERED),
    move("fail", L.SIGNED, L.IN_DELIVERY, to=L.FAILED),
)
DEAL_LABELS = {
    L.SIGNED: _l("Signed"),
    L.IN_DELIVERY: _l("Being delivered"),
    L.DELIVERED: _l("Delivered"),
    L.FAILED: _l("Came to nothing"),
}


class ResultState(StrEnum):
    """Of what an exhibitor declares about a fair."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    VERIFIED = "verified"
    LOCKED = "locked"


T = ResultState
result_lifecycle = Lifecycle(
    "fair_result",
    move("submit", T.DRAFT, T.RETURNED, to=T.SUBMITTED),
    move("return", T.SUBMITTED, T.VERIFIED, to=T.RETURNED),
    move("verify", T.SUBMITTED, to=T.VERIFIED),
    move("lock", T.VERIFIED, to=T.LOCKED),
)
"""Locked when the fair's report is filed; what changes later stands in the follow-ups."""
RESULT_LABELS = {
    T.DRAFT: _l("Being written"),
    T.SUBMITTED: _l("Handed in"),
    T.RETURNED: _l("Given back to be completed"),
    T.VERIFIED: _l("Verified"),
    T.LOCKED: _l("Verified, stands in the report"),
}
RESULT_TONES = {
    T.DRAFT: "",
    T.SUBMITTED: "wait",
    T.RETURNED: "bad",
    T.VERIFIED: "ok",
    T.LOCKED: "ok",
}
