"""Paying, for whoever holds the reference; confirming, for the payee."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, request, url_for

from marketplace.accounts import queries as people
from marketplace.accounts import services as accounts
from marketplace.accounts.again import asks_again
from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation import formats
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.drawing import qr
from marketplace.foundation.media import send_document
from marketplace.foundation.web import allow, flash, person, public, redirect_to, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.web.pages import safe_next
from marketplace.foundation.words import _
from marketplace.payments import deposits, gateways, leads, policies, queries, services
from marketplace.payments.forms import ConfirmForm, RefundForm, ReportForm
from marketplace.payments.models import Charge
from marketplace.payments.queries import bank_lines
from marketplace.payments.states import (
    CHARGE_LABELS,
    REFUND_LABELS,
    REFUND_REASON_LABELS,
    ChargeState,
    LineState,
    Way,
)

bp = Blueprint("payments", __name__)
TABS = {"open": queries.OPEN, "paid": (ChargeState.SETTLED,)}


@bp.route("/pay/<charge:charge>/qr.<any(svg, png):kind>", methods=["GET"])
@public
def code(charge: Charge, kind: str) -> Response:
    """The VietQR code to save; only while something is open."""
    step = gateways.GATEWAYS[charge.method].begin(charge) if charge.state in queries.OPEN else None
    if step is None or step.kind != "qr":
        abort(404)
    if kind == "png":
        answer = Response(qr.png(step.payload), mimetype="image/png")
    else:
        answer = Response(str(code_drawing(charge)), mimetype="image/svg+xml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{charge.transfer_ref}.{kind}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.route("/pay/<charge:charge>/report", methods=["POST"])
@public
def report(charge: Charge) -> Any:
    """ "I have paid": back to where the buyer came from."""
    form = ReportForm()
    back = safe_next(request.form.get("return"), url_for("accounts.sign_in"))
    with form.reporting(), transaction():
        proof = form.proof.data
        has_file = bool(proof and getattr(proof, "filename", ""))
        services.report_paid(
            charge=charge,
            stream=proof.stream if has_file else None,
            filename=proof.filename if has_file else "",
            by=person(),
        )
        flash(_("Thank you. The cooperative looks and confirms."))
    for problem in [*form.problems, *[e for errors in form.errors.values() for e in errors]]:
        flash(problem, "bad")
    return redirect(back, 303)


@bp.route("/desk/money", methods=["GET"])
@allow(policies.has_money)
def money() -> Any:
    cooperative = cooperatives.desk_cooperative(person())
    if cooperative is None:
        abort(404)
    tab = request.args.get("tab", "open")
    tab = tab if tab in TABS else "open"
    payee = cooperative.organisation_id
    return render(
        "payments/desk/money.html",
        page=queries.charges_of(payee, TABS[tab], request.args.get("after")),
        tab=tab,
        week=queries.this_week(payee),
        account=cooperatives.verified_account(payee),
        labels=CHARGE_LABELS,
        to_place=bank_lines.line_counts(payee)[LineState.OPEN],
    )


@bp.route("/desk/money/<own_charge:charge>", methods=["GET", "POST"])
@allow(policies.can_confirm)
def charge(charge: Charge) -> Any:
    """One charge: look at the proof, confirm what came."""
    form = ConfirmForm()
    if request.method == "GET":
        form.amount.data, form.once.data = charge.to_pay or None, secrets.token_hex(12)
    if form.submitted():
        with form.reporting(), transaction():
            services.confirm(
                charge=charge,
                amount=form.amount.data,
                way=Way.CASH if charge.method is Way.CARD else None,
                note=form.note.data or "",
                provider_ref=f"desk:{form.once.data[:40]}",
                by=person(),
            )
            flash(_("Written down."))
            return redirect_to("payments.charge", charge=charge.ref)
    return _charge_page(charge, form=form)


@bp.route("/desk/money/<own_charge:charge>/refund", methods=["POST"])
@allow(policies.can_confirm)
@asks_again()
def refund(charge: Charge) -> Any:
    form = RefundForm()
    if form.submitted():
        with form.reporting(), transaction():
            if people.is_alliance(charge.payee_organisation_id):
                if _to_be_agreed(charge, form):
                    flash(_("Proposed. Another officer has to agree before it counts as paid back."), "wait")
                    return redirect_to("payments.charge", charge=charge.ref)
            else:
                services.pay_back(
                    charge=charge, amount=form.amount.data, note=form.note.data or "", by=person()
                )
            flash(_("Written down."))
            return redirect_to("payments.charge", charge=charge.ref)
    return _charge_page(charge, refund=form)


def _to_be_agreed(charge: Charge, form: RefundForm) -> bool:
    """Money of the alliance: paid back at once, or proposed to another officer."""
    services.check_pay_back(charge=charge, amount=form.amount.data)
    note = form.note.data or ""
    proposed = accounts.act_or_propose(
        kind="refund",
        subject_id=charge.id,
        told=f"{charge.payer_name} · {charge.transfer_ref} · {formats.vnd(form.amount.data, locale())}",
        reason=note or charge.title or charge.transfer_ref,
        data={"amount": int(form.amount.data), "note": note},
        by=person(),
    )
    return proposed is not None


@bp.route("/desk/money/<own_charge:charge>/proof/<int:number>", methods=["GET"])
@allow(lambda user, charge, number: policies.can_confirm(user, charge))
def proof(charge: Charge, number: int) -> Any:
    """The buyer's proof, for the payee only."""
    found = next((r.document for r in charge.reports if r.id == number), None)
    if found is None:
        abort(404)
    return send_document(found)


def _charge_page(charge: Charge, **forms: Any) -> Any:
    return render(
        "payments/desk/charge.html",
        charge=charge,
        deposit=deposits.beside(charge),
        lead=leads.lead_of(charge),
        labels=CHARGE_LABELS,
        refunds=REFUND_LABELS,
        refund_reasons=REFUND_REASON_LABELS,
        bank=gateways.bank_name(charge.account_bin),
        history=history_of("charge", charge.id),
        form=forms.get("form") or _fresh(charge),
        refund_form=forms.get("refund") or RefundForm(formdata=None),
    )


def _fresh(charge: Charge) -> ConfirmForm:
    form = ConfirmForm(formdata=None)
    form.amount.data, form.once.data = charge.to_pay or None, secrets.token_hex(12)
    return form


def code_drawing(charge: Charge) -> Any:
    """The code as SVG for the page, marked as a sample in the demonstration."""
    step = gateways.GATEWAYS[charge.method].begin(charge)
    demo = current_app.extensions["settings"].demo
    title = _("Sample VietQR code, do not transfer money") if demo else _("VietQR code of this payment")
    return qr.svg(step.payload, title)
