"""A cooperative over the years: what it reported, how large it was by that, how it was graded."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import db
from marketplace.registry.models import AnnualReport, Classification, ReportVersion
from marketplace.registry.queries import classification, size_class
from marketplace.registry.queries.annual_report import stands
from marketplace.registry.sizing import Sized


@dataclass(frozen=True)
class Year:
    """One year; each part is None where nobody said anything."""

    year: int
    report: AnnualReport | None
    version: ReportVersion | None
    case: Classification | None
    sized: Sized


def years_of(cooperative: Cooperative) -> list[Year]:
    """Every year from the first to the last that tells anything, newest first; a constant number of statements."""
    rows = db.session.execute(
        select(AnnualReport, ReportVersion)
        .outerjoin(ReportVersion, stands())
        .where(AnnualReport.cooperative_id == cooperative.id)
    ).all()
    reports = {row[0].year: (row[0], row[1]) for row in rows}
    cases = {case.year: case for case in classification.cases_of(cooperative.id)}
    told = reports.keys() | cases.keys()
    if not told:
        return []
    rules = size_class.all_rules()
    story = []
    for year in range(max(told), min(told) - 1, -1):
        report, version = reports.get(year, (None, None))
        in_force = size_class.rules_among(rules, year)
        sized = size_class.sized(in_force, cooperative.sector, version)
        story.append(Year(year, report, version, cases.get(year), sized))
    return story
