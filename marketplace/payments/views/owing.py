"""What a buyer owes each seller: their own, and of the organisations they act for."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for

from marketplace.foundation.web import allow, person, render
from marketplace.payments import parties, policies, statements
from marketplace.payments.parties import Account
from marketplace.payments.views import account as account_pages

bp = Blueprint("owing", __name__, url_prefix="/account/money")


@bp.route("", methods=["GET"])
@allow(policies.may_owe)
def sellers() -> Any:
    page = statements.payees_of(parties.buying_as(person()), request.args.get("after"))
    return render("payments/owing/sellers.html", page=page)


@bp.route("/<own_account:account>", methods=["GET"])
@allow(policies.may_owe)
def sellers_statement(account: Account) -> Any:
    return account_pages.shown("payments/owing/seller.html", account)


@bp.route("/<own_account:account>/sheet", methods=["GET"])
@allow(policies.may_owe)
def sellers_sheet(account: Account) -> Any:
    return account_pages.as_sheet(account, account.payee)


@bp.route("/<own_account:account>/print", methods=["GET"])
@allow(policies.may_owe)
def sellers_print(account: Account) -> Any:
    return account_pages.to_print(account, _back(account))


@bp.route("/<own_account:account>/pdf", methods=["POST"])
@allow(policies.may_owe)
def sellers_pdf(account: Account) -> Any:
    return account_pages.as_pdf(account, account.payee, _back(account))


def _back(account: Account) -> str:
    return url_for("owing.sellers_statement", account=account)
