"""Who is in: a fold over scans. The same scans give the same answer in whatever order they arrived.

Nothing here knows the database or the clock. Scans are put in the order in which they happened, by time and then by
the id that their device gave them; of a day nothing is carried into the next.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from marketplace.foundation.words import _l


class PassKind(StrEnum):
    STAFF = "staff"
    ORGANISER = "organiser"
    VISITOR = "visitor"
    TRADE_BUYER = "trade_buyer"


PASS_LABELS = {
    PassKind.STAFF: _l("Exhibitor"),
    PassKind.ORGANISER: _l("Organiser"),
    PassKind.VISITOR: _l("Visitor"),
    PassKind.TRADE_BUYER: _l("Trade buyer"),
}
AT_WORK = (PassKind.STAFF, PassKind.ORGANISER)
"""They come and go, and are never counted as visitors."""
VISITING = (PassKind.VISITOR, PassKind.TRADE_BUYER)


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class Verdict(StrEnum):
    """What a device said, or what the server made of it once it was told."""

    FIRST = "first"
    AGAIN = "again"
    LEFT = "left"
    DOUBLE = "double"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    OTHER_DAY = "other_day"


V = Verdict
GOOD = (V.FIRST, V.AGAIN, V.LEFT)
VERDICT_LABELS = {
    V.FIRST: _l("Come in"),
    V.AGAIN: _l("Come in again"),
    V.LEFT: _l("Goodbye"),
    V.DOUBLE: _l("Is inside already"),
    V.REVOKED: _l("This pass was revoked"),
    V.UNKNOWN: _l("Not on the list"),
    V.OTHER_DAY: _l("Not a day of the fair"),
}


class ConflictKind(StrEnum):
    DOUBLE = "double"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    OTHER_DAY = "other_day"
    TURNED_AWAY = "turned_away"


K = ConflictKind
CONFLICT_LABELS = {
    K.DOUBLE: _l("Came in twice without leaving"),
    K.REVOKED: _l("Came in with a revoked pass"),
    K.UNKNOWN: _l("Came in with a code that nobody knows"),
    K.OTHER_DAY: _l("Came in on a day without the fair"),
    K.TURNED_AWAY: _l("Was turned away with a good pass"),
}


class Seen(Protocol):
    """What the fold needs of a scan."""

    @property
    def uuid(self) -> str: ...
    @property
    def at(self) -> dt.datetime: ...
    @property
    def direction(self) -> Direction: ...
    @property
    def let_in(self) -> bool: ...


@dataclass
class Day:
    """One pass on one day: what became of its scans, each by the id of its device."""

    first_scan: str | None = None
    first_at: dt.datetime | None = None
    last_at: dt.datetime | None = None
    entries: int = 0
    inside: bool = False
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    conflicts: dict[str, ConflictKind] = field(default_factory=dict)


def in_order(scans: Iterable[Seen]) -> list[Seen]:
    return sorted(scans, key=lambda scan: (scan.at, scan.uuid))


def fold(
    scans: Iterable[Seen], *, kind: PassKind, revoked_at: dt.datetime | None, open_today: bool = True
) -> Day:
    """All scans of one pass on one day. What happened counts, even where it should not have: it is a conflict then."""
    day = Day()
    refused: list[tuple[Seen, Verdict]] = []
    for scan in in_order(scans):
        if scan.direction is Direction.OUT:
            day.inside, day.verdicts[scan.uuid] = False, Verdict.LEFT
            day.last_at = scan.at
            continue
        verdict = _verdict(scan, day, kind, revoked_at, open_today)
        day.verdicts[scan.uuid] = verdict
        if not scan.let_in:
            refused.append((scan, verdict))
            continue
        if verdict not in GOOD:
            day.conflicts[scan.uuid] = ConflictKind(verdict.value)
        _enter(day, scan)
    if not day.entries:
        _turned_away(day, refused)
    return day


def _verdict(
    scan: Seen, day: Day, kind: PassKind, revoked_at: dt.datetime | None, open_today: bool
) -> Verdict:
    if revoked_at is not None and revoked_at < scan.at:
        return Verdict.REVOKED
    if not open_today and kind in VISITING:
        return Verdict.OTHER_DAY
    if day.inside and kind in VISITING:
        return Verdict.DOUBLE
    return Verdict.AGAIN if day.entries else Verdict.FIRST


def _enter(day: Day, scan: Seen) -> None:
    if day.first_scan is None:
        day.first_scan, day.first_at = scan.uuid, scan.at
    day.entries, day.inside, day.last_at = day.entries + 1, True, scan.at


def _turned_away(day: Day, refused: Sequence[tuple[Seen, Verdict]]) -> None:
    """Sent home by a device whose list was too old, and never let in that day: once is enough to look into."""
    good = [scan for scan, verdict in refused if verdict in GOOD]
    if good:
        day.conflicts[good[0].uuid] = ConflictKind.TURNED_AWAY
