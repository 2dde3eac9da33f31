"""Lists of settlement sheets on each desk, and a member's own part of a pool's sheet."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.buyers import queries as buyers
from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.web import allow, person, private, render
from marketplace.foundation.words import _l
from marketplace.fulfilment import policies
from marketplace.fulfilment.models import SettlementPart
from marketplace.fulfilment.queries import settlement as queries
from marketplace.fulfilment.views.settlement import slip_urls
from marketplace.linkage.states.contract import ContractSide
from marketplace.payments import queries as payments

desk = Blueprint("desk_settlements", __name__, url_prefix="/desk/settlements")
buyer = Blueprint("buyer_settlements", __name__, url_prefix="/buyer/settlements")
office = Blueprint("office_settlements", __name__, url_prefix="/office/settlements")
for each in (desk, buyer, office):
    each.after_request(private)
TABS = {"open": (_l("To confirm"),), "to_pay": (_l("Waiting for payment"),), "paid": (_l("Paid"),)}


@desk.route("", methods=["GET"])
@allow(policies.has_settlements)
def list() -> Any:
    own = cooperatives.desk_cooperative(person()) or abort(404)
    tab, after = _tab(TABS), request.args.get("after")
    parts = tab == "parts"
    return render(
        "fulfilment/settlement/mine.html",
        frame="layout/desk.html",
        wrap="",
        home="desk_settlements.list",
        tabs_told={**TABS, "parts": (_l("My parts of pools"),)},
        tab=tab,
        page=queries.parts_for([own.id], after)
        if parts
        else queries.sheets_between([own.organisation_id], tab, after),
        parts=parts,
        side="seller",
    )


@desk.route("/parts/<own_part:part>", methods=["GET"])
@allow(policies.reads_part)
def part(part: SettlementPart) -> Any:
    """A member's own kilograms, goods and share; nobody else's."""
    lines = queries.lines_of_part(part)
    return render(
        "fulfilment/settlement/part.html",
        part=part,
        settlement=part.settlement,
        lines=lines,
        slips=slip_urls(lines, ContractSide.SELLER),
        charge=payments.charge_for("pool_share", part.id),
    )


@buyer.route("", methods=["GET"], endpoint="list")
@allow(policies.buys_by_settlement)
def buyer_list() -> Any:
    own = buyers.company_of(person()) or abort(404)
    tab = _tab(TABS)
    return render(
        "fulfilment/settlement/mine.html",
        frame="layout/account.html",
        wrap="wrap",
        home="buyer_settlements.list",
        tabs_told=TABS,
        tab=tab,
        page=queries.sheets_between([own.id], tab, request.args.get("after")),
        parts=False,
        side="buyer",
    )


@office.route("", methods=["GET"], endpoint="list")
@allow(policies.keeps_settlements)
def office_list() -> Any:
    told = {"late": (_l("Late to pay"),), **TABS}
    tab = request.args.get("tab", "late")
    tab = tab if tab in told else "late"
    return render(
        "fulfilment/settlement/mine.html",
        frame="layout/office.html",
        wrap="",
        home="office_settlements.list",
        tabs_told=told,
        tab=tab,
        page=queries.all_sheets(tab, request.args.get("after")),
        parts=False,
        side="office",
    )


def _tab(known: Any) -> str:
    tab = request.args.get("tab", "open")
    return tab if tab in known or tab == "parts" else "open"
