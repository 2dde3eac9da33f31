"""Yearly reports: handed in and to be read, or late."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.foundation import clock
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _, _l
from marketplace.registry import deadlines, policies, queries


@queue(
    "yearly-reports",
    place="office_reports.list",
    label=_l("Yearly reports to read"),
    icon="doc",
    door=policies.keeps_members,
    order=24,
)
def handed_in(_user: Any, limit: int) -> list[Waiting]:
    return [
        Waiting(
            str(row.id),
            _("Report of %(year)s", year=row.year),
            row.name,
            url_for("office_reports.show", report=row.ref),
            since=row.saved_at,
        )
        for row in queries.annual_report.to_read(limit)
    ]


@queue(
    "late-reports", label=_l("Yearly reports overdue"), icon="clock", door=policies.keeps_members, order=26
)
def late(_user: Any, limit: int) -> list[Waiting]:
    """Of the year that is over last, from its last day on."""
    year = clock.today().year - 1
    if not deadlines.is_late(year):
        return []
    return [
        Waiting(
            f"{each.id}-{year}",
            _("Report of %(year)s", year=year),
            each.name,
            url_for("office_members.one", member=each),
            due=deadlines.due(year),
        )
        for each in queries.annual_report.unfiled(year, size=limit)
    ]
