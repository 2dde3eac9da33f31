"""What must be true of results and reports of fairs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select, text

from marketplace.fairs import reporting
from marketplace.fairs.models import FairReport, FairResult
from marketplace.foundation.db import db


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


def _reports() -> list[FairReport]:
    return [*db.session.scalars(select(FairReport))]


def _totals_off() -> int:
    """Lines of filed reports whose total is not the sum of the rows that were filed with it."""
    return sum(
        _total(report.body["rows"][line["key"]], place) != _decimal(line[column])
        for report in _reports()
        for line in report.body["lines"]
        if line["adds"]
        for place, column in enumerate(("counted", "declared", "verified"), start=2)
    )


def _total(rows: list[list[Any]], place: int) -> Decimal:
    return sum((Decimal(row[place]) for row in rows if row[place] is not None), Decimal(0))


def _decimal(value: Any) -> Decimal:
    return Decimal(value or 0)


def _changed_since_filed() -> int:
    """Locked results that are no longer what a report says, and reports that are no longer what was filed."""
    filed = {ref: figures for report in _reports() for ref, figures in report.body["results"].items()}
    now = {
        result.ref: [getattr(result, column) for column in (*reporting.DECLARED, *reporting.VERIFIED)]
        for result in db.session.scalars(
            select(FairResult).where(FairResult.ref.in_(filed), FairResult.locked_at.is_not(None))
        )
    }
    moved = sum(now.get(ref) != figures for ref, figures in filed.items())
    return moved + sum(reporting.digest(report.body) != report.sha256 for report in _reports())


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "V3": ("each total of a filed fair report is the sum of the rows that were filed with it", _totals_off),
    "V4": (
        "what a result declares and has verified of memoranda and contracts is the sum of those it holds, each kind"
        " by itself, and nothing is verified that was not declared",
        _rows(
            """SELECT r.id FROM fair_results r LEFT JOIN fair_deals d ON d.stand_id = r.stand_id AND d.counted
            WHERE r.state <> 'draft' AND r.state <> 'returned'
            GROUP BY r.id, r.state, r.memoranda_value, r.contracts_value, r.verified_memoranda_value,
              r.verified_contracts_value
            HAVING r.memoranda_value <> COALESCE(SUM(CASE WHEN d.kind = 'memorandum' THEN d.value END), 0)
              OR r.contracts_value <> COALESCE(SUM(CASE WHEN d.kind = 'contract' THEN d.value END), 0)
              OR r.verified_memoranda_value <> COALESCE(SUM(CASE WHEN d.kind = 'memorandum' THEN d.verified END), 0)
              OR r.verified_contracts_value <> COALESCE(SUM(CASE WHEN d.kind = 'contract' THEN d.verified END), 0)
            UNION ALL SELECT id FROM fair_results WHERE verified_sales > sales OR verified_orders > orders
              OR verified_memoranda_value > memoranda_value OR verified_contracts_value > contracts_value
            UNION ALL SELECT id FROM fair_follow_ups WHERE verified > value
            UNION ALL SELECT d.id FROM fair_deals d JOIN fair_results r ON r.stand_id = d.stand_id
            WHERE d.verified IS NOT NULL AND r.state NOT IN ('verified', 'locked')"""
        ),
    ),
    "V5": (
        "locked results and filed reports are what they were when the report was filed",
        _changed_since_filed,
    ),
    "V6": (
        "products never add up to more than the day they were sold on, and only on days of the fair",
        _rows(
            """SELECT b.id FROM booth_days b JOIN booth_sales s ON s.booth_day_id = b.id
            GROUP BY b.id, b.cash HAVING SUM(s.amount) > b.cash
            UNION ALL SELECT b.id FROM booth_days b JOIN stands t ON t.id = b.stand_id
            JOIN fairs f ON f.id = t.fair_id WHERE b.day < f.first_day OR b.day > f.last_day"""
        ),
    ),
    "V7": (
        "a fair counts as reported when a report of it is filed, and its locked results stand in one",
        _rows(
            """SELECT f.id FROM fairs f LEFT JOIN fair_reports p ON p.fair_id = f.id
            WHERE f.state = 'reported' AND p.id IS NULL
            UNION ALL SELECT r.id FROM fair_results r LEFT JOIN fair_reports p ON p.fair_id = r.fair_id
            WHERE r.state = 'locked' AND p.id IS NULL"""
        ),
    ),
    "V8": (
        "contacts and deals belong to the fair of their stand",
        _rows(
            """SELECT l.id FROM fair_leads l JOIN stands t ON t.id = l.stand_id WHERE l.fair_id <> t.fair_id
            UNION ALL SELECT d.id FROM fair_deals d JOIN stands t ON t.id = d.stand_id WHERE d.fair_id <> t.fair_id
            UNION ALL SELECT r.id FROM fair_results r JOIN stands t ON t.id = r.stand_id
            WHERE r.fair_id <> t.fair_id"""
        ),
    ),
}
