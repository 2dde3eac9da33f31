"""What a buyer owes each seller: their own, and of the organisations they act for."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for

from marketplace.documents import queries as documents
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import allow, person, render
from marketplace.foundation.words import _
from marketplace.payments import credits, papers, parties, policies, sheet, statements, written
from marketplace.payments.forms import PeriodForm
from marketplace.payments.parties import Account
from marketplace.payments.views.statement import asked_period

bp = Blueprint("owing", __name__, url_prefix="/account/money")


@bp.route("", methods=["GET"])
@allow(policies.may_owe)
def sellers() -> Any:
    page = statements.payees_of(parties.buying_as(person()), request.args.get("after"))
    return render("payments/owing/sellers.html", page=page)


@bp.route("/<own_account:account>", methods=["GET"])
@allow(policies.may_owe)
def sellers_statement(account: Account) -> Any:
    form = PeriodForm(request.args)
    form.validate()
    return render(
        "payments/owing/seller.html",
        form=form,
        statement=statements.statement(account, form.period, request.args.get("after")),
        ageing=statements.ageing(account),
        credit=credits.credit_of(account),
        papers=documents.beginning(written.between(account)),
    )


@bp.route("/<own_account:account>/sheet", methods=["GET"])
@allow(policies.may_owe)
def sellers_sheet(account: Account) -> Any:
    return send_sheet(
        _("Statement %(name)s", name=account.payee.name), sheet.columns(), sheet.rows(account, asked_period())
    )


@bp.route("/<own_account:account>/print", methods=["GET"])
@allow(policies.may_owe)
def sellers_print(account: Account) -> Any:
    back = url_for("owing.sellers_statement", account=account)
    return render(papers.TEMPLATE, back=back, **papers.context(account, asked_period()))


@bp.route("/<own_account:account>/pdf", methods=["POST"])
@allow(policies.may_owe)
def sellers_pdf(account: Account) -> Any:
    return send_for(
        kind="payments.statement",
        values=papers.values(account, asked_period()),
        title=_("Statement %(name)s", name=account.payee.name),
        back=url_for("owing.sellers_statement", account=account),
    )
