"""What a written day is."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l


class DayKind(StrEnum):
    CLOSED = "closed"
    WORKED = "worked"


DAY_LABELS = {
    DayKind.CLOSED: _l("Days off"),
    DayKind.WORKED: _l("Worked, though a day off"),
}
