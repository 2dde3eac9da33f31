"""The life of a yearly report."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class ReportState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


R = ReportState
report_lifecycle = Lifecycle(
    "annual_report",
    move("submit", R.DRAFT, R.RETURNED, to=R.SUBMITTED),
    move("accept", R.SUBMITTED, to=R.ACCEPTED),
    move("return", R.SUBMITTED, to=R.RETURNED),
    move("correct", R.SUBMITTED, R.ACCEPTED, to=R.DRAFT),
)
REPORT_LABELS = {
    R.DRAFT: _l("Being filled in"),
    R.SUBMITTED: _l("Handed in"),
    R.ACCEPTED: _l("Accepted by the alliance"),
    R.RETURNED: _l("Returned, to be put right"),
}
REPORT_TONES = {R.DRAFT: "", R.SUBMITTED: "wait", R.ACCEPTED: "ok", R.RETURNED: "bad"}
