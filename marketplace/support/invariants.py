"""What must be true of support."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import joinedload

from marketplace.foundation.db import db
from marketplace.support import frozen
from marketplace.support.models import SupportGrant


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


def _above_norm() -> int:
    """U1: computed once more from what was frozen, with the norm as it stands: a norm that was used never moved."""
    broken = 0
    for grant in db.session.scalars(select(SupportGrant).options(joinedload(SupportGrant.norm))):
        anew = frozen.promised_anew(grant.terms)
        promised = {each.head: each.amount for each in grant.heads}
        heads_fit = all(amount <= anew.of(head) for head, amount in promised.items())
        sums_fit = grant.total == anew.total == sum(promised.values())
        broken += not (heads_fit and sums_fit and frozen.terms_of(grant.terms) == grant.norm.terms)
    return broken


def _year() -> int:
    """U4: in the order of the promises, none took more than its norm's year had left. What is held only falls."""
    broken = 0
    used: Counter[Any] = Counter()
    times: Counter[Any] = Counter()
    query = select(SupportGrant).options(joinedload(SupportGrant.norm)).order_by(SupportGrant.id)
    for grant in db.session.scalars(query):
        key = (grant.cooperative_id, grant.kind, grant.year)
        used[key] += int(grant.held)
        times[key] += grant.held > 0
        cap, most = grant.norm.cap_per_year, grant.norm.times_per_year
        over = (cap is not None and used[key] > cap) or (most is not None and times[key] > most)
        broken += over or grant.year != grant.day.year
    return broken


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "U1": ("no support was promised above its norm, computed anew from what was frozen", _above_norm),
    "U2": (
        "no more was paid than was approved, and every payment is counted once",
        _rows(
            """SELECT c.id FROM support_claims c LEFT JOIN support_payments p ON p.claim_id = c.id AND p.kind = 'paid'
            GROUP BY c.id, c.amount, c.paid
            HAVING COALESCE(SUM(p.amount), 0) <> c.paid OR c.paid > COALESCE(c.amount, 0)
            UNION ALL SELECT c.id FROM support_claims c LEFT JOIN support_claim_shares s ON s.claim_id = c.id
            WHERE c.state IN ('approved', 'paid') GROUP BY c.id, c.amount, c.paid, c.state
            HAVING COALESCE(SUM(s.amount), 0) <> c.amount OR COALESCE(SUM(s.paid), 0) <> c.paid
            OR (c.state = 'paid') <> (c.paid = c.amount)
            UNION ALL SELECT c.id FROM support_claims c JOIN support_payments p
            ON p.claim_id = c.id AND p.kind = 'returned'
            GROUP BY c.id, c.give_back HAVING SUM(p.amount) > c.give_back"""
        ),
    ),
    "U3": (
        "of every source what is paid, approved and promised lies within its budget, and is the sum of its rows",
        _rows(
            """SELECT b.id FROM support_budgets b
            LEFT JOIN (SELECT g.purpose, g.subject_id, s.source, SUM(s.held) AS held, SUM(s.paid) AS paid
                FROM support_grant_shares s JOIN support_grants g ON g.id = s.grant_id
                GROUP BY g.purpose, g.subject_id, s.source) h
                ON h.purpose = b.purpose AND h.subject_id = b.subject_id AND h.source = b.source
            LEFT JOIN (SELECT g.purpose, g.subject_id, p.source,
                SUM(CASE p.kind WHEN 'paid' THEN p.amount ELSE -p.amount END) AS paid
                FROM support_payments p JOIN support_claims c ON c.id = p.claim_id
                JOIN support_grants g ON g.id = c.grant_id GROUP BY g.purpose, g.subject_id, p.source) m
                ON m.purpose = b.purpose AND m.subject_id = b.subject_id AND m.source = b.source
            WHERE b.held > b.amount OR b.approved > b.held OR b.paid > b.approved
            OR b.held <> COALESCE(h.held, 0) OR b.paid <> COALESCE(h.paid, 0) OR b.paid <> COALESCE(m.paid, 0)
            UNION ALL SELECT s.id FROM support_grant_shares s JOIN support_grants g ON g.id = s.grant_id
            WHERE NOT EXISTS (SELECT 1 FROM support_budgets b WHERE b.purpose = g.purpose
            AND b.subject_id = g.subject_id AND b.source = s.source)
            UNION ALL SELECT g.id FROM support_grants g LEFT JOIN support_grant_shares s ON s.grant_id = g.id
            GROUP BY g.id, g.total, g.held
            HAVING COALESCE(SUM(s.amount), 0) <> g.total OR COALESCE(SUM(s.held), 0) <> g.held"""
        ),
    ),
    "U4": ("no cooperative has more in a year, or more often, than the norm gives", _year),
    "U5": (
        "what is approved was verified by one officer and approved by another",
        _rows(
            """SELECT id FROM support_claims WHERE approved_by_id = verified_by_id
            OR (state IN ('approved', 'paid') AND (approved_by_id IS NULL OR verified_by_id IS NULL))"""
        ),
    ),
}
