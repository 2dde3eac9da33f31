"""Needs for capital that nobody has looked at, and loans that are overdue."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _l
from marketplace.programmes import policies, queries
from marketplace.programmes.queries.loan import Wanted
from marketplace.programmes.states.advice import ADVICE_LABELS
from marketplace.programmes.states.loan import LOAN_LABELS, LoanState


@queue(
    "loans",
    place="office_loans.list",
    label=_l("Capital wanted"),
    icon="money",
    door=policies.keeps_capital,
    order=54,
)
def loans(_user: Any, limit: int) -> list[Waiting]:
    return _told(Wanted(state=LoanState.ASKED), limit)


@queue(
    "advice",
    place="office_advice.list",
    label=_l("Questions to answer"),
    icon="chat",
    door=policies.gives_advice,
    order=26,
)
def advice(_user: Any, limit: int) -> list[Waiting]:
    """Not answered yet, or promised for a day."""
    return [
        Waiting(
            each.ref,
            str(ADVICE_LABELS[each.matter]),
            each.asked_by,
            url_for("office_advice.show", advice=each),
            since=each.at,
            due=each.follow_up_on,
        )
        for each in queries.advice.waiting(limit)
    ]


@queue("overdue-loans", label=_l("Loans overdue"), icon="clock", door=policies.keeps_capital, order=56)
def overdue_loans(_user: Any, limit: int) -> list[Waiting]:
    return _told(Wanted(overdue=True), limit)


def _told(wanted: Wanted, limit: int) -> list[Waiting]:
    return [
        Waiting(
            str(each.id),
            str(LOAN_LABELS[each.state]),
            each.cooperative.name,
            url_for("office_loans.show", loan=each),
            since=each.at,
        )
        for each in queries.loan.loans(wanted, size=limit).rows
    ]
