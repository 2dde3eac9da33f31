"""The rules of size in force, and how large cooperatives were by them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import BigInteger, select, type_coerce

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Sector
from marketplace.foundation.db import db
from marketplace.registry import sizing
from marketplace.registry.models import AnnualReport, ReportVersion, SizeRules
from marketplace.registry.queries import obliged
from marketplace.registry.queries.annual_report import stands
from marketplace.registry.sizing import Measured, Sized
from marketplace.registry.states.size_class import Branch, Size


def rules_of(year: int) -> SizeRules | None:
    """In force on the last day of the year."""
    return rules_among(all_rules(), year)


def all_rules() -> Sequence[SizeRules]:
    """All, the newest first."""
    return db.session.scalars(
        select(SizeRules).order_by(SizeRules.valid_from.desc(), SizeRules.id.desc())
    ).all()


def rules_among(rules: Sequence[SizeRules], year: int) -> SizeRules | None:
    day = dt.date(year, 12, 31)
    return next((each for each in rules if each.taken_back_at is None and each.valid_from <= day), None)


def rules_by_ref(ref: str) -> SizeRules | None:
    return db.session.scalar(select(SizeRules).where(SizeRules.ref == ref))


def rules_by_code(code: str) -> SizeRules | None:
    return db.session.scalar(select(SizeRules).where(SizeRules.code == code))


def measured(version: Any) -> Measured:
    """The inputs of a version; nothing is known without one."""
    if version is None:
        return Measured(None, None, None)
    return Measured(version.members_end, version.revenue_total, version.total_assets)


def sized(rules: SizeRules | None, sector: Sector, version: Any) -> Sized:
    return sizing.size_of(rules, sector, measured(version))


def size_counts(year: int) -> dict[Size | None, int]:
    """How many cooperatives alive at the end of the year have which size; None is not known. Three statements."""
    found: dict[Size | None, int] = dict.fromkeys((*Size, None), 0)
    for _id, size in _sizes(year):
        found[size] += 1
    return found


def ids_of(year: int, size: Size | None) -> list[int]:
    """Whose size it is."""
    return [cooperative_id for cooperative_id, each in _sizes(year) if each is size]


def _sizes(year: int) -> Iterator[tuple[int, Size | None]]:
    rules = rules_of(year)
    rows_of = {branch: sizing.asked(rules, branch) for branch in Branch}
    here = (AnnualReport.cooperative_id == Cooperative.id) & (AnnualReport.year == year)
    rows = db.session.execute(
        select(
            Cooperative.id,
            Cooperative.sector,
            ReportVersion.members_end,
            type_coerce(ReportVersion.revenue_total, BigInteger),
            type_coerce(ReportVersion.total_assets, BigInteger),
        )
        .select_from(Cooperative)
        .outerjoin(AnnualReport, here)
        .outerjoin(ReportVersion, stands())
        .where(obliged.graded(year))
    )
    for cooperative_id, sector, members, revenue, capital in rows:
        row = sizing.decides(rows_of[sizing.branch_of(sector)], Measured(members, revenue, capital))
        yield cooperative_id, row.size if row is not None else None
