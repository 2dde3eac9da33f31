"""Needs for capital that nobody has looked at, and loans that are overdue."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _l
from marketplace.programmes import policies, queries
from marketplace.programmes.queries.loan import Wanted
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
