"""What must be true of requests and grades."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text

from marketplace.foundation.audit import AuditEntry, AuditSubject
from marketplace.foundation.db import db
from marketplace.linkage.models import Need
from marketplace.linkage.states import NeedState

N = NeedState
STEPS: dict[str, tuple[set[NeedState | None], NeedState]] = {
    "NeedDrafted": ({None}, N.DRAFT),
    "NeedEntered": ({None}, N.DRAFT),
    "NeedOpened": ({N.DRAFT}, N.OPEN),
    "NeedClosed": ({N.OPEN}, N.CLOSED),
    "NeedWithdrawn": ({N.OPEN}, N.WITHDRAWN),
    "NeedCancelled": ({N.DRAFT, N.CLOSED}, N.CANCELLED),
    "NeedAwarded": ({N.CLOSED, N.AWARDED}, N.AWARDED),
    "NeedToDecideAgain": ({N.AWARDED}, N.CLOSED),
    "NeedNoneSuitable": ({N.CLOSED}, N.NONE_SUITABLE),
}


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


def _replayed() -> int:
    """Q5: from the facts alone."""
    facts = db.session.execute(
        select(AuditSubject.subject_id, AuditEntry.kind)
        .join(AuditEntry, AuditEntry.id == AuditSubject.entry_id)
        .where(AuditSubject.subject == "need", AuditEntry.kind.in_([*STEPS]))
        .order_by(AuditEntry.id)
    )
    reached: dict[int, NeedState | None] = {}
    broken: set[int] = set()
    for need_id, kind in facts:
        origins, to = STEPS[kind]
        if reached.get(need_id) not in origins:
            broken.add(need_id)
        reached[need_id] = to
    for need_id, state in db.session.execute(select(Need.id, Need.state)):
        if reached.get(need_id) is not state:
            broken.add(need_id)
    return len(broken)


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "Q1": (
        "a request asks for the sum of its lines, from the first of their days to the last",
        _rows(
            """SELECT n.id FROM needs n LEFT JOIN need_lines l ON l.need_id = n.id
            GROUP BY n.id, n.total, n.first_day
            HAVING n.total <> COALESCE(SUM(l.quantity), 0) OR n.first_day <> MIN(l.starts)
            OR (n.first_day IS NULL) <> (COUNT(l.id) = 0)"""
        ),
    ),
    "Q2": (
        "what is awarded of a line, of a request, to a seller: the sum of its parts, never above what is needed",
        _rows(
            """SELECT l.id FROM need_lines l LEFT JOIN need_award_lines a ON a.line_id = l.id
            GROUP BY l.id, l.awarded, l.quantity
            HAVING l.awarded <> COALESCE(SUM(a.quantity - a.returned), 0) OR l.awarded > l.quantity
            UNION ALL SELECT n.id FROM needs n LEFT JOIN need_lines l ON l.need_id = n.id
            GROUP BY n.id, n.awarded HAVING n.awarded <> COALESCE(SUM(l.awarded), 0)
            UNION ALL SELECT w.id FROM need_awards w LEFT JOIN need_award_lines a ON a.award_id = w.id
            GROUP BY w.id, w.quantity, w.returned HAVING w.quantity <> COALESCE(SUM(a.quantity), 0)
            OR w.returned <> COALESCE(SUM(a.returned), 0)
            UNION ALL SELECT w.id FROM need_awards w JOIN need_award_lines a ON a.award_id = w.id
            JOIN need_lines l ON l.id = a.line_id WHERE l.need_id <> w.need_id"""
        ),
    ),
    "Q3": (
        "amendments are numbered without a gap, and only what was published is amended",
        _rows(
            """SELECT n.id FROM needs n LEFT JOIN need_amendments a ON a.need_id = n.id
            GROUP BY n.id, n.amendments, n.opened_at
            HAVING n.amendments <> COUNT(a.id) OR n.amendments <> COALESCE(MAX(a.number), 0)
            OR (n.opened_at IS NULL AND COUNT(a.id) > 0)"""
        ),
    ),
    "Q4": (
        "what is by invitation went to invited cooperatives alone, and what is not shared to one seller",
        _rows(
            """SELECT w.id FROM need_awards w JOIN needs n ON n.id = w.need_id
            WHERE n.audience = 'invited' AND NOT EXISTS (SELECT 1 FROM need_invitations i
            WHERE i.need_id = n.id AND i.cooperative_id = w.cooperative_id)
            UNION ALL SELECT q.id FROM need_questions q JOIN needs n ON n.id = q.need_id
            WHERE n.audience = 'invited' AND NOT EXISTS (SELECT 1 FROM need_invitations i
            WHERE i.need_id = n.id AND i.cooperative_id = q.cooperative_id)
            UNION ALL SELECT n.id FROM needs n JOIN need_awards w ON w.need_id = n.id AND w.kind = 'part'
            WHERE NOT n.splits AND w.returned < w.quantity
            GROUP BY n.id HAVING COUNT(DISTINCT w.source) > 1"""
        ),
    ),
    "Q5": ("the facts, replayed, lead to each request's state by allowed moves only", _replayed),
    "Q6": (
        "the board finds every request that is open to everybody, and no other",
        _rows(
            """SELECT n.id FROM needs n LEFT JOIN search_needs s ON s.id = n.id
            WHERE (n.state = 'open' AND n.audience = 'open') <> (s.id IS NOT NULL)
            UNION ALL SELECT s.id FROM search_needs s LEFT JOIN needs n ON n.id = s.id WHERE n.id IS NULL"""
        ),
    ),
    "Q7": (
        "no sign of a grade has two meanings on one day, and what is named keeps its name",
        _rows(
            """SELECT a.id FROM grade_specs a JOIN grade_specs b ON b.goods_id = a.goods_id
            AND b.market = a.market AND b.sign = a.sign AND b.id > a.id
            WHERE a.valid_from <= COALESCE(b.valid_until, '9999-12-31')
            AND b.valid_from <= COALESCE(a.valid_until, '9999-12-31')
            UNION ALL SELECT n.id FROM needs n JOIN grade_specs g ON g.id = n.grade_id
            WHERE n.opened_at IS NOT NULL AND NOT g.used"""
        ),
    ),
    "Q15": (
        "what came back of an award is the sum of what was given back, line by line, and a reserve gives nothing back",
        _rows(
            """SELECT w.id FROM need_awards w LEFT JOIN award_returns r ON r.award_id = w.id
            GROUP BY w.id, w.returned HAVING w.returned <> COALESCE(SUM(r.quantity), 0)
            UNION ALL SELECT r.id FROM award_returns r LEFT JOIN award_return_lines l ON l.return_id = r.id
            GROUP BY r.id, r.quantity HAVING r.quantity <> COALESCE(SUM(l.quantity), 0)
            UNION ALL SELECT a.award_id FROM need_award_lines a LEFT JOIN award_returns r ON r.award_id = a.award_id
            LEFT JOIN award_return_lines l ON l.return_id = r.id AND l.line_id = a.line_id
            GROUP BY a.award_id, a.line_id, a.returned HAVING a.returned <> COALESCE(SUM(l.quantity), 0)
            UNION ALL SELECT q.id FROM reserve_asks q JOIN need_awards w ON w.id = q.award_id
            WHERE w.kind <> 'reserve'"""
        ),
    ),
    "Q12": (
        "only requests that were opened are matched, and each match was found by a look",
        _rows(
            """SELECT m.need_id FROM need_matches m JOIN needs n ON n.id = m.need_id
            LEFT JOIN need_looks l ON l.need_id = m.need_id
            WHERE n.opened_at IS NULL OR l.need_id IS NULL OR m.found_at > l.at"""
        ),
    ),
    "Q13": (
        "nobody is told of a match before it was found",
        _rows(
            """SELECT need_id FROM need_matches
            WHERE seller_told_at < found_at OR buyer_told_at < found_at"""
        ),
    ),
}
