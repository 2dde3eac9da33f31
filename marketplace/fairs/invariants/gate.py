"""What must be true of passes and gates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select, text

from marketplace.fairs.models import Fair, FairPass, GateConflict, Presence, Scan
from marketplace.fairs.presence import ConflictKind, Day
from marketplace.fairs.services.gate import fold_day
from marketplace.foundation.db import db


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


def _folded() -> dict[Any, tuple[Day, dict[str, int]]]:
    """Every pass and day with scans: what they come to, and the number of each scan by its uuid."""
    scans: dict[Any, list[Scan]] = {}
    for scan in db.session.scalars(select(Scan).where(Scan.pass_id.is_not(None))):
        scans.setdefault((scan.pass_id, scan.day), []).append(scan)
    passes = {each.id: each for each in db.session.scalars(select(FairPass))}
    fairs = {each.id: each for each in db.session.scalars(select(Fair))}
    return {
        key: (
            fold_day(fairs[passes[key[0]].fair_id], passes[key[0]], key[1], those),
            {scan.uuid: scan.id for scan in those},
        )
        for key, those in scans.items()
    }


def _wrong_presences() -> int:
    """Presences and conflicts that are not what the scans come to."""
    folded = _folded()
    there = {(each.pass_id, each.day): each for each in db.session.scalars(select(Presence))}
    wrong = len(there.keys() ^ folded.keys())
    found: dict[int, ConflictKind] = {}
    for key, (day, ids) in folded.items():
        found |= {ids[uuid]: kind for uuid, kind in day.conflicts.items()}
        kept = there.get(key)
        first = ids[day.first_scan] if day.first_scan is not None else None
        if kept is not None and (kept.first_scan_id, kept.entries, kept.inside, kept.last_at) != (
            first,
            day.entries,
            day.inside,
            day.last_at,
        ):
            wrong += 1
    return wrong + _wrong_conflicts(found)


def _wrong_conflicts(found: dict[int, ConflictKind]) -> int:
    strangers = db.session.scalars(select(Scan.id).where(Scan.pass_id.is_(None), Scan.let_in))
    found |= dict.fromkeys(strangers, ConflictKind.UNKNOWN)
    kept = {each.scan_id: each for each in db.session.scalars(select(GateConflict))}
    lost = found.keys() - kept.keys()
    stray = [each for id, each in kept.items() if each.settled_at is None and found.get(id) is not each.kind]
    return len(lost) + len(stray)


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "B6": (
        "a pass has one first entry a day at the most, and it is the earliest that happened, whenever it was told",
        _rows(
            """SELECT p.pass_id FROM presences p JOIN scans s ON s.id = p.first_scan_id
            WHERE s.pass_id <> p.pass_id OR s.day <> p.day OR NOT s.let_in OR s.direction <> 'in'
              OR EXISTS (SELECT 1 FROM scans e WHERE e.pass_id = p.pass_id AND e.day = p.day AND e.let_in
                AND e.direction = 'in' AND (e.at < s.at OR (e.at = s.at AND e.uuid < s.uuid)))
            UNION ALL SELECT pass_id FROM presences GROUP BY pass_id, day HAVING count(*) > 1"""
        ),
    ),
    "B7": (
        "what a device told is written down once",
        _rows(
            """SELECT uuid FROM (SELECT uuid FROM scans UNION ALL SELECT uuid FROM clicks) AS told
            GROUP BY uuid HAVING count(*) > 1"""
        ),
    ),
    "B8": ("who is inside, and what a person has to look at, is what the scans come to", _wrong_presences),
}
