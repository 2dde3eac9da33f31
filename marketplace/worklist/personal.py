"""Which officer took what on, and decided what."""

from __future__ import annotations

from marketplace.accounts.holdings import did
from marketplace.worklist.models import BulkRun, TaskMark

did(TaskMark, "person_id")
did(TaskMark, "by_id")
did(BulkRun, "by_id")
did(BulkRun, "undone_by_id")
