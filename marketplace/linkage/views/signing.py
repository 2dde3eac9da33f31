"""Signing a contract: by a code, or on paper; the witness; who may sign."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.accounts import queries as accounts
from marketplace.accounts import throttle
from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationKind
from marketplace.accounts.throttle import Limit, TooOften
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.media import send_document
from marketplace.foundation.web import Form, allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.linkage import agreement, policies, queries, services
from marketplace.linkage.forms.contract import ScanForm, SignForm, WordsForm, signatory_form
from marketplace.linkage.models import ContractScan, ContractVersion
from marketplace.linkage.seat import ContractSeat
from marketplace.linkage.states.contract import ContractSide
from marketplace.linkage.terms import SECTIONS
from marketplace.linkage.views.contract import page, seat_of

bp = Blueprint("contract_signing", __name__, url_prefix="/contracts")
bp.after_request(private)
CODES = Limit("contract-code", 6, 3600)
TRIES = Limit("contract-sign", 8, 900)


@bp.route("/versions/<contract_version:version>", methods=["GET"])
@allow(policies.reads_contract_version)
def text(version: ContractVersion) -> Any:
    """The whole text, and under it what may be done about it."""
    return _text(version)


@bp.route("/versions/<contract_version:version>/code", methods=["POST"])
@allow(policies.signs_version)
def code(version: ContractVersion) -> Any:
    form = SignForm(formdata=None)
    with form.reporting():
        _count(CODES, version)
        with transaction():
            services.send_code(version=version, by=person())
            flash(_("We sent you a code of six digits: look into your notices or your mail."))
            return redirect_to("contract_signing.text", version=version)
    return _text(version, sign=form)


@bp.route("/versions/<contract_version:version>/signature", methods=["POST"])
@allow(policies.signs_version)
def sign(version: ContractVersion) -> Any:
    form = SignForm()
    if form.submitted():
        with form.reporting():
            _count(TRIES, version)
            with transaction():
                services.sign(
                    version=version,
                    code=form.digits,
                    seen=request.form.get("seen", ""),
                    name=person().name,
                    title=form.title.data,
                    by=person(),
                )
                flash(_("Signed."))
                return redirect_to("contracts.show", contract=version.contract)
    return _text(version, sign=form)


@bp.route("/versions/<contract_version:version>/scans", methods=["POST"])
@allow(policies.brings_scan)
def bring_scan(version: ContractVersion) -> Any:
    form = ScanForm()
    if form.submitted():
        with form.reporting():
            file = form.clean()
            with transaction():
                services.bring_scan(
                    version=version,
                    file=file,
                    seller_name=form.seller_name.data,
                    buyer_name=form.buyer_name.data,
                    signed_on=form.signed_on.data,
                    by=person(),
                )
                flash(_("The scan is kept. The other side is asked to confirm it."))
                return redirect_to("contracts.show", contract=version.contract)
    return _text(version, scan=form)


@bp.route("/scans/<contract_scan:scan>", methods=["GET"])
@allow(policies.reads_scan)
def scan(scan: ContractScan) -> Any:
    return send_document(scan.document)


@bp.route("/scans/<contract_scan:scan>/confirmation", methods=["POST"])
@allow(policies.answers_scan)
def confirm_scan(scan: ContractScan) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.confirm_scan(scan=scan, by=person())
        flash(_("Confirmed: both sides have signed on paper."))
        return redirect_to("contracts.show", contract=scan.version.contract)
    return page(scan.version.contract, form=form)


@bp.route("/scans/<contract_scan:scan>/refusal", methods=["POST"])
@allow(policies.answers_scan)
def refuse_scan(scan: ContractScan) -> Any:
    form = WordsForm(prefix="scan-")
    if form.submitted():
        with form.reporting(), transaction():
            services.refuse_scan(scan=scan, reason=form.words.data, by=person())
            flash(_("The other side was told that the paper is not in order."))
            return redirect_to("contracts.show", contract=scan.version.contract)
    return _text(scan.version, refusing=form)


@bp.route("/versions/<contract_version:version>/witness", methods=["POST"])
@allow(policies.witnesses_version)
def witness(version: ContractVersion) -> Any:
    form = Form()
    with form.reporting(), transaction():
        services.witness(version=version, by=person())
        flash(_("The alliance's stamp stands under the contract."))
        return redirect_to("contracts.show", contract=version.contract)
    return page(version.contract, form=form)


@bp.route("/signatories", methods=["GET", "POST"])
@allow(policies.names_signatories)
def signatories() -> Any:
    """Members whom the director lets sign."""
    own, members = _directed()
    form = signatory_form(members)
    if form.submitted():
        with form.reporting(), transaction():
            chosen = next(member for member in members if str(member.id) == form.person.data)
            services.name_signatory(organisation=own, person=chosen, paper=form.paper.data, by=person())
            flash(_("%(name)s may sign contracts now.", name=chosen.name))
            return redirect_to("contract_signing.signatories")
    seller = own.kind is OrganisationKind.COOPERATIVE
    return render(
        "linkage/contract/signatories.html",
        form=form,
        own=own,
        members=members,
        named=queries.signatories_of(own.id),
        seat=ContractSeat(ContractSide.SELLER if seller else ContractSide.BUYER),
    )


@bp.route("/signatories/<int:signatory_id>/ending", methods=["POST"])
@allow(policies.names_signatories)
def end_signatory(signatory_id: int) -> Any:
    own, _members = _directed()
    named = {each.id: each for each in queries.signatories_of(own.id)}
    signatory = named.get(signatory_id) or abort(404)
    form = Form()
    with form.reporting(), transaction():
        services.end_signatory(signatory=signatory, by=person())
        flash(_("No longer signs; what was signed stands."))
    return redirect_to("contract_signing.signatories")


def _text(version: ContractVersion, **forms: Form) -> Any:
    contract = version.contract
    content = queries.content_shown(version, person())
    in_force = queries.content_in_force(contract) if version.number else None
    parties = content["parties"]
    fresh: dict[str, Any] = {
        "sign": SignForm(formdata=None),
        "refusing": WordsForm(prefix="scan-", formdata=None),
        "scan": ScanForm(
            formdata=None,
            data={
                "seller_name": parties["seller_representative"],
                "buyer_name": parties["buyer_representative"],
                "signed_on": clock.today(),
            },
        ),
    }
    return render(
        "linkage/contract/text.html",
        contract=contract,
        version=version,
        content=content,
        sections=SECTIONS,
        lines=agreement.schedule(content) if content["goods"]["lines"] else [],
        differences=agreement.differences(in_force, content) if in_force is not None else [],
        code_sent=queries.living_code(version.id, person().id),
        waiting=queries.waiting_scan(version),
        seat=seat_of(contract),
        **{**fresh, **forms},
    )


def _count(limit: Limit, version: ContractVersion) -> None:
    """Codes and tries are counted before the try itself, so that a refused one counts too."""
    try:
        with transaction():
            throttle.count(limit, f"{version.id}:{person().id}")
    except TooOften as often:
        minutes = -(-often.seconds // 60)
        raise Refusal(_l("Tried too often. Please wait %(minutes)s minutes.", minutes=minutes)) from often


def _directed() -> tuple[Organisation, list[Any]]:
    """The organisation that this person directs, and its members besides them."""
    me = person()
    own = next(
        (
            m.organisation
            for m in me.memberships
            if me.is_director_of(m.organisation_id) and m.organisation.kind is not OrganisationKind.ALLIANCE
        ),
        None,
    )
    if own is None:
        abort(404)
    return own, [each for each in accounts.people_of(own.id) if each.id != me.id]
