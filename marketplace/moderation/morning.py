"""What visitors find wrong, and appeals against what was taken down."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _, _l
from marketplace.moderation import matters, policies, queries
from marketplace.moderation.states import REASON_LABELS


@queue(
    "page-reports",
    place="office_moderation.queue",
    label=_l("Reported by visitors"),
    icon="warn",
    door=policies.moderates,
    order=26,
)
def page_reports(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    """A line for each thing, however often it was reported."""
    page = queries.reported_things(size, after)
    return page.map(
        lambda row: Waiting(
            f"{row.PageReport.kind}-{row.PageReport.subject_id}",
            _told(row.PageReport, row.reports),
            row.PageReport.label,
            url_for("office_moderation.thing", kind=row.PageReport.kind, number=row.PageReport.subject_id),
            since=row.PageReport.at,
        )
    )


def _told(report: Any, count: int) -> str:
    words = f"{matters.KINDS[report.kind].label}: {REASON_LABELS[report.reason]}"
    return words if count == 1 else _("%(what)s (and %(num)s more)", what=words, num=count - 1)


@queue(
    "appeals",
    place="office_moderation.queue",
    label=_l("Appeals against taking down"),
    icon="scale",
    door=policies.moderates,
    order=27,
)
def appeals(user: Any, size: int, after: str | None) -> Page[Waiting]:
    """Those this officer may decide: of what somebody else took down."""
    page = queries.appeals_for(user.id, size, after)
    return page.map(
        lambda each: Waiting(
            str(each.id),
            f"{matters.KINDS[each.kind].label}: {each.label}",
            each.organisation.name,
            url_for("office_moderation.show", takedown=each),
            since=each.appealed_at,
        )
    )
