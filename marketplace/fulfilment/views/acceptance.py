"""Slips of acceptance as the cooperative, the parties of a contract and the alliance read them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.cooperatives import queries as cooperatives
from marketplace.deliveries import policies as deliveries
from marketplace.documents import queries as documents
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.fulfilment import policies, queries, services, written
from marketplace.fulfilment.forms.acceptance import SellerSignForm
from marketplace.fulfilment.models import Acceptance
from marketplace.linkage.models import Contract
from marketplace.linkage.queries.contract import side_of
from marketplace.linkage.seat import ContractSeat

desk = Blueprint("desk_acceptances", __name__, url_prefix="/desk/acceptances")
office = Blueprint("office_acceptances", __name__, url_prefix="/office/acceptances")
contract_slips = Blueprint("contract_slips", __name__, url_prefix="/contracts")
for _bp in (desk, office, contract_slips):
    _bp.after_request(private)
TABS = {"waiting": (_l("Not over yet"),), "done": (_l("Agreed or decided"),)}


@desk.route("", methods=["GET"])
@allow(deliveries.has_deliveries)
def list() -> Any:
    own = cooperatives.desk_cooperative(person()) or abort(404)
    tab = _tab()
    page = queries.acceptance.slips_of_seller(own.id, tab=tab, after=request.args.get("after"))
    return render("fulfilment/acceptance/desk_list.html", tabs_told=TABS, tab=tab, page=page)


@desk.route("/<acceptance:acceptance>", methods=["GET", "POST"])
@allow(policies.sold_by)
def show(acceptance: Acceptance) -> Any:
    form = SellerSignForm(data={"name": person().name})
    if form.submitted():
        with form.reporting(), transaction():
            services.acceptance.sign_as_seller(acceptance=acceptance, name=form.name.data or "", by=person())
            flash(_("Signed. The slip is agreed."))
            return redirect_to("desk_acceptances.show", acceptance=acceptance)
    return render("fulfilment/acceptance/desk_show.html", form=form, **_told(acceptance))


@office.route("", methods=["GET"], endpoint="list")
@allow(policies.keeps_acceptances)
def office_list() -> Any:
    """What is not over yet: weighed for too long, waiting for the seller, disputed."""
    tab = _tab()
    page = queries.acceptance.slips_of_office(tab=tab, after=request.args.get("after"))
    return render("fulfilment/acceptance/office_list.html", tabs_told=TABS, tab=tab, page=page)


@office.route("/<acceptance:acceptance>", methods=["GET"], endpoint="show")
@allow(policies.keeps_acceptances)
def office_show(acceptance: Acceptance) -> Any:
    return render("fulfilment/acceptance/office_show.html", **_told(acceptance))


@contract_slips.route("/<contract:contract>/slips", methods=["GET"], endpoint="list")
@allow(policies.reads_slips)
def of_contract(contract: Contract) -> Any:
    """What left and what was accepted, row by row."""
    side = side_of(person(), contract) or abort(404)
    return render(
        "fulfilment/acceptance/of_contract.html",
        contract=contract,
        seat=ContractSeat(side),
        page=queries.acceptance.slips_of_contract(contract.id, request.args.get("after")),
        going=queries.load.unweighed(contract.id),
    )


def _told(acceptance: Acceptance) -> dict[str, Any]:
    return {
        "slip": acceptance,
        "papers": documents.about([written.about(acceptance)]),
        "history": history_of("acceptance", acceptance.id),
    }


def _tab() -> str:
    asked = request.args.get("tab", "")
    return asked if asked in TABS else "waiting"
