"""What must be true of every pool: no kilogram lost or invented, and each with its promise in the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from sqlalchemy import select, text
from sqlalchemy.orm import selectinload

from marketplace.foundation.db import db
from marketplace.foundation.frozen import hash_of
from marketplace.linkage.models import PoolAllocation
from marketplace.linkage.pooling import problem_from
from marketplace.linkage.states import ShareRunState

KEPT = (ShareRunState.COMPLETE, ShareRunState.IN_FORCE, ShareRunState.REPLACED)


def _computed() -> Iterator[PoolAllocation]:
    query = select(PoolAllocation).where(PoolAllocation.state.in_(KEPT))
    yield from db.session.scalars(query.options(selectinload(PoolAllocation.shares)))


def changed_inputs() -> int:
    """Computations whose inputs are no longer those that were hashed."""
    return sum(hash_of(run.inputs) != run.inputs_hash for run in _computed())


def lost_or_invented() -> int:
    """Weeks whose shares come to more than was asked for, and computations whose shares are not what they say."""
    wrong = 0
    for run in _computed():
        problem, brought = problem_from(run.inputs), Counter[str]()
        for share in run.shares:
            brought[share.week] += share.kg
        asked = dict(zip(problem.weeks, problem.requests[0].asked, strict=True))
        wrong += sum(kg > asked.get(week, 0) for week, kg in brought.items())
        wrong += sum(brought.values()) != run.figures.get("filled")
    return wrong


def outside_their_word() -> int:
    """Shares that are above what the frozen inputs say was offered, or below its least."""
    wrong = 0
    for run in _computed():
        problem = problem_from(run.inputs)
        offers = {
            (supplier.id, week): problem.offers[n][at]
            for n, supplier in enumerate(problem.suppliers)
            for at, week in enumerate(problem.weeks)
        }
        for share in run.shares:
            offer = offers.get((share.member_id, share.week))
            wrong += offer is None or not (share.kg == 0 or offer.least <= share.kg <= offer.most)
    return wrong


def _rows(sql: str) -> Callable[[], int]:
    query = text(f"SELECT count(*) FROM ({sql}) AS broken")
    return lambda: int(db.session.execute(query).scalar() or 0)


_HOLDING = """SELECT s.member_id, s.week, s.kg, s.claim_id, a.pool_id, m.state AS member, p.state AS pool
    FROM pool_shares s JOIN pool_allocations a ON a.id = s.allocation_id AND a.state = 'in_force'
    JOIN pool_members m ON m.id = s.member_id JOIN pools p ON p.id = a.pool_id"""

CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "Z1": ("a computation of a pool's shares has its inputs as they were hashed", changed_inputs),
    "Z2": (
        "no kilogram of a pool is lost or invented: no week gives more than was asked for",
        lost_or_invented,
    ),
    "Z3": ("no member of a pool has more than it offered, or less than its least", outside_their_word),
    "Z4": (
        "each share that holds, of a member who is in, is promised to this pool, its contract, a call or a load",
        _rows(f"""SELECT h.member_id FROM ({_HOLDING}) h LEFT JOIN claims c ON c.id = h.claim_id
            WHERE h.kg > 0 AND h.member = 'confirmed'
              AND h.pool IN ('locked', 'answering', 'reserve', 'won', 'delivering')
              AND (c.id IS NULL OR NOT (substr(c.holder, 1, 5) = 'load:'
                OR c.holder = 'pool:' || CAST(h.pool_id AS VARCHAR(20)) OR EXISTS (
                SELECT 1 FROM contracts k LEFT JOIN call_offs o ON o.contract_id = k.id
                WHERE k.origin = 'pool:' || CAST(h.pool_id AS VARCHAR(20))
                AND (c.holder = 'contract:' || CAST(k.id AS VARCHAR(20))
                  OR c.holder = 'call_off:' || CAST(o.id AS VARCHAR(20))))))"""),
    ),
    "Z5": (
        "nothing is promised to a pool but the shares that hold",
        _rows(f"""SELECT c.id FROM claims c LEFT JOIN ({_HOLDING}) h ON h.claim_id = c.id
            WHERE c.kind = 'pool' AND c.state = 'held'
              AND (h.member_id IS NULL OR h.member = 'released' OR h.pool IN ('lost', 'returned', 'dissolved'))"""),
    ),
    "Z6": (
        "a member has a share exactly when the computation that holds gives it one",
        _rows(f"""SELECT m.id FROM pool_members m JOIN pools p ON p.id = m.pool_id
            LEFT JOIN (SELECT member_id, sum(kg) AS kg FROM ({_HOLDING}) h GROUP BY member_id) g
              ON g.member_id = m.id
            WHERE p.state IN ('locked', 'answering', 'reserve', 'won', 'delivering')
              AND m.state IN ('committed', 'confirmed')
              AND (m.state = 'confirmed') <> (COALESCE(g.kg, 0) > 0)"""),
    ),
    "Z7": (
        "whoever has given a word in a pool is in one product of its own",
        _rows("""SELECT m.id FROM pool_members m JOIN products p ON p.id = m.product_id
            WHERE p.cooperative_id <> m.cooperative_id"""),
    ),
    "Z8": (
        "a pool waits in reserve only where its buyer said so and has not chosen it",
        _rows("""SELECT p.id FROM pools p WHERE p.state = 'reserve' AND (NOT EXISTS (
            SELECT 1 FROM need_awards a WHERE a.need_id = p.need_id AND a.kind = 'reserve'
            AND a.source = 'pool:' || CAST(p.id AS VARCHAR(20))) OR EXISTS (
            SELECT 1 FROM need_awards a WHERE a.need_id = p.need_id AND a.kind = 'part'
            AND a.returned < a.quantity AND a.source = 'pool:' || CAST(p.id AS VARCHAR(20))))"""),
    ),
    "Z9": (
        "a contract of a pool and its calls hold no more of a member's week than its share (goods by the kilogram)",
        _rows(f"""SELECT h.member_id FROM ({_HOLDING}) h JOIN pool_members m ON m.id = h.member_id
            JOIN products p ON p.id = m.product_id AND p.sale_unit = 'kg'
            JOIN contracts k ON k.origin = 'pool:' || CAST(h.pool_id AS VARCHAR(20)) AND k.state = 'active'
            JOIN stocks t ON t.product_id = p.id AND t.week = h.week
            JOIN claims c ON c.stock_id = t.id AND c.state = 'held'
            LEFT JOIN call_offs o ON o.contract_id = k.id AND c.holder = 'call_off:' || CAST(o.id AS VARCHAR(20))
            WHERE o.id IS NOT NULL OR c.holder = 'contract:' || CAST(k.id AS VARCHAR(20))
            GROUP BY h.member_id, h.week, h.kg
            HAVING sum(c.quantity) > h.kg * 1000
              AND sum(CASE WHEN o.id IS NULL THEN c.quantity ELSE 0 END) > 0"""),
    ),
}
