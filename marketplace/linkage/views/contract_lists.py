"""Lists of contracts of the three sides, and beginning one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, abort, request

from marketplace.accounts.models import Organisation
from marketplace.buyers import queries as buyers
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Page, db, transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.linkage import policies, queries, services
from marketplace.linkage.forms.contract import new_contract_form
from marketplace.linkage.queries.contract import ContractRow
from marketplace.linkage.seat import ContractSeat
from marketplace.linkage.states.contract import ContractSide

desk = Blueprint("desk_contracts", __name__, url_prefix="/desk/contracts")
buyer = Blueprint("buyer_contracts", __name__, url_prefix="/buyer/contracts")
office = Blueprint("office_contracts", __name__, url_prefix="/office/contracts")
TABS = {"live": (_l("In force"),), "open": (_l("Being agreed"),), "ended": (_l("Ended"),)}
Choices = Sequence[tuple[int, str]]


@desk.route("", methods=["GET"])
@allow(policies.sells_by_contract)
def list() -> Any:
    own = _cooperative()
    return _list(
        ContractSide.SELLER,
        lambda tab, after: queries.contracts_of_seller(own.id, person(), tab=tab, after=after),
    )


@desk.route("/new", methods=["GET", "POST"], endpoint="new")
@allow(policies.sells_by_contract)
def desk_new() -> Any:
    own = _cooperative()
    return _new(ContractSide.SELLER, [(own.id, own.name)], _buyers())


@buyer.route("", methods=["GET"], endpoint="list")
@allow(policies.buys_by_contract)
def buyer_list() -> Any:
    own = _company()
    return _list(
        ContractSide.BUYER,
        lambda tab, after: queries.contracts_of_buyer(own.id, person(), tab=tab, after=after),
    )


@buyer.route("/new", methods=["GET", "POST"], endpoint="new")
@allow(policies.buys_by_contract)
def buyer_new() -> Any:
    own = _company()
    return _new(ContractSide.BUYER, queries.selling_cooperatives(), [(own.id, own.name)])


@office.route("", methods=["GET"], endpoint="list")
@allow(policies.keeps_contracts)
def office_list() -> Any:
    return _list(
        ContractSide.OFFICE, lambda tab, after: queries.all_contracts(person(), tab=tab, after=after)
    )


@office.route("/new", methods=["GET", "POST"], endpoint="new")
@allow(policies.keeps_contracts)
def office_new() -> Any:
    return _new(ContractSide.OFFICE, queries.selling_cooperatives(), _buyers())


def _list(side: ContractSide, read: Callable[[str, str | None], Page[ContractRow]]) -> Any:
    tab = request.args.get("tab", "live")
    tab = tab if tab in TABS else "live"
    return render(
        "linkage/contract/list.html",
        seat=ContractSeat(side),
        page=read(tab, request.args.get("after")),
        tab=tab,
        tabs_told=TABS,
        signs=policies.names_signatories(person()),
    )


def _new(side: ContractSide, sellers: Choices, those_who_buy: Choices) -> Any:
    form = new_contract_form(sellers, those_who_buy)
    if form.submitted():
        with form.reporting(), transaction():
            contract = services.draft_contract(
                cooperative=db.session.get_one(Cooperative, int(form.seller.data)),
                buyer=db.session.get_one(Organisation, int(form.buyer.data)),
                title=form.title.data,
                by=person(),
            )
            flash(_("Begun. Fill in the sections, then offer it; until then only your side sees it."))
            return redirect_to("contracts.show", contract=contract.ref)
    return render(
        "linkage/contract/new.html",
        form=form,
        seat=ContractSeat(side),
        nobody=not (sellers and those_who_buy),
    )


def _cooperative() -> Cooperative:
    return cooperatives.desk_cooperative(person()) or abort(404)


def _company() -> Organisation:
    return buyers.company_of(person()) or abort(404)


def _buyers() -> Sequence[tuple[int, str]]:
    return [(each.id, each.name) for each in queries.buying_organisations()]
