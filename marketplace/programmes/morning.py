"""Applications for courses to decide, needs for capital to assess and to recommend, loans that are overdue."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.foundation import formats
from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l, _n
from marketplace.programmes import policies, queries
from marketplace.programmes.queries.loan import Wanted
from marketplace.programmes.states.advice import ADVICE_LABELS
from marketplace.programmes.states.loan import LoanState


@queue(
    "course-applications",
    place="office_courses.list",
    label=_l("Applications for courses to decide"),
    icon="people",
    door=policies.keeps_courses,
    order=29,
)
def course_applications(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    """A line for each course: its applications are decided together."""
    page = queries.to_choose(size, after)
    return page.map(
        lambda row: Waiting(
            str(row.Course.id),
            _n("%(num)s application to decide", "%(num)s applications to decide", row.applications),
            row.Course.name,
            url_for("office_choosing.show", course=row.Course),
            since=row.since,
            due=row.Course.first_day,
        )
    )


@queue(
    "loans",
    place="office_loans.list",
    label=_l("Loans to assess"),
    icon="money",
    door=policies.keeps_capital,
    order=54,
)
def loans(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    return _told(Wanted(state=LoanState.ASKED), size, after)


@queue(
    "assessed-loans",
    place="office_loans.list",
    label=_l("Loans to recommend or turn down"),
    icon="money",
    door=policies.keeps_capital,
    order=55,
)
def assessed_loans(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    return _told(Wanted(state=LoanState.ASSESSED), size, after)


@queue(
    "advice",
    place="office_advice.list",
    label=_l("Questions to answer"),
    icon="chat",
    door=policies.gives_advice,
    order=26,
)
def advice(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    """Not answered yet, or promised for a day."""
    return queries.advice.waiting(size, after).map(
        lambda each: Waiting(
            each.ref,
            str(ADVICE_LABELS[each.matter]),
            each.asked_by,
            url_for("office_advice.show", advice=each),
            since=each.at,
            due=each.follow_up_on,
        )
    )


@queue("overdue-loans", label=_l("Loans overdue"), icon="clock", door=policies.keeps_capital, order=56)
def overdue_loans(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    return _told(Wanted(overdue=True), size, after)


def _told(wanted: Wanted, size: int, after: str | None) -> Page[Waiting]:
    return queries.loan.waiting(wanted, size, after).map(
        lambda each: Waiting(
            str(each.id),
            formats.vnd(each.amount, locale()),
            each.name,
            url_for("office_loans.show", loan=each),
            since=each.at,
        )
    )
