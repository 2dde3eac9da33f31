"""The life of a wanted paper, and why one could not be made."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class PaperState(StrEnum):
    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


paper_lifecycle = Lifecycle(
    "paper",
    move("finish", PaperState.WAITING, to=PaperState.READY),
    move("fail", PaperState.WAITING, to=PaperState.FAILED),
)


class Failure(StrEnum):
    NO_PRESS = "no_press"
    TOO_LONG = "too_long"
    GONE = "gone"
    BROKEN = "broken"
    TOO_BIG = "too_big"


FAILURES = {
    Failure.NO_PRESS: _l(
        "PDFs cannot be made on this server. Open the page to print and save it from there."
    ),
    Failure.TOO_LONG: _l("This is too long for a PDF. Choose a shorter time, or take the Excel file."),
    Failure.GONE: _l("What this paper tells of is no longer there."),
    Failure.TOO_BIG: _l(
        "Together the papers are larger than 40 MB or longer than 200 pages. Open them one by one."
    ),
    Failure.BROKEN: _l("The PDF could not be made. Open the page to print, or try again later."),
}
