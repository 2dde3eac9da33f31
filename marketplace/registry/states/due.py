"""What members owe the alliance for a year."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class DueState(StrEnum):
    ASKED = "asked"
    PAID = "paid"
    FORGIVEN = "forgiven"


D = DueState
due_lifecycle = Lifecycle(
    "due",
    move("pay", D.ASKED, to=D.PAID),
    move("reopen", D.PAID, to=D.ASKED),
    move("forgive", D.ASKED, to=D.FORGIVEN),
)
DUE_LABELS = {D.ASKED: _l("Not paid yet"), D.PAID: _l("Paid"), D.FORGIVEN: _l("Forgiven")}
DUE_TONES = {D.ASKED: "wait", D.PAID: "ok"}


class BatchState(StrEnum):
    RUNNING = "running"
    DONE = "done"


batch_lifecycle = Lifecycle("due_batch", move("finish", BatchState.RUNNING, to=BatchState.DONE))
