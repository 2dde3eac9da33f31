"""When the desk's cooperative asks a deposit."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.payments import deposits, policies, services
from marketplace.payments.forms import DepositForm
from marketplace.payments.forms.deposit import BACK, KEPT

bp = Blueprint("deposits", __name__, url_prefix="/desk/money/deposit")


@bp.route("", methods=["GET", "POST"])
@allow(policies.can_ask_deposits)
def terms() -> Any:
    payee_id = _payee_id()
    known, form = deposits.terms_of(payee_id), DepositForm()
    if request.method == "GET" and known is not None:
        form.from_sum.data, form.percent.data = known.from_sum, known.percent
        form.rule.data = KEPT if known.kept else BACK
    if form.submitted():
        with form.reporting(), transaction():
            services.set_deposit_terms(
                payee_organisation_id=payee_id,
                from_sum=form.from_sum.data,
                percent=form.percent.data,
                kept=form.kept,
                by=person(),
            )
            flash(_("Written down. It holds for orders that are sent from now on."))
            return redirect_to("deposits.terms")
    return render("payments/desk/deposit.html", form=form, known=known)


@bp.route("/end", methods=["POST"])
@allow(policies.can_ask_deposits)
def end() -> Any:
    with transaction():
        services.end_deposit_terms(payee_organisation_id=_payee_id(), by=person())
    flash(_("Written down. Orders that are sent from now on ask no deposit."))
    return redirect_to("deposits.terms")


def _payee_id() -> int:
    cooperative = cooperatives.desk_cooperative(person())
    if cooperative is None:
        abort(404)
    return cooperative.organisation_id
