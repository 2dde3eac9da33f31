"""Periods with what was reported of them and what is aimed at; and read-only database views with stable names, by which
anyone can check the books without knowing the tables.

Quantities are decimal numbers in the product's sale unit, money is whole đồng, times are UTC. Of an order's line `qty`
is what its price is multiplied by: kilograms of weighed goods; `sale_qty` is what was agreed, in the sale unit.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Dong, Model, OneOf, Thousandths, UtcDateTime, explain, one_of, schema
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.insights.states import Comparator, Exactness, Per, Steady, Unit

Q = "/ 1000.0"

VIEWS: dict[str, str] = {
    "v_product": f"""
        SELECT p.id, p.cooperative_id AS coop_id, s.unit, s.initial {Q} AS initial_qty,
               s.on_hand {Q} AS on_hand, s.reserved {Q} AS reserved
        FROM stocks s JOIN products p ON p.id = s.product_id WHERE s.week = ''""",
    "v_stock_move": f"""
        SELECT m.id, s.product_id, m.quantity {Q} AS qty, m.kind,
               CASE WHEN c.holder IS NULL THEN m.cause ELSE c.holder END AS ref, m.at
        FROM stock_moves m JOIN stocks s ON s.id = m.stock_id LEFT JOIN claims c ON c.id = m.claim_id
        WHERE s.week = ''""",
    "v_claim": f"""
        SELECT c.id, s.product_id, c.kind, c.state, c.quantity {Q} AS qty, c.handed_over {Q} AS handed_over,
               c.holder, c.expires_at
        FROM claims c JOIN stocks s ON s.id = c.stock_id WHERE s.week = ''""",
    "v_week": f"""
        SELECT s.id, s.product_id, p.cooperative_id AS coop_id, s.week, s.grade, s.unit, s.on_hand {Q} AS expected,
               s.reserved {Q} AS promised, s.version
        FROM stocks s JOIN products p ON p.id = s.product_id WHERE s.week <> ''""",
    "v_week_claim": f"""
        SELECT c.id, c.stock_id AS week_id, c.kind, c.state, c.quantity {Q} AS qty, c.handed_over {Q} AS handed_over,
               c.holder, c.contract_day, c.since, c.expires_at
        FROM claims c JOIN stocks s ON s.id = c.stock_id WHERE s.week <> ''""",
    "v_order": """
        SELECT o.id, o.ref, g.ref AS group_ref, g.person_id AS buyer_id, o.cooperative_id AS coop_id,
               o.placed_at, o.state AS status, o.total, 'VND' AS currency
        FROM orders o JOIN order_groups g ON g.id = o.group_id""",
    "v_order_line": f"""
        SELECT l.order_id, l.product_id, CASE WHEN l.settled IS NOT NULL THEN l.settled {Q}
            WHEN l.weighed THEN COALESCE(l.accepted, l.asked) * l.kg_per_unit / 1000000.0
            ELSE COALESCE(l.accepted, l.asked) {Q} END AS qty, l.unit_price, l.line_total,
            COALESCE(l.accepted, l.asked) {Q} AS sale_qty
        FROM order_lines l WHERE l.ended_by_id IS NULL""",
    "v_payment": """
        SELECT e.id, o.ref AS order_ref, e.method AS provider, e.provider_ref, e.provider_ref AS event_ref,
               e.amount, 'VND' AS currency, e.kind AS state, e.at
        FROM payment_entries e JOIN charges c ON c.id = e.charge_id
        JOIN orders o ON o.id = c.subject_id AND c.purpose IN ('order', 'deposit')
        WHERE e.kind IN ('confirmed', 'refunded')""",
    "v_refund": """
        SELECT r.id, p.id AS payment_id, r.amount, r.state, r.provider_ref
        FROM refunds r LEFT JOIN payment_entries p ON p.id = (
            SELECT max(e.id) FROM payment_entries e WHERE e.charge_id = r.charge_id AND e.kind = 'confirmed')""",
    "v_bank_line": """
        SELECT l.id, b.bin AS bank, b.number AS account, l.bank_ref AS reference_no, l.came_on, l.amount,
               'VND' AS currency, l.state, COALESCE((SELECT SUM(p.amount) FROM bank_parts p
               WHERE p.line_id = l.id AND p.entry_id IS NOT NULL), 0) AS matched
        FROM bank_lines l JOIN bank_books b ON b.id = l.book_id""",
    "v_rfq": f"SELECT id, total {Q} AS qty, quotes_until AS closes_at, state FROM needs WHERE opened_at IS NOT NULL",
    "v_quote": f"""
        SELECT q.id, q.need_id AS rfq_id, q.cooperative_id AS coop_id, v.number AS version, v.quantity {Q} AS qty,
               v.price, q.state, v.at AS submitted_at
        FROM quote_versions v JOIN quotes q ON q.id = v.quote_id WHERE v.side = 'seller'""",
    "v_booth": """
        SELECT b.id, b.fair_id, CASE WHEN b.blocked THEN 'blocked' ELSE COALESCE((
            SELECT min(s.state) FROM stand_booths p JOIN stands s ON s.id = p.stand_id
            WHERE p.booth_id = b.id AND p.active), 'free') END AS state
        FROM fair_booths b""",
    "v_booth_alloc": """
        SELECT p.id, p.booth_id, p.half, s.application_id,
               CASE WHEN p.active THEN s.state ELSE 'released' END AS state, p.since AS "from",
               CASE WHEN p.active AND s.state = 'offered' THEN s.until ELSE p.until END AS "until"
        FROM stand_booths p JOIN stands s ON s.id = p.stand_id""",
    "v_pass": """
        SELECT p.id, p.fair_id, p.serial, p.kind, p.stand_id, p.cooperative_id AS coop_id, p.made_at, p.revoked_at
        FROM fair_passes p""",
    "v_scan": """
        SELECT s.id, s.fair_id, s.gate_id, s.pass_id, s.uuid AS client_uuid, s.direction, s.let_in, s.offline,
               s.verdict_device, s.verdict_server AS verdict, s.day, s.at, s.device_at, s.server_at
        FROM scans s""",
    "v_contract": f"""
        SELECT c.id, (SELECT min(a.need_id) FROM need_awards a WHERE a.kind = 'part' AND a.source = c.origin) AS rfq_id,
               c.cooperative_id AS coop_id, c.buyer_id, c.state, c.least {Q} AS qty_min, c.agreed {Q} AS qty,
               c.most {Q} AS qty_max, c.value, c.signed_on
        FROM contracts c WHERE c.number IS NOT NULL""",
    "v_calloff": """
        SELECT id, contract_id, state,
               (CASE state WHEN 'accepted' THEN accepted WHEN 'planned' THEN planned ELSE called END) / 1000.0 AS qty
        FROM call_offs""",
    "v_outbox": "SELECT id, key, sent_at FROM letters",
    "v_audit": """
        SELECT s.seq, e.at, e.actor_id AS actor, u.subject || ':' || u.subject_id AS object,
               e.kind AS action, s.prev_hash, s.hash
        FROM audit_seals s JOIN audit_entries e ON e.id = s.entry_id
        LEFT JOIN audit_subjects u ON u.entry_id = e.id""",
}


@schema.extra
def views(_dialect: str) -> list[str]:
    """CREATE VIEW for each, the same words on both databases."""
    return [f"CREATE VIEW {name} AS {' '.join(query.split())}" for name, query in VIEWS.items()]


class TargetPeriod(Model):
    """The years for which targets hold."""

    __tablename__ = "target_periods"
    __table_args__ = (
        CheckConstraint("last_day > first_day", name="days_in_order"),
        CheckConstraint("code <> ''", name="has_code"),
        UniqueConstraint("code"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    first_day: Mapped[dt.date] = mapped_column(Date)
    last_day: Mapped[dt.date] = mapped_column(Date)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    opened_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    @property
    def called(self) -> str:
        return self.code.replace("-", "–")


class Baseline(Model):
    """What was reported of a period, in its own words: never computed here. `part`: the second figure of a sentence."""

    __tablename__ = "target_baselines"
    __table_args__ = (
        one_of("exactness", Exactness),
        one_of("unit", Unit),
        CheckConstraint("(exactness = 'words') = (value IS NULL)", name="told_as_exactly"),
        CheckConstraint("(exactness = 'range') = (high IS NOT NULL)", name="range_has_two"),
        CheckConstraint("high > value", name="range_in_order"),
        UniqueConstraint("period_id", "code", "part"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("target_periods.id"))
    code: Mapped[str] = mapped_column(String(8))
    part: Mapped[str] = mapped_column(String(1), default="")
    value: Mapped[Decimal | None] = mapped_column(Thousandths)
    high: Mapped[Decimal | None] = mapped_column(Thousandths)
    exactness: Mapped[Exactness] = mapped_column(OneOf(Exactness))
    unit: Mapped[Unit] = mapped_column(OneOf(Unit))
    wording_vi: Mapped[str] = mapped_column(String(300))
    wording_en: Mapped[str] = mapped_column(String(300))
    reported_by: Mapped[str] = mapped_column(String(255))
    reported_on: Mapped[dt.date] = mapped_column(Date)
    source_url: Mapped[str] = mapped_column(String(255))

    @property
    def key(self) -> str:
        return f"{self.code}{self.part}"


class Target(Model):
    """What is aimed at in a period, with the sentence it was said in; `reading` says how that is read, where it can be
    read in several ways (see indicators)."""

    __tablename__ = "targets"
    __table_args__ = (
        one_of("comparator", Comparator),
        one_of("per", Per),
        one_of("unit", Unit),
        CheckConstraint("(comparator = 'none') = (low IS NULL)", name="figure_to_compare"),
        CheckConstraint("high IS NULL OR high > low", name="range_in_order"),
        UniqueConstraint("period_id", "code", "part"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("target_periods.id"))
    code: Mapped[str] = mapped_column(String(8))
    part: Mapped[str] = mapped_column(String(1), default="")
    comparator: Mapped[Comparator] = mapped_column(OneOf(Comparator))
    low: Mapped[Decimal | None] = mapped_column(Thousandths)
    high: Mapped[Decimal | None] = mapped_column(Thousandths)
    per: Mapped[Per] = mapped_column(OneOf(Per))
    unit: Mapped[Unit] = mapped_column(OneOf(Unit))
    reading: Mapped[str] = mapped_column(String(80), default="")
    wording_vi: Mapped[str] = mapped_column(String(300))
    wording_en: Mapped[str] = mapped_column(String(300))
    period: Mapped[TargetPeriod] = relationship(lazy="joined")

    @property
    def key(self) -> str:
        return f"{self.code}{self.part}"


class ProvinceFigure(Model):
    """The gross product of the province in a year, typed in with its source; the last row of a year counts.
    Append-only."""

    __tablename__ = "province_figures"
    __table_args__ = (
        CheckConstraint("grdp > 0", name="grdp_positive"),
        CheckConstraint("year BETWEEN 1990 AND 2100", name="year_sound"),
        CheckConstraint("source <> ''", name="has_source"),
        Index("ix_province_figures_year", "year", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    year: Mapped[int] = mapped_column(SmallInteger)
    grdp: Mapped[Money] = mapped_column(Dong)
    source: Mapped[str] = mapped_column(String(255))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class SteadyJudgement(Model):
    """Officers judged a cooperative's year against the rule of target T07, with their reason; the last row of a
    cooperative's year counts. `RULE`: the rule holds for it again. Append-only."""

    __tablename__ = "steady_judgements"
    __table_args__ = (
        one_of("verdict", Steady),
        CheckConstraint("reason <> ''", name="has_reason"),
        CheckConstraint("year BETWEEN 1990 AND 2100", name="year_sound"),
        Index("ix_steady_judgements_year", "year", "cooperative_id", "id"),
        Index("ix_steady_judgements_cooperative_id", "cooperative_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    year: Mapped[int] = mapped_column(SmallInteger)
    verdict: Mapped[Steady] = mapped_column(OneOf(Steady))
    reason: Mapped[str] = mapped_column(String(255))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    cooperative: Mapped[Cooperative] = relationship()
    by: Mapped[Person | None] = relationship()


schema.append_only("province_figures")
schema.append_only("steady_judgements")
explain("uq_target_periods_code", _l("There is a period of these years already."), "first_year")
