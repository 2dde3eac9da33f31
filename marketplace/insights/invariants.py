"""What must be true at every moment, each with a number; `flask --app wsgi invariants` counts the breaks.

Numbers follow the families: S stock, O orders, P payments, R refunds, L the ledger and credit, K deposits, W what was
weighed, D documents, G rounds, F figures about people, N personal data, B booths and gates of fairs, V allocations,
day sheets and results of fairs, M meetings, U support, J prices, Q requests, quotes and grades, Z pools, H contracts,
C what keeps contracts (acceptance, disputes, settlement), I deal paths, Y dossiers, T traces and recalls,
E lives of members, X programmes, A audit and the rest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import NullPool, create_engine, func, select, text
from sqlalchemy.orm import selectinload

from marketplace.bridges import invariants as bridges
from marketplace.cards import invariants as cards
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import PriceChange
from marketplace.deliveries import invariants as deliveries
from marketplace.documents import invariants as documents
from marketplace.dossiers import invariants as dossiers
from marketplace.fairs import invariants as fairs
from marketplace.foundation import clock
from marketplace.foundation.audit import AuditEntry, AuditSubject
from marketplace.foundation.audit.folding import broken_folds
from marketplace.foundation.audit.recorder import broken_seals
from marketplace.foundation.db import db
from marketplace.fulfilment import invariants as fulfilment
from marketplace.growing import invariants as growing
from marketplace.insights import kept, report_kept, trade_kept
from marketplace.linkage import invariants as linkage
from marketplace.orders import invariants as orders
from marketplace.orders.models import Order, OrderGroup, OrderLine, snapshot_of
from marketplace.orders.states import OrderState
from marketplace.payments import invariants as payments
from marketplace.prices import invariants as prices
from marketplace.privacy import invariants as privacy
from marketplace.programmes import invariants as programmes
from marketplace.recalls import invariants as recalls
from marketplace.registry import invariants as registry
from marketplace.reputation import invariants as reputation
from marketplace.supply import invariants as supply
from marketplace.support import invariants as support

Check = Callable[[], int]
CHECKS: dict[str, tuple[str, Check]] = {}


def adopt(checks: Mapping[str, tuple[str, Check]]) -> None:
    """The invariants of an area. A number is one sentence: a second under it would silence the first."""
    if taken := CHECKS.keys() & checks.keys():
        raise ValueError(f"invariants numbered twice: {sorted(taken)}")
    CHECKS.update(checks)


def invariant(number: str, sentence: str) -> Callable[[Check], Check]:
    def register(check: Check) -> Check:
        adopt({number: (sentence, check)})
        return check

    return register


def counted(number: str, sentence: str, sql: str) -> None:
    """An invariant whose breaks are the rows of a query."""
    query = text(f"SELECT count(*) FROM ({sql}) AS broken")
    adopt({number: (sentence, lambda: int(db.session.execute(query).scalar() or 0))})


def breaks(*, thorough: bool = False) -> Iterator[tuple[str, str, int]]:
    """(number, sentence, how many breaks) for every invariant; `thorough`: those too that read every letter."""
    for number, (sentence, check) in sorted({**CHECKS, **(kept.LONG if thorough else {})}.items()):
        yield number, sentence, check()
        db.session.rollback()


# --- stock ------------------------------------------------------------------------------------------

counted(
    "S1",
    "on hand = initial + all movements, for every product",
    """SELECT s.id FROM stocks s LEFT JOIN stock_moves m ON m.stock_id = s.id
       GROUP BY s.id, s.initial, s.on_hand HAVING s.on_hand <> s.initial + COALESCE(SUM(m.quantity), 0)""",
)
counted(
    "S2",
    "0 <= reserved, and of what is on hand never more than there is (weeks ahead: S10)",
    "SELECT id FROM stocks WHERE reserved < 0 OR on_hand < 0 OR (reserved > on_hand AND week = '')",
)
counted(
    "S3",
    "reserved = all held claims, and every line of a live order holds or handed over what it counts",
    """SELECT s.id FROM stocks s LEFT JOIN claims c ON c.stock_id = s.id AND c.state = 'held'
       GROUP BY s.id, s.reserved HAVING s.reserved <> COALESCE(SUM(c.quantity), 0)
       UNION ALL
       SELECT l.id FROM order_lines l JOIN orders o ON o.id = l.order_id JOIN claims c ON c.id = l.claim_id
       WHERE o.state IN ('placed', 'countered', 'accepted') AND COALESCE(l.accepted, l.asked) > 0
         AND l.ended_by_id IS NULL AND (NOT l.weighed OR l.settled IS NULL OR l.settled > 0)
         AND (c.state = 'released' OR c.quantity < COALESCE(l.accepted, l.asked)
           OR (c.quantity > COALESCE(l.accepted, l.asked) AND NOT (l.weighed AND l.unit = 'kg')))""",
)
counted(
    "S4",
    "every hand-over has one claim and one order line, or is sent again; an order that was not sold holds nothing",
    """SELECT m.id FROM stock_moves m LEFT JOIN claims c ON c.id = m.claim_id
         LEFT JOIN order_lines l ON l.claim_id = m.claim_id
       WHERE m.kind = 'handed_over' AND (c.id IS NULL OR c.handed_over <> -m.quantity
         OR (c.kind = 'order' AND l.id IS NULL
           AND NOT EXISTS (SELECT 1 FROM complaint_lines a WHERE a.claim_id = m.claim_id)))
       UNION ALL
       SELECT l.id FROM order_lines l JOIN orders o ON o.id = l.order_id JOIN claims c ON c.id = l.claim_id
       WHERE o.state IN ('refused', 'withdrawn', 'lapsed', 'cancelled') AND c.state <> 'released'""",
)
counted(
    "S5",
    "no movement without an actor or a cause",
    "SELECT id FROM stock_moves WHERE actor_id IS NULL AND cause = ''",
)
counted(
    "S6",
    "every line is a whole multiple of the selling step",
    "SELECT id FROM order_lines WHERE step > 0 AND asked % step <> 0",
)
counted(
    "S8",
    "what the catalogue shows as available = on hand - reserved",
    """SELECT p.id FROM products p JOIN stocks s ON s.product_id = p.id AND s.week = ''
       WHERE p.available IS NULL OR p.available <> s.on_hand - s.reserved""",
)

adopt(supply.CHECKS)

# --- orders -----------------------------------------------------------------------------------------

counted(
    "O1",
    "line = round(what is paid for x price) once, and total = lines + fee",
    """SELECT id FROM order_lines WHERE line_total <> CASE
         WHEN settled IS NULL AND weighed THEN (COALESCE(accepted, asked) * kg_per_unit * unit_price + 500000) / 1000000
         ELSE (COALESCE(settled, accepted, asked) * unit_price + 500) / 1000 END
       UNION ALL
       SELECT o.id FROM orders o JOIN order_lines l ON l.order_id = o.id AND l.ended_by_id IS NULL
       GROUP BY o.id, o.goods_total, o.total, o.delivery_fee
       HAVING o.goods_total <> SUM(l.line_total) OR o.total <> o.goods_total + o.delivery_fee""",
)


@invariant(
    "O2", "the unit price of a line is the price that was in force when it was placed, or its buyer's own"
)
def _prices() -> int:
    rows = db.session.execute(
        select(
            OrderLine.product_id,
            OrderLine.asked,
            OrderLine.unit_price,
            OrderLine.price_list_id,
            Order.placed_at,
            OrderGroup.person_id,
            OrderGroup.organisation_id,
        )
        .join(OrderLine.order)
        .join(Order.group)
        .where(OrderLine.change_id.is_(None))
    ).all()
    history: dict[int, list[PriceChange]] = {}
    for change in db.session.scalars(select(PriceChange).order_by(PriceChange.id)):
        history.setdefault(change.product_id, []).append(change)
    return sum(not (_agreed(row) if row.price_list_id else _public(row, history)) for row in rows)


def _public(row: Any, history: dict[int, list[PriceChange]]) -> bool:
    """Everybody's price stood then."""
    return any(
        change.price_at(row.placed_at, row.asked) == row.unit_price
        for change in history.get(row.product_id, [])
    )


def _agreed(row: Any) -> bool:
    """The line's list said this price then, to this buyer."""
    said = catalogue.in_force_at(row.price_list_id, row.product_id, row.asked, row.placed_at)
    return row.unit_price in said and catalogue.was_member_at(
        row.price_list_id, row.person_id, row.organisation_id, row.placed_at
    )


counted(
    "O3",
    "one group per form",
    "SELECT form_token FROM order_groups GROUP BY form_token HAVING count(*) > 1",
)
counted(
    "O4",
    "every group has orders, one per cooperative",
    """SELECT g.id FROM order_groups g LEFT JOIN orders o ON o.group_id = g.id WHERE o.id IS NULL
       UNION ALL
       SELECT group_id FROM orders GROUP BY group_id, cooperative_id HAVING count(*) > 1""",
)

STEPS = {
    "OrderPlaced": (None, OrderState.PLACED),
    "OrderAccepted": ({OrderState.PLACED}, OrderState.ACCEPTED),
    "OrderCountered": ({OrderState.PLACED}, OrderState.COUNTERED),
    "CounterConfirmed": ({OrderState.COUNTERED}, OrderState.ACCEPTED),
    "OrderRefused": ({OrderState.PLACED}, OrderState.REFUSED),
    "OrderWithdrawn": ({OrderState.PLACED, OrderState.COUNTERED}, OrderState.WITHDRAWN),
    "OrderLapsed": ({OrderState.PLACED, OrderState.COUNTERED}, OrderState.LAPSED),
    "OrderCancelled": ({OrderState.ACCEPTED}, OrderState.CANCELLED),
    "OrderCompleted": ({OrderState.ACCEPTED}, OrderState.COMPLETED),
}


@invariant("O5", "the facts, replayed, lead to each order's state by allowed moves only")
def _replay() -> int:
    facts = db.session.execute(
        select(AuditSubject.subject_id, AuditEntry.kind)
        .join(AuditEntry, AuditEntry.id == AuditSubject.entry_id)
        .where(AuditSubject.subject == "order", AuditEntry.kind.in_(list(STEPS)))
        .order_by(AuditEntry.id)
    )
    reached: dict[int, OrderState | None] = {}
    broken: set[int] = set()
    for order_id, kind in facts:
        origins, to = STEPS[kind]
        now = reached.get(order_id)
        if (origins is None) != (now is None) or (origins is not None and now not in origins):
            broken.add(order_id)
        reached[order_id] = to
    states = dict(db.session.execute(select(Order.id, Order.state)).all())
    broken |= {order_id for order_id, state in states.items() if reached.get(order_id) is not state}
    return len(broken)


counted(
    "O6",
    "no order refers to another cooperative's product",
    """SELECT l.id FROM order_lines l JOIN orders o ON o.id = l.order_id
       JOIN products p ON p.id = l.product_id WHERE p.cooperative_id <> o.cooperative_id""",
)
counted(
    "O7",
    "no gap and no repeat in a seller's numbers of a year",
    """SELECT o.cooperative_id FROM orders o
       LEFT JOIN order_counters c ON c.cooperative_id = o.cooperative_id AND c.year = o.number_year
       GROUP BY o.cooperative_id, o.number_year, c.last
       HAVING count(*) <> max(o.number_seq) OR count(DISTINCT o.number_seq) <> count(*)
         OR c.last IS NULL OR c.last <> max(o.number_seq)""",
)
counted(
    "O8",
    "public references are unique and hold at least 128 bits",
    """SELECT ref FROM orders WHERE length(ref) < 26
       UNION ALL SELECT ref FROM order_groups WHERE length(ref) < 26
       UNION ALL SELECT ref FROM orders GROUP BY ref HAVING count(*) > 1""",
)


@invariant("O9", "what was written down at placing has not changed")
def _snapshots() -> int:
    told = {
        int(data["order_id"]): data.get("snapshot")
        for data in db.session.scalars(select(AuditEntry.data).where(AuditEntry.kind == "OrderPlaced"))
    }
    orders = db.session.scalars(
        select(Order).options(selectinload(Order.every_line), selectinload(Order.changes))
    )
    return sum(told.get(order.id) != snapshot_of(order) for order in orders)


adopt(orders.CHECKS)

# --- payments ---------------------------------------------------------------------------------------

adopt(payments.CHECKS)
adopt(support.CHECKS)
adopt(prices.CHECKS)
adopt(cards.CHECKS)
counted(
    "P2",
    "an agreed order has one charge of its total less what was taken off; an order not sold has none that is open",
    """SELECT o.id FROM orders o LEFT JOIN charges c ON c.purpose = 'order' AND c.subject_id = o.id
       WHERE o.state IN ('accepted', 'completed') GROUP BY o.id, o.total
       HAVING count(c.id) <> 1 OR max(c.amount) <> (SELECT CASE WHEN SUM(r.amount) IS NULL THEN o.total
         WHEN SUM(r.amount) > o.total THEN 0 ELSE o.total - SUM(r.amount) END
         FROM order_reliefs r WHERE r.order_id = o.id)
       UNION ALL
       SELECT o.id FROM orders o JOIN charges c ON c.purpose = 'order' AND c.subject_id = o.id
       WHERE o.state IN ('placed', 'countered', 'refused', 'withdrawn', 'lapsed', 'cancelled')
         AND c.state IN ('expected', 'reported')""",
)

# --- papers and the road ----------------------------------------------------------------------------

adopt(dossiers.CHECKS)
adopt(deliveries.CHECKS)
adopt(documents.CHECKS)
adopt(kept.CHECKS)
adopt(trade_kept.CHECKS)
adopt(report_kept.CHECKS)

# --- fairs ------------------------------------------------------------------------------------------

adopt(fairs.CHECKS)

# --- value chains -----------------------------------------------------------------------------------

adopt(linkage.CHECKS)
adopt(fulfilment.CHECKS)
adopt(bridges.CHECKS)

# --- audit and the rest -----------------------------------------------------------------------------


@invariant("A1", "every answer to an order stands once in history")
def _answers() -> int:
    told = dict(
        db.session.execute(
            select(AuditSubject.subject_id, func.count())
            .join(AuditEntry, AuditEntry.id == AuditSubject.entry_id)
            .where(
                AuditSubject.subject == "order",
                AuditEntry.kind.in_(
                    [k for k in STEPS if k not in {"OrderPlaced", "OrderCancelled", "OrderCompleted"}]
                ),
            )
            .group_by(AuditSubject.subject_id)
        ).all()
    )
    rows = db.session.execute(
        text("SELECT order_id, count(*) AS answers FROM order_answers GROUP BY order_id")
    )
    given = {row.order_id: row.answers for row in rows}
    return sum(told.get(order_id, 0) != given.get(order_id, 0) for order_id in told.keys() | given.keys())


adopt(reputation.CHECKS)
adopt(privacy.CHECKS)
adopt({"A2": ("the chain of history is unbroken", broken_seals)})
adopt({"A2b": ("folded history is as its folds say, and holds nobody's words", broken_folds)})
adopt(registry.CHECKS)
adopt(growing.CHECKS)
adopt(recalls.CHECKS)
adopt(programmes.CHECKS)


@invariant("A5", "no letter waits, due and untried, for more than five minutes; none was sent twice")
def _letters() -> int:
    edge = clock.now() - dt.timedelta(minutes=5)
    query = "SELECT count(*) FROM letters WHERE state = 'waiting' AND attempts = 0 AND next_try_at < :edge"
    edge_value = edge if db.engine.dialect.name == "postgresql" else edge.replace(tzinfo=None)
    return int(db.session.execute(text(query), {"edge": edge_value}).scalar() or 0)


@invariant("A7", "the database finds no damage in itself")
def _integrity() -> int:
    """On a fresh connection: in one that has searched, FTS5 checks by the structure it kept, and takes what another
    connection merged since for damage."""
    if db.engine.dialect.name != "sqlite":
        return 0
    fresh = create_engine(db.engine.url, module=db.engine.dialect.dbapi, poolclass=NullPool)
    with fresh.connect() as apart:
        damage = [row[0] for row in apart.execute(text("PRAGMA integrity_check(20)")) if row[0] != "ok"]
        return len(damage) + len(apart.execute(text("PRAGMA foreign_key_check")).all())


counted(
    "A8",
    "nobody who was deactivated is signed in",
    """SELECT s.id FROM sign_ins s JOIN people p ON p.id = s.person_id
       WHERE s.ended_at IS NULL AND NOT p.is_active""",
)
