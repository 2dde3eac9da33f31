"""Contracts as evidence for a loan: at the desk what would be read and the consent, at the office what may be read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint

from marketplace.bridges import contract_history_supports_loan as evidence
from marketplace.bridges import policies, queries
from marketplace.bridges.forms import ConsentForm, PressForm
from marketplace.foundation import clock, formats
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, private, redirect_to, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.programmes import policies as programmes
from marketplace.programmes.models import Loan

desk = Blueprint("desk_evidence", f"{__name__}.desk", url_prefix="/desk/loans/<own_loan:loan>/evidence")
office = Blueprint(
    "office_evidence", f"{__name__}.office", url_prefix="/office/loans/<any_loan:loan>/evidence"
)
desk.after_request(private)
office.after_request(private)
USUAL = dt.timedelta(days=90)


@desk.route("", methods=["GET"])
@allow(programmes.sees_loan)
def show(loan: Loan) -> Any:
    return _page(loan)


@desk.route("", methods=["POST"])
@allow(policies.gives_evidence)
def agree(loan: Loan) -> Any:
    form = ConsentForm()
    if form.submitted():
        with form.reporting(), transaction():
            evidence.agree(loan=loan, purpose=form.purpose.data, until=form.until.data, by=person())
            flash(
                _(
                    "Thank you. The alliance and the fund may read these figures. You can withdraw it here at any time."
                )
            )
            return redirect_to("desk_evidence.show", loan=loan)
    return _page(loan, form)


@desk.route("/withdrawal", methods=["POST"])
@allow(policies.withdraws_evidence)
def withdraw(loan: Loan) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        evidence.withdraw(loan=loan, by=person())
        flash(_("Withdrawn. Nobody reads it any more, and the figures that were kept are gone."))
        return redirect_to("desk_evidence.show", loan=loan)
    return _page(loan)


def _page(loan: Loan, form: Form | None = None) -> Any:
    purpose = _(
        "For the loan of %(sum)s: %(purpose)s",
        sum=formats.vnd(loan.asked_amount, locale()),
        purpose=loan.purpose[:200],
    )
    first = evidence.first_day()
    return render(
        "bridges/evidence/desk.html",
        loan=loan,
        form=form or ConsentForm(formdata=None, data={"purpose": purpose, "until": clock.today() + USUAL}),
        given=queries.evidence.living(loan.id),
        now=queries.evidence.figures(loan.cooperative_id, first, clock.today()),
        first=first,
    )


@office.route("", methods=["GET"], endpoint="show")
@allow(policies.reads_evidence)
def read(loan: Loan) -> Any:
    """To be printed for the fund."""
    return render("bridges/evidence/office.html", loan=loan, given=queries.evidence.living(loan.id))
