"""What must be true of fields, diaries and lots."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text

from marketplace.foundation.db import db


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "T1": (
        "a lot comes from plots of its own cooperative, and a sowing stands in one",
        _rows(
            """SELECT p.lot_id FROM lot_plots p JOIN lots l ON l.id = p.lot_id JOIN products g ON g.id = l.product_id
            JOIN plots f ON f.id = p.plot_id WHERE f.cooperative_id <> g.cooperative_id
            UNION ALL SELECT s.id FROM sowings s JOIN plots f ON f.id = s.plot_id
            JOIN products g ON g.id = s.product_id WHERE f.cooperative_id <> g.cooperative_id"""
        ),
    ),
    "T2": (
        "a line of the diary is corrected by one of its own plot, and what was struck is not corrected again",
        _rows(
            """SELECT c.id FROM diary_entries c JOIN diary_entries e ON e.id = c.corrects_id
            WHERE e.plot_id <> c.plot_id OR e.struck OR e.id >= c.id"""
        ),
    ),
    "T3": (
        "whatever was harvested against a rule says why",
        _rows(
            """SELECT id FROM lots WHERE (early_reason <> '') <>
            (cautions IS NOT NULL AND CAST(cautions AS VARCHAR) NOT IN ('null', '[]'))"""
        ),
    ),
}
