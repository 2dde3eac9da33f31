"""What fairs write to people."""

from marketplace.fairs.notices import decision, meeting, stand
from marketplace.fairs.notices.fair import cancelled, cancelled_visit, moved, moved_visit, papers_end, term
from marketplace.fairs.notices.fair_pass import visit_pass
from marketplace.fairs.notices.result import follow_up_asked, result_returned

__all__ = [
    "cancelled",
    "cancelled_visit",
    "decision",
    "follow_up_asked",
    "meeting",
    "moved",
    "moved_visit",
    "papers_end",
    "result_returned",
    "stand",
    "term",
    "visit_pass",
]
