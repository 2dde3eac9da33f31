"""Settlement sheets of a contract, for both sides and the office: the same pages in the frame of each."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace.accounts import queries as accounts
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import Form, acted, allow, person, private, redirect_to, render
from marketplace.foundation.words import _
from marketplace.fulfilment import policies, services, settling, sheet_rows
from marketplace.fulfilment.forms.settlement import DeclineForm, DrawForm, InputsForm, disagree_form
from marketplace.fulfilment.models import InputAdvance, Settlement, SettlementLine
from marketplace.fulfilment.papers.settlement import TEMPLATE, context
from marketplace.fulfilment.queries import settlement as queries
from marketplace.fulfilment.states import TO_CONFIRM
from marketplace.linkage import agreement
from marketplace.linkage import policies as linkage_policies
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import Contract
from marketplace.linkage.queries.contract import side_of
from marketplace.linkage.reckoning.settlement import LineKind
from marketplace.linkage.seat import ContractSeat
from marketplace.linkage.states.contract import PARTIES, ContractSide

bp = Blueprint("settlements", __name__, url_prefix="/contracts")
bp.after_request(private)


def seat_of(contract: Contract) -> ContractSeat:
    return ContractSeat(side_of(person(), contract) or abort(404))


# --- a contract's sheets ------------------------------------------------------------------------------


@bp.route("/<contract:contract>/settlements", methods=["GET"])
@allow(policies.reads_settlements)
def list(contract: Contract) -> Any:
    return _list(contract)


def _list(contract: Contract, **forms: Form) -> Any:
    content = linkage.content_in_force(contract) or abort(404)
    fresh: dict[str, Form] = {"inputs": _inputs_form(), "no": DeclineForm(prefix="no-", formdata=None)}
    return render(
        "fulfilment/settlement/list.html",
        contract=contract,
        page=queries.sheets_of(contract.id, request.args.get("after")),
        standing=queries.standing_of(contract.id),
        book=queries.book_of(contract.id),
        deposit=queries.deposit_of(contract.id),
        deposit_agreed=agreement.deposit(content),
        agreed_inputs=content["advance"]["inputs"],
        advances=queries.advances_of(contract.id),
        unsettled=len(queries.unsettled(contract.id)),
        account=_statement_url(contract),
        seat=seat_of(contract),
        **{**fresh, **forms},
    )


def _statement_url(contract: Contract) -> str:
    """The statement between the two, as this reader finds it."""
    seller, buyer = contract.cooperative.organisation, contract.buyer
    if seller.id in person().organisation_ids:
        return f"/desk/money/buyers/{buyer.ref}"
    return f"/account/money/{buyer.ref}-{seller.ref}" if buyer.id in person().organisation_ids else ""


def _inputs_form() -> InputsForm:
    form = InputsForm(prefix="in-", formdata=None)
    form.given_on.data, form.once.data = clock.today(), secrets.token_hex(12)
    return form


@bp.route("/<contract:contract>/settlements/new", methods=["GET", "POST"])
@allow(policies.draws_settlement)
def new(contract: Contract) -> Any:
    """What it would say; drawn up by a press."""
    form = DrawForm()
    return acted(
        form,
        lambda: services.settlement.draw(
            contract=contract, last=form.last.data, deductions=form.deductions(), by=person()
        ),
        _("Drawn up. Both sides were asked to confirm it."),
        then=_to_sheet,
        again=lambda form: render(
            "fulfilment/settlement/new.html",
            contract=contract,
            form=form,
            told=_told(contract, form),
            missing_words=services.settlement.missing_words,
            seat=seat_of(contract),
        ),
    )


def _told(contract: Contract, form: DrawForm) -> settling.Proposal:
    """With what is typed; what is half typed is left out."""
    try:
        deductions = form.deductions()
    except Refusal:
        deductions = []
    return settling.proposal(contract, last=form.last.data, deductions=deductions)


def _to_sheet(settlement: Settlement) -> Any:
    return redirect_to("settlements.show", contract=settlement.contract, settlement=settlement)


# --- one sheet ----------------------------------------------------------------------------------------


@bp.route("/<contract:contract>/settlements/<settlement:settlement>", methods=["GET"])
@allow(policies.reads_settlement_of)
def show(contract: Contract, settlement: Settlement) -> Any:
    return _page(settlement)


def _page(settlement: Settlement, **forms: Form) -> Any:
    charge = queries.charge_of(settlement)
    given = [
        (line.words["vi"], -line.amount)
        for line in settlement.lines
        if line.kind is LineKind.DEDUCTION and not line.fact
    ]
    let_go = settlement.of(LineKind.INPUTS_LET_GO) or None
    fresh: dict[str, Form] = {"no": disagree_form(given, let_go=let_go, prefix="no-", formdata=None)}
    return render(
        "fulfilment/settlement/show.html",
        contract=settlement.contract,
        settlement=settlement,
        charge=charge,
        shares=queries.shares_of(settlement.parts),
        slips=slips_told(settlement.lines, seat_of(settlement.contract).side),
        due=services.settlement.due_day(settlement, clock.today()),
        instead=queries.replaced_by(settlement) if settlement.words else None,
        before=queries.settlement_by_id(settlement.replaces_id) if settlement.replaces_id else None,
        back_charge=queries.back_of(settlement),
        corrected_by=queries.corrected_by(settlement),
        signers=_signers(settlement),
        back_by=services.settlement.back_day(settlement),
        history=history_of("settlement", settlement.id),
        seat=seat_of(settlement.contract),
        **{**fresh, **forms},
    )


def _signers(settlement: Settlement) -> Sequence[str] | None:
    """Colleagues of the reader who may confirm it for their side; of the other side nobody is named."""
    contract, side = settlement.contract, seat_of(settlement.contract).side
    if settlement.state not in TO_CONFIRM or side not in PARTIES:
        return None
    organisation_id = contract.organisation_of(side)
    found = accounts.people_of(organisation_id)
    return [each.name for each in found if linkage_policies.signs_for(each, organisation_id)]


def slips_told(lines: Sequence[SettlementLine], side: ContractSide) -> dict[int, tuple[str, str]]:
    """Slip id → what it is called, and its page on this side."""
    slips = queries.slips_in(lines).items()
    if side is ContractSide.BUYER:
        return {
            key: (slip.called, url_for("buyer_arrivals.show", load=slip.delivery.ref)) for key, slip in slips
        }
    page = "desk_acceptances.show" if side is ContractSide.SELLER else "office_acceptances.show"
    return {key: (slip.called, url_for(page, acceptance=slip.ref)) for key, slip in slips}


@bp.route("/settlements/<settlement:settlement>/confirmation", methods=["POST"])
@allow(policies.confirms_settlement)
def confirm(settlement: Settlement) -> Any:
    return acted(
        Form(),
        lambda: services.settlement.confirm(settlement=settlement, by=person()),
        _("Confirmed. Thank you."),
        then=lambda _done: _to_sheet(settlement),
        again=lambda form: _page(settlement, form=form),
    )


@bp.route("/settlements/<settlement:settlement>/disagreement", methods=["POST"])
@allow(policies.disagrees_with_settlement)
def disagree(settlement: Settlement) -> Any:
    form = disagree_form([], prefix="no-")
    return acted(
        form,
        lambda: services.settlement.disagree(
            settlement=settlement,
            words=form.words.data,
            deductions=form.deductions(),
            refuser=form.said_refuser,
            let_go=form.let_go.data or Money(0) if "no-let_go" in request.form else None,
            by=person(),
        ),
        _("A new sheet stands instead. The other side reads your reason."),
        then=_to_sheet,
        again=lambda form: _page(settlement, no=form),
    )


@bp.route("/settlements/<settlement:settlement>/paper", methods=["GET"])
@allow(policies.reads_settlement)
def paper(settlement: Settlement) -> Any:
    """As it is printed, in both languages."""
    return render(TEMPLATE, **context(settlement))


@bp.route("/settlements/<settlement:settlement>/pdf", methods=["POST"])
@allow(policies.reads_settlement)
def pdf(settlement: Settlement) -> Any:
    return send_for(
        kind="fulfilment.settlement",
        values={"settlement_id": settlement.id},
        title=f"{settlement.number} {settlement.contract.title}",
        back=f"/contracts/{settlement.contract.ref}/settlements/{settlement.ref}",
    )


@bp.route("/settlements/<settlement:settlement>/sheet", methods=["GET"])
@allow(policies.reads_settlement)
def sheet(settlement: Settlement) -> Any:
    """For Excel."""
    return send_sheet(settlement.number, sheet_rows.columns(), sheet_rows.rows(settlement))


# --- what is given ahead ------------------------------------------------------------------------------


@bp.route("/<contract:contract>/inputs", methods=["POST"])
@allow(policies.gives_inputs)
def give_inputs(contract: Contract) -> Any:
    form = InputsForm(prefix="in-")
    return acted(
        form,
        lambda: services.ahead.give_inputs(
            contract=contract,
            item=form.item.data,
            quantity=form.quantity.data,
            unit=form.unit.data or "",
            value=form.value.data,
            given_on=form.given_on.data,
            once=(form.once.data or secrets.token_hex(12))[:40],
            by=person(),
        ),
        _("Written down. The seller is asked whether it came."),
        then=lambda _given: _to_list(contract),
        again=lambda form: _list(contract, inputs=form),
    )


@bp.route("/inputs/<input_advance:advance>/receipt", methods=["POST"])
@allow(policies.answers_inputs)
def receive_inputs(advance: InputAdvance) -> Any:
    return acted(
        Form(),
        lambda: services.ahead.confirm_inputs(advance=advance, by=person()),
        _("Written down as received. Sheets count it off from now on."),
        then=lambda _done: _to_list(advance.contract),
        again=lambda form: _list(advance.contract, form=form),
    )


@bp.route("/inputs/<input_advance:advance>/refusal", methods=["POST"])
@allow(policies.answers_inputs)
def decline_inputs(advance: InputAdvance) -> Any:
    form = DeclineForm(prefix="no-")
    return acted(
        form,
        lambda: services.ahead.decline_inputs(advance=advance, words=form.words.data, by=person()),
        _("The buyer reads your reason."),
        then=lambda _done: _to_list(advance.contract),
        again=lambda form: _list(advance.contract, no=form),
    )


def _to_list(contract: Contract) -> Any:
    return redirect_to("settlements.list", contract=contract)
