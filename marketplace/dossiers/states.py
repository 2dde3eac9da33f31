"""How a paper stands against what is wanted of it on a day: read off dates and checks, moved by nobody."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l


class Standing(StrEnum):
    THERE = "there"
    WAITING = "waiting"
    EXPIRES = "expires"
    MISSING = "missing"


URGENCY = (Standing.MISSING, Standing.EXPIRES, Standing.WAITING, Standing.THERE)
"""What has to be done first stands first."""

STANDING_LABELS = {
    Standing.THERE: _l("There"),
    Standing.WAITING: _l("Being checked"),
    Standing.EXPIRES: _l("Ends before the day"),
    Standing.MISSING: _l("Missing"),
}
STANDING_TONES = {
    Standing.THERE: "ok",
    Standing.WAITING: "wait",
    Standing.EXPIRES: "bad",
    Standing.MISSING: "bad",
}
STANDING_SIGNS = {
    Standing.THERE: "check",
    Standing.WAITING: "clock",
    Standing.EXPIRES: "clock",
    Standing.MISSING: "warn",
}
