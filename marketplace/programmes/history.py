"""What programmes tell of a member's life."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.programmes.models import Advice, Loan
from marketplace.programmes.states import LOAN_LABELS
from marketplace.programmes.states.advice import ADVICE_LABELS
from marketplace.registry.happenings import Line, Matter, by_id, rows_of, told


@told("loans", matter=Matter.LOANS, rows=rows_of(Loan, Loan.at))
def _loans(ids: Sequence[int]) -> dict[int, Line]:
    return {
        each.id: Line(
            _("Loan of %(sum)s", sum=formats.vnd(each.granted_amount or each.asked_amount, locale())),
            str(LOAN_LABELS[each.state]),
            url_for("office_loans.show", loan=each),
            url_for("desk_loans.show", loan=each),
        )
        for each in by_id(Loan, ids)
    }


@told("advice", matter=Matter.SUPPORT, rows=rows_of(Advice, Advice.asked_on))
def _advice(ids: Sequence[int]) -> dict[int, Line]:
    return {
        each.id: Line(
            _("Advice: %(matter)s", matter=ADVICE_LABELS[each.matter]),
            each.asked_by,
            url_for("office_advice.show", advice=each),
        )
        for each in by_id(Advice, ids)
    }
