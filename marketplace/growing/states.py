"""The life of a sowing and of a test; what a diary tells; units of land."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class LandUnit(StrEnum):
    SAO = "sao"
    HA = "ha"
    SQUARE_METRE = "m2"


SQUARE_METRES = {
    LandUnit.SAO: Decimal(360),
    LandUnit.HA: Decimal(10_000),
    LandUnit.SQUARE_METRE: Decimal(1),
}
"""A sào of the northern delta is 360 m²."""
LAND_LABELS = {
    LandUnit.SAO: _l("sào (360 m²)"),
    LandUnit.HA: _l("hectares"),
    LandUnit.SQUARE_METRE: _l("m²"),
}


class SowingState(StrEnum):
    GROWING = "growing"
    HARVESTED = "harvested"
    LOST = "lost"


W = SowingState
sowing_lifecycle = Lifecycle(
    "sowing",
    move("finish", W.GROWING, to=W.HARVESTED),
    move("lose", W.GROWING, to=W.LOST),
)
SOWING_LABELS = {
    W.GROWING: _l("Growing"),
    W.HARVESTED: _l("Harvested"),
    W.LOST: _l("Lost"),
}
SOWING_TONES = {W.GROWING: "ok", W.HARVESTED: "", W.LOST: "bad"}


class DiaryKind(StrEnum):
    SPRAYED = "sprayed"
    FERTILISED = "fertilised"
    OTHER = "other"


DIARY_LABELS = {
    DiaryKind.SPRAYED: _l("Sprayed"),
    DiaryKind.FERTILISED: _l("Fertilised"),
    DiaryKind.OTHER: _l("Other work"),
}


class LabResult(StrEnum):
    WAITING = "waiting"
    PASSED = "passed"
    FAILED = "failed"


R = LabResult
test_lifecycle = Lifecycle(
    "lot_test",
    move("pass", R.WAITING, to=R.PASSED),
    move("fail", R.WAITING, to=R.FAILED),
    attribute="result",
)
RESULT_LABELS = {
    R.WAITING: _l("Waiting for the laboratory"),
    R.PASSED: _l("Passed"),
    R.FAILED: _l("Not passed"),
}
RESULT_TONES = {R.WAITING: "wait", R.PASSED: "ok", R.FAILED: "bad"}


class Certainty(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


CERTAINTY_LABELS = {
    Certainty.HIGH: _l("read in the act itself"),
    Certainty.MEDIUM: _l("from a trustworthy report"),
    Certainty.LOW: _l("not checked yet"),
}


class CautionKind(StrEnum):
    FORBIDDEN = "forbidden"
    WAITING = "waiting"
