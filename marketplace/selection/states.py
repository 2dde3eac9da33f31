"""The lives of an application, of a review, and of a call."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class Purpose(StrEnum):
    """What a call is for; the area that keeps the subject registers itself under this word."""

    FAIR = "fair"
    COURSE = "course"


class ApplicationState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SCREENING = "screening"
    MORE_INFO = "more_info"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    APPROVED = "approved"
    WAITLISTED = "waitlisted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


A = ApplicationState
application_lifecycle = Lifecycle(
    "application",
    move("submit", A.DRAFT, to=A.SUBMITTED),
    move("reopen", A.SUBMITTED, to=A.DRAFT),
    move("screen", A.SUBMITTED, to=A.SCREENING),
    move("ask", A.SCREENING, to=A.MORE_INFO),
    move("resubmit", A.MORE_INFO, to=A.SCREENING),
    move("pass", A.SCREENING, A.INELIGIBLE, to=A.ELIGIBLE),
    move("fail", A.SCREENING, A.MORE_INFO, A.ELIGIBLE, to=A.INELIGIBLE),
    move("rescreen", A.ELIGIBLE, A.INELIGIBLE, to=A.SCREENING),
    move("approve", A.ELIGIBLE, A.WAITLISTED, to=A.APPROVED),
    move("waitlist", A.ELIGIBLE, to=A.WAITLISTED),
    move("reject", A.ELIGIBLE, A.INELIGIBLE, A.WAITLISTED, to=A.REJECTED),
    move(
        "withdraw",
        A.DRAFT,
        A.SUBMITTED,
        A.SCREENING,
        A.MORE_INFO,
        A.ELIGIBLE,
        A.INELIGIBLE,
        A.APPROVED,
        A.WAITLISTED,
        to=A.WITHDRAWN,
    ),
)
"""Inner states; what the applicant reads is PUBLIC_LABELS. Decisions wait in `pending` until a batch is released."""

APPLICATION_LABELS = {
    A.DRAFT: _l("Draft"),
    A.SUBMITTED: _l("Handed in"),
    A.SCREENING: _l("Being screened"),
    A.MORE_INFO: _l("More was asked for"),
    A.ELIGIBLE: _l("Eligible"),
    A.INELIGIBLE: _l("Not eligible"),
    A.APPROVED: _l("Chosen"),
    A.WAITLISTED: _l("On the waiting list"),
    A.REJECTED: _l("Not chosen"),
    A.WITHDRAWN: _l("Withdrawn"),
}
_LOOKED_AT = _l("Handed in: the alliance is looking at it")
PUBLIC_LABELS = {
    **APPLICATION_LABELS,
    A.SUBMITTED: _LOOKED_AT,
    A.SCREENING: _LOOKED_AT,
    A.MORE_INFO: _l("Something is missing: please complete it"),
    A.ELIGIBLE: _LOOKED_AT,
    A.INELIGIBLE: _LOOKED_AT,
}
"""Until decisions are released, nobody outside reads what the alliance leans to."""


class Decision(StrEnum):
    """What is prepared in private."""

    APPROVE = "approve"
    WAITLIST = "waitlist"
    REJECT = "reject"


DECISION_LABELS = {
    Decision.APPROVE: _l("Choose"),
    Decision.WAITLIST: _l("Waiting list"),
    Decision.REJECT: _l("Do not choose"),
}


class ReviewState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"


R = ReviewState
review_lifecycle = Lifecycle(
    "review",
    move("submit", R.DRAFT, to=R.SUBMITTED),
    move("reopen", R.SUBMITTED, to=R.DRAFT),
)
REVIEW_LABELS = {R.DRAFT: _l("Being written"), R.SUBMITTED: _l("Handed in")}


class Entered(StrEnum):
    """How an application came."""

    ONLINE = "online"
    PHONE = "phone"
    PAPER = "paper"


ENTERED_LABELS = {
    Entered.ONLINE: _l("Entered by the cooperative"),
    Entered.PHONE: _l("Entered by the alliance, told by phone"),
    Entered.PAPER: _l("Entered by the alliance, from paper"),
}


class Checked(StrEnum):
    """How a rule of eligibility is known: the applicant declares it, or the books say it."""

    DECLARED = "declared"
    COUNTED = "counted"


CHECKED_LABELS = {
    Checked.DECLARED: _l("Declared by the applicant"),
    Checked.COUNTED: _l("Counted from the books"),
}
LIVE = tuple(state for state in A if state is not A.WITHDRAWN)
DECIDED = (A.APPROVED, A.WAITLISTED, A.REJECTED)
APPLICATION_TONES = {
    A.DRAFT: "wait",
    A.SUBMITTED: "wait",
    A.SCREENING: "wait",
    A.MORE_INFO: "wait",
    A.ELIGIBLE: "ok",
    A.INELIGIBLE: "bad",
    A.APPROVED: "ok",
    A.WAITLISTED: "wait",
    A.REJECTED: "bad",
    A.WITHDRAWN: "",
}
PUBLIC_TONES = {**APPLICATION_TONES, A.ELIGIBLE: "wait", A.INELIGIBLE: "wait"}
"""A colour tells as much as a word: before the release all look alike."""
