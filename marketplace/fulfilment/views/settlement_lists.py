"""Lists of settlement sheets on each desk, and a member's own part of a pool's sheet."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.buyers import queries as buyers
from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.web import allow, person, private, render
from marketplace.foundation.words import _l
from marketplace.fulfilment import badges, policies
from marketplace.fulfilment.models import SettlementPart
from marketplace.fulfilment.queries import settlement as queries
from marketplace.fulfilment.views.settlement import slips_told
from marketplace.linkage.states.contract import ContractSide
from marketplace.payments import queries as payments

desk = Blueprint("desk_settlements", __name__, url_prefix="/desk/settlements")
buyer = Blueprint("buyer_settlements", __name__, url_prefix="/buyer/settlements")
office = Blueprint("office_settlements", __name__, url_prefix="/office/settlements")
for each in (desk, buyer, office):
    each.after_request(private)
FRAMES = {
    "desk": ("layout/desk.html", "", "seller"),
    "buyer": ("layout/account.html", "wrap", "buyer"),
    "office": ("layout/office.html", "", "office"),
}
TABS = {"open": (_l("To confirm"),), "to_pay": (_l("Waiting for payment"),), "paid": (_l("Paid"),)}


@desk.route("", methods=["GET"])
@allow(policies.has_settlements)
def list() -> Any:
    own = cooperatives.desk_cooperative(person()) or abort(404)
    told = {**TABS, "parts": (_l("My parts of pools"),)}
    tab, after = _tab(told), request.args.get("after")
    return _list(
        "desk",
        told,
        tab,
        queries.parts_for([own.id], after)
        if tab == "parts"
        else queries.sheets_between([own.organisation_id], tab, after),
        counts={"open": badges.sheets_to_confirm(person()), "parts": badges.parts_waiting(person())},
    )


def _list(desk: str, told: Any, tab: str, page: Any, counts: Any) -> Any:
    """Sheets, or members' parts of them, in the frame of whoever reads."""
    parts = tab == "parts"
    frame, wrap, side = FRAMES[desk]
    return render(
        "fulfilment/settlement/mine.html",
        frame=frame,
        wrap=wrap,
        side=side,
        home=f"{desk}_settlements.list",
        tabs_told=told,
        tab=tab,
        page=page,
        parts=parts,
        shares=queries.shares_of(page.rows) if parts else {},
        counts=counts,
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
        slips=slips_told(lines, ContractSide.SELLER),
        charge=payments.charge_for("pool_share", part.id),
    )


@buyer.route("", methods=["GET"], endpoint="list")
@allow(policies.buys_by_settlement)
def buyer_list() -> Any:
    own = buyers.company_of(person()) or abort(404)
    tab = _tab(TABS)
    page = queries.sheets_between([own.id], tab, request.args.get("after"))
    return _list("buyer", TABS, tab, page, counts={"open": badges.sheets_to_confirm(person())})


@office.route("", methods=["GET"], endpoint="list")
@allow(policies.keeps_settlements)
def office_list() -> Any:
    told = {"late": (_l("Late to pay"),), "parts": (_l("Parts not handed on in time"),), **TABS}
    tab, after = _tab(told, "late"), request.args.get("after")
    return _list(
        "office",
        told,
        tab,
        queries.parts_late(after) if tab == "parts" else queries.all_sheets(tab, after),
        counts=dict(zip(("late", "parts"), queries.count_late(), strict=True)),
    )


def _tab(known: Any, first: str = "open") -> str:
    tab = request.args.get("tab", first)
    return tab if tab in known else first
