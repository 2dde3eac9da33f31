"""Yearly reports to read, or late; grades to check and to decide; records that may be one."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.foundation import clock
from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _, _l
from marketplace.registry import deadlines, policies, queries
from marketplace.registry.states import CaseState
from marketplace.registry.states.duplicate import GROUND_LABELS


@queue(
    "yearly-reports",
    place="office_reports.list",
    label=_l("Yearly reports to read"),
    icon="doc",
    door=policies.keeps_members,
    order=24,
)
def handed_in(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.annual_report.to_read(size, after)
    return page.map(
        lambda row: Waiting(
            str(row.id),
            _("Report of %(year)s", year=row.year),
            row.name,
            url_for("office_reports.show", report=row.ref),
            since=row.saved_at,
        )
    )


@queue(
    "late-reports", label=_l("Yearly reports overdue"), icon="clock", door=policies.keeps_members, order=26
)
def late(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    """Of the year that is over last, from its last day on."""
    year = clock.today().year - 1
    if not deadlines.is_late(year):
        return Page([], None)
    page, due = queries.annual_report.late(year, size, after), deadlines.due(year)
    return page.map(
        lambda each: Waiting(
            f"{each.id}-{year}",
            _("Report of %(year)s", year=year),
            each.name,
            url_for("office_members.one", member=each),
            due=due,
        )
    )


@queue(
    "grades-to-check",
    place="office_classification.list",
    label=_l("Own scores to check"),
    icon="star",
    door=policies.keeps_members,
    order=27,
)
def grades_to_check(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.classification.waiting(CaseState.SCORED, size, after)
    return page.map(
        lambda case: Waiting(
            str(case.id),
            _("Grade of %(year)s", year=case.year),
            case.cooperative.called,
            url_for("office_classification.check", member=case.cooperative, year=case.year),
            since=case.scored_at,
        )
    )


@queue(
    "grades-to-decide",
    place="office_classification.list",
    label=_l("Grades to decide"),
    icon="star",
    door=policies.keeps_members,
    order=28,
)
def grades_to_decide(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    """Many are decided together under one number: every line leads to the decision of its year."""
    page = queries.classification.waiting(CaseState.CHECKED, size, after)
    return page.map(
        lambda case: Waiting(
            str(case.id),
            _("Grade of %(year)s", year=case.year),
            case.cooperative.called,
            url_for("office_classification.decisions", year=case.year),
            since=case.checked_at,
        )
    )


@queue(
    "duplicates",
    label=_l("Records that may be one"),
    icon="copy",
    door=policies.keeps_members,
    order=25,
)
def duplicates(_user: Any, size: int, _after: str | None) -> Page[Waiting]:
    """The surest pairs; what is decided about them makes room for the next."""
    rows = [
        Waiting(
            f"{pair.ids[0]}-{pair.ids[1]}",
            " · ".join(str(GROUND_LABELS[ground]) for ground in pair.grounds),
            " – ".join(pair.names),
            url_for("office_duplicates.list", _anchor=f"pair-{pair.ids[0]}-{pair.ids[1]}"),
        )
        for pair in queries.named_pairs(size)
    ]
    return Page(rows, None)
