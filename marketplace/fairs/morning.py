"""The clock of the law: what the Department is to be told soon, or should have been told; applications to decide."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.fairs import policies, queries
from marketplace.fairs.clock import TERM_LABELS
from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _l, _n, pick


@queue(
    "fair-terms",
    place="office_fairs.list",
    label=_l("Days of the law for fairs"),
    icon="fair",
    door=policies.runs_fairs,
    order=19,
)
def fair_terms(_user: Any, _size: int, _after: str | None) -> Page[Waiting]:
    """All of them: few fairs are going on at a time."""
    rows = [
        Waiting(
            f"{fair.id}-{term.kind}",
            str(TERM_LABELS[term.kind]),
            pick(fair.name_vi, fair.name_en),
            url_for("office_fairs.show", fair=fair, _anchor="terms"),
            due=term.due,
        )
        for fair, term in queries.terms_near()
    ]
    return Page(sorted(rows, key=lambda row: (row.due_on, row.key)), None)


@queue(
    "fair-applications",
    place="office_fairs.list",
    label=_l("Applications for fairs to decide"),
    icon="fair",
    door=policies.runs_fairs,
    order=20,
)
def fair_applications(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    """A line for each fair: its applications are read and decided together."""
    page = queries.applications_waiting(size, after)
    return page.map(
        lambda row: Waiting(
            str(row.Fair.id),
            _n("%(num)s application to decide", "%(num)s applications to decide", row.applications),
            row.Fair.name,
            url_for("selection_queue.queue", call=row.Call),
            since=row.since,
            due=row.Fair.first_day,
        )
    )
