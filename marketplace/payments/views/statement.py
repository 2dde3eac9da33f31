"""What each buyer owes the desk's cooperative, and whom it trusts."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace.accounts.models import Organisation
from marketplace.cooperatives import queries as cooperatives
from marketplace.documents import queries as documents
from marketplace.foundation.db import transaction
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.payments import credits, papers, policies, services, sheet, statements, written
from marketplace.payments.forms import CreditForm, DayForm, EndCreditForm, PeriodForm
from marketplace.payments.models import Charge
from marketplace.payments.parties import Account
from marketplace.payments.states import CREDIT_STEP_LABELS

bp = Blueprint("statements", __name__, url_prefix="/desk/money")
TABS = ("owing", "late", "all")


@bp.route("/buyers", methods=["GET"])
@allow(policies.has_money)
def buyers() -> Any:
    tab = request.args.get("tab", "owing")
    tab = tab if tab in TABS else "owing"
    page = statements.buyers_of(_payee(), tab, request.args.get("after"))
    return render("payments/desk/buyers.html", page=page, tab=tab)


@bp.route("/buyers/<buyer_account:account>", methods=["GET"])
@allow(policies.has_money)
def buyer(account: Account) -> Any:
    form = PeriodForm(request.args)
    form.validate()
    period = form.period
    return render(
        "payments/desk/buyer.html",
        form=form,
        statement=statements.statement(account, period, request.args.get("after")),
        ageing=statements.ageing(account),
        credit=credits.credit_of(account),
        steps=CREDIT_STEP_LABELS,
        papers=documents.beginning(written.between(account)),
    )


@bp.route("/buyers/<buyer_account:account>/sheet", methods=["GET"])
@allow(policies.has_money)
def buyer_sheet(account: Account) -> Any:
    return send_sheet(
        _("Statement %(name)s", name=account.buyer.name), sheet.columns(), sheet.rows(account, asked_period())
    )


@bp.route("/buyers/<buyer_account:account>/print", methods=["GET"])
@allow(policies.has_money)
def buyer_print(account: Account) -> Any:
    back = url_for("statements.buyer", account=account)
    return render(papers.TEMPLATE, back=back, **papers.context(account, asked_period()))


@bp.route("/buyers/<buyer_account:account>/pdf", methods=["POST"])
@allow(policies.has_money)
def buyer_pdf(account: Account) -> Any:
    return send_for(
        kind="payments.statement",
        values=papers.values(account, asked_period()),
        title=_("Statement %(name)s", name=account.buyer.name),
        back=url_for("statements.buyer", account=account),
    )


@bp.route("/buyers/<buyer_account:account>/document", methods=["POST"])
@allow(policies.has_money)
def buyer_document(account: Account) -> Any:
    """The statement of these days with a number, as it will always be."""
    form = Form()
    with form.reporting(), transaction():
        document = services.issue_statement(account=account, period=asked_period(), by=person())
        return redirect_to("documents.show", document=document)
    for problem in form.problems:
        flash(problem, "bad")
    return redirect_to("statements.buyer", account=account)


@bp.route("/buyers/<buyer_account:account>/credit", methods=["GET", "POST"])
@allow(policies.can_grant)
def credit(account: Account) -> Any:
    """Let a buyer buy on account, or change how much."""
    known = credits.credit_of(account)
    form = CreditForm()
    if request.method == "GET" and known is not None:
        form.most.data, form.days.data = known.terms.most, known.terms.days
    if form.submitted():
        with form.reporting(), transaction():
            services.grant_credit(
                account=account,
                most=form.most.data,
                days=form.days.data,
                reason=form.reason.data,
                by=person(),
            )
            flash(_("Written down. %(name)s may now buy on account.", name=account.buyer.name))
            return redirect_to("statements.buyer", account=account)
    return render("payments/desk/credit.html", account=account, credit=known, form=form)


@bp.route("/buyers/<buyer_account:account>/credit/end", methods=["GET", "POST"])
@allow(policies.can_grant)
def credit_end(account: Account) -> Any:
    """Nothing new on account; what is owed stays as it was agreed."""
    form = EndCreditForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.end_credit(account=account, reason=form.reason.data, by=person())
            flash(_("Written down. What is owed already stays as agreed."))
            return redirect_to("statements.buyer", account=account)
    return render("payments/desk/credit_end.html", account=account, form=form)


@bp.route("/<own_charge:charge>/day", methods=["GET", "POST"])
@allow(policies.can_confirm)
def day(charge: Charge) -> Any:
    """Give the buyer a day by which to pay, or more time."""
    form = DayForm()
    if request.method == "GET":
        form.day.data = charge.due_on
    if form.submitted():
        with form.reporting(), transaction():
            services.agree_day(charge=charge, day=form.day.data, by=person())
            flash(_("Written down."))
            return redirect_to("payments.charge", charge=charge.ref)
    return render("payments/desk/day.html", charge=charge, form=form)


def asked_period() -> statements.Period:
    form = PeriodForm(request.values)
    form.validate()
    return form.period


def _payee() -> Organisation:
    cooperative = cooperatives.desk_cooperative(person())
    if cooperative is None:
        abort(404)
    return cooperative.organisation
