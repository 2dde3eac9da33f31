"""The payee's side: what came this week, what is expected, what to confirm."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.media import send_document
from marketplace.foundation.reference import random_ref
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.payments import policies, queries, services
from marketplace.payments.forms import ConfirmForm, PressForm, RefundForm
from marketplace.payments.models import Charge
from marketplace.payments.states import ENTRY_LABELS, METHOD_LABELS, EntryKind

bp = Blueprint("payments", __name__, url_prefix="/desk/money")


@bp.route("", methods=["GET"])
@allow(policies.has_money)
def money() -> Any:
    payee = _payee().organisation_id
    return render(
        "payments/desk/money.html",
        week=queries.week(payee),
        to_confirm=queries.to_confirm(payee),
        to_give_back=queries.to_give_back(payee),
        expected=queries.expected(payee, request.args.get("after")),
        account=cooperatives.verified_account(payee),
    )


@bp.route("/history", methods=["GET"])
@allow(policies.has_money)
def history() -> Any:
    page = queries.history(_payee().organisation_id, request.args.get("after"))
    return render("payments/desk/history.html", page=page)


@bp.route("/history.xlsx", methods=["GET"])
@allow(policies.has_money)
def export() -> Any:
    entries = queries.every_movement(_payee().organisation_id)
    columns = [
        _("Time"), _("Payer"), _("Transfer words"), _("What"), _("How"), _("Sum (đồng)"), _("Written by"),
    ]  # fmt: skip
    rows = [
        [
            clock.to_local(entry.at).replace(tzinfo=None),
            entry.charge.payer_name,
            entry.charge.transfer_ref,
            str(ENTRY_LABELS[entry.kind]),
            str(METHOD_LABELS[entry.method]),
            int(entry.amount) if entry.kind is EntryKind.CONFIRMED else -int(entry.amount),
            entry.by.name if entry.by else entry.provider,
        ]
        for entry in entries
    ]
    return send_sheet("tien-ve", columns, rows)


@bp.route("/<own_charge:charge>", methods=["GET"])
@allow(policies.takes_money)
def charge(charge: Charge) -> Any:
    return _page(charge)


@bp.route("/<own_charge:charge>/confirmation", methods=["POST"])
@allow(policies.can_confirm)
def confirm(charge: Charge) -> Any:
    form = ConfirmForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.confirm(charge=charge, amount=form.amount.data, provider_ref=form.key.data, by=person())
            flash(_("Written down. The buyer has been told."))
            return redirect_to("payments.charge", charge=charge)
    return _page(charge, confirming=form)


@bp.route("/<own_charge:charge>/not-found", methods=["POST"])
@allow(policies.can_confirm)
def not_found(charge: Charge) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.not_found(charge=charge, by=person())
        flash(_("The buyer has been asked to look again."), "wait")
        return redirect_to("payments.charge", charge=charge)
    return _page(charge, form=form)


@bp.route("/<own_charge:charge>/refund", methods=["POST"])
@allow(policies.takes_money)
def refund(charge: Charge) -> Any:
    form = RefundForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.record_refund(
                charge=charge,
                amount=form.amount.data,
                note=form.note.data or "",
                provider_ref=form.key.data,
                by=person(),
            )
            flash(_("Written down: the money is back with the buyer."))
            return redirect_to("payments.charge", charge=charge)
    return _page(charge, refunding=form)


@bp.route("/<own_charge:charge>/proof/<int:entry_id>", methods=["GET"])
@allow(policies.takes_money)
def proof(charge: Charge, entry_id: int) -> Any:
    entry = next((e for e in charge.entries if e.id == entry_id), None)
    if entry is None or entry.proof is None:
        abort(404)
    return send_document(entry.proof)


def _page(
    charge: Charge, confirming: Form | None = None, refunding: Form | None = None, form: Form | None = None
) -> Any:
    context: dict[str, Any] = {"form": form} if form is not None else {}
    return render(
        "payments/desk/charge.html",
        charge=charge,
        confirming=confirming or _fresh(ConfirmForm, charge.left),
        refunding=refunding or _fresh(RefundForm, charge.surplus),
        history=history_of("charge", charge.id),
        **context,
    )


def _fresh(kind: type[Form], amount: int) -> Form:
    """An empty form that proposes a sum and carries a key of its own."""
    return kind(formdata=None, data={"amount": amount or None, "key": random_ref()})


def _payee() -> Cooperative:
    cooperative = cooperatives.desk_cooperative(person())
    if cooperative is None:
        abort(404)
    return cooperative
