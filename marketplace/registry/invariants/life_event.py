"""What must be true of what happened, and of what the record keeps beside it."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.registry import queries
from marketplace.registry.lifeline import Happening, Spell, spells
from marketplace.registry.models import StandingSpell
from marketplace.registry.services.figure import FIGURES


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


def _drawn() -> int:
    """E1: the spells are what the rows say, drawn anew."""
    ids = db.session.scalars(select(Cooperative.id)).all()
    told = queries.happenings_of(ids)
    kept: dict[int, list[Spell]] = {each: [] for each in ids}
    for row in db.session.scalars(select(StandingSpell).order_by(StandingSpell.starts_on)):
        kept[row.cooperative_id].append(Spell(row.standing, row.starts_on, row.ends_on, row.known))
    return sum(kept[each] != _line(told[each]) for each in ids)


def _line(happenings: list[Happening]) -> list[Spell] | None:
    try:
        return spells(happenings)
    except Refusal:
        return None


def _last(table: str, day: str) -> str:
    return f"SELECT max(x.{day}) FROM {table} x WHERE x.cooperative_id = c.id"


OTHER_FIGURES = " OR ".join(f"c.{name} IS DISTINCT FROM f.{name}" for name in FIGURES)
CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "E1": ("how each stood on every day is what its life says, drawn anew", _drawn),
    "E2": (
        "sector, new model and figures of a record are those of the last row",
        _rows(
            f"""SELECT c.id FROM cooperatives c LEFT JOIN member_sectors s ON s.cooperative_id = c.id
            AND s.since = ({_last("member_sectors", "since")}) WHERE s.id IS NULL OR s.sector <> c.sector
            UNION ALL SELECT c.id FROM cooperatives c LEFT JOIN new_model_judgements j ON j.cooperative_id = c.id
            AND j.day = ({_last("new_model_judgements", "day")})
            WHERE c.is_new_model <> COALESCE(j.is_new_model, c.is_new_model <> c.is_new_model)
            UNION ALL SELECT c.id FROM cooperatives c LEFT JOIN member_figures f ON f.cooperative_id = c.id
            AND f.day = ({_last("member_figures", "day")}) WHERE {OTHER_FIGURES}"""
        ),
    ),
    "E3": (
        "whom a record names as its legal representative is the officer who represents it",
        _rows(
            """SELECT c.id FROM cooperatives c LEFT JOIN coop_officers o ON o.cooperative_id = c.id
            AND o.represents AND o.left_on IS NULL WHERE c.legal_rep_name <> COALESCE(o.name, '')"""
        ),
    ),
    "E4": (
        "whoever is admitted or suspended has one membership without an end, nobody else has",
        _rows(
            """SELECT c.id FROM cooperatives c LEFT JOIN alliance_memberships m
            ON m.cooperative_id = c.id AND m.left_on IS NULL
            WHERE (c.state IN ('admitted', 'suspended')) <> (m.id IS NOT NULL)
            UNION ALL SELECT a.id FROM alliance_memberships a JOIN alliance_memberships b
            ON b.cooperative_id = a.cooperative_id AND b.id > a.id
            AND (b.left_on IS NULL OR a.joined_on < b.left_on) AND (a.left_on IS NULL OR b.joined_on < a.left_on)"""
        ),
    ),
}
