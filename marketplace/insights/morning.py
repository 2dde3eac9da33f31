"""Drafts of reports that wait to be finished and issued."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _l
from marketplace.insights import policies, queries
from marketplace.insights.states import REPORT_KIND_LABELS


@queue(
    "period-reports",
    place="office_period_reports.list",
    label=_l("Reports to finish"),
    icon="doc",
    door=policies.writes_reports,
    order=58,
)
def drafts(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    return queries.drafts_waiting(size, after).map(
        lambda each: Waiting(
            each.ref,
            str(REPORT_KIND_LABELS[each.kind]),
            queries.span_of(each).called,
            url_for("office_period_reports.show", report=each),
            since=each.begun_at,
        )
    )
