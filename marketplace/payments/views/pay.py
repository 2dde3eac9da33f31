"""The payer's side: whoever holds the unguessable reference may look and say "I have paid"."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for

from marketplace.foundation import qr
from marketplace.foundation.db import transaction
from marketplace.foundation.media import receive_document
from marketplace.foundation.web import flash, person, public, render
from marketplace.foundation.web.pages import safe_next
from marketplace.foundation.words import _
from marketplace.payments import services, showing
from marketplace.payments.forms import PressForm, ReportForm
from marketplace.payments.models import Charge
from marketplace.payments.states import Method

bp = Blueprint("pay", __name__, url_prefix="/pay/<charge_by_ref:charge>")


@bp.after_request
def _private(response: Response) -> Response:
    """The address is the permission: neither caches nor search engines nor other sites shall learn it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@bp.route("", methods=["GET"])
@public
def show(charge: Charge) -> Any:
    return _page(charge)


@bp.route("/qr.svg", methods=["GET"])
@public
def code_svg(charge: Charge) -> Response:
    return _file(charge, showing.drawing(_payable(charge)).encode(), "image/svg+xml", "svg")


@bp.route("/qr.png", methods=["GET"])
@public
def code_png(charge: Charge) -> Response:
    return _file(charge, qr.png(showing.drawing(_payable(charge))), "image/png", "png")


@bp.route("/report", methods=["POST"])
@public
def report(charge: Charge) -> Any:
    form = ReportForm()
    if form.submitted():
        with form.reporting(), transaction():
            sent = form.proof.data
            proof = (
                receive_document(stream=sent, filename=sent.filename, by=person(), field="proof")
                if sent
                else None
            )
            services.report_paid(charge=charge, proof=proof, by=person())
            flash(_("Thank you. The cooperative looks at its account and confirms."))
            return _back(charge)
    return _page(charge, form=form)


@bp.route("/cash", methods=["POST"])
@public
def pay_in_cash(charge: Charge) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.change_method(charge=charge, method=Method.CASH, by=person())
        flash(_("Changed: you pay in cash when the goods arrive."))
        return _back(charge)
    return _page(charge, press=form)


@bp.route("/transfer", methods=["POST"])
@public
def pay_by_transfer(charge: Charge) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.change_method(charge=charge, method=Method.TRANSFER, by=person())
        flash(_("Changed: you pay by bank transfer."))
        return _back(charge)
    return _page(charge, press=form)


def _page(charge: Charge, **context: Any) -> Any:
    return render("payments/charge/show.html", charge=charge, **context)


def _payable(charge: Charge) -> Charge:
    """Only while there is something to transfer is there a code."""
    if charge.method is not Method.TRANSFER or not charge.has_account or charge.left <= 0:
        abort(404)
    return charge


def _file(charge: Charge, body: bytes, mimetype: str, ending: str) -> Response:
    answer = Response(body, mimetype=mimetype)
    kind = "attachment" if "download" in request.args else "inline"
    answer.headers["Content-Disposition"] = f'{kind}; filename="vietqr-{charge.transfer_ref}.{ending}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _back(charge: Charge) -> Any:
    here = url_for("pay.show", charge=charge)
    return redirect(safe_next(request.form.get("return"), here), 303)
