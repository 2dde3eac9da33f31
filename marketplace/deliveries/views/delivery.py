"""What leaves and what arrives: the seller's desk, the buyer's receipt, papers."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries import entering, papers, policies, queries, receipts, services, written
from marketplace.deliveries.forms.delivery import (
    PackForm,
    PressForm,
    WeighingForm,
    dispatch_form,
    hand_over_form,
    pack_form,
    receipt_form,
    weighing_form,
)
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.states import DeliveryState, ReceivedHow
from marketplace.documents import queries as documents
from marketplace.documents.kinds import DocumentKind
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.web.pages import safe_next
from marketplace.foundation.words import _
from marketplace.growing import codes
from marketplace.growing import queries as growing
from marketplace.inbox import queries as inbox
from marketplace.payments import deposits
from marketplace.payments import queries as payments
from marketplace.payments import services as money
from marketplace.payments.deposits import Deposit
from marketplace.payments.models import Charge
from marketplace.payments.states import Way

bp = Blueprint("deliveries", __name__)
TO_PACK = DeliveryState.PLANNED
TO_SEND = (DeliveryState.PLANNED, DeliveryState.PACKED)


# --- the seller's desk ------------------------------------------------------------------------------


@bp.route("/desk/deliveries", methods=["GET"])
@allow(policies.has_deliveries)
def list() -> Any:
    seller = _seller()
    if request.args.get("tab") == "done":
        page = queries.done(seller.id, request.args.get("after"))
        return render("deliveries/desk/list.html", tab="done", page=page, days=[])
    going = queries.leaving(seller.id)
    days = [(day, [*found]) for day, found in groupby(going, key=lambda delivery: delivery.due_on)]
    return render("deliveries/desk/list.html", tab="going", page=None, days=days)


@bp.route("/desk/deliveries/<own_delivery:delivery>", methods=["GET"])
@allow(policies.sends)
def delivery(delivery: Delivery) -> Any:
    return _desk_page(delivery)


@bp.route("/desk/deliveries/<own_delivery:delivery>/packed", methods=["POST"])
@allow(policies.sends)
def pack(delivery: Delivery) -> Any:
    form = _packing(delivery)
    if form.submitted():
        with form.reporting(), transaction():
            services.pack(
                delivery=delivery, lots=form.lots(delivery), packed_on=form.packed_on.data, by=person()
            )
            flash(_("Packed. Now print the slip and the labels."))
            return redirect_to("deliveries.delivery", delivery=delivery)
    return _desk_page(delivery, form)


@bp.route("/desk/deliveries/<own_delivery:delivery>/unpacked", methods=["POST"])
@allow(policies.sends)
def unpack(delivery: Delivery) -> Any:
    """To be packed from other lots."""
    form = PressForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.unpack(delivery=delivery, by=person())
            flash(_("Unpacked. Please choose lots and pack again."))
            return redirect_to("deliveries.delivery", delivery=delivery)
    return _desk_page(delivery, form)


@bp.route("/desk/deliveries/<own_delivery:delivery>/weighing", methods=["GET", "POST"])
@allow(policies.sends)
def weigh(delivery: Delivery) -> Any:
    """What the scale shows; a slip of the pen is put right in the same way until the goods leave."""
    if not any(line.to_weigh for line in delivery.lines):
        abort(404)
    form = weighing_form(delivery)
    if form.submitted():
        with form.reporting(), transaction():
            services.weigh(delivery=delivery, weights=form.weights(delivery), by=person())
            flash(_weighed(delivery))
            return redirect_to("deliveries.delivery", delivery=delivery)
    return render("deliveries/desk/weigh.html", delivery=delivery, form=form)


def _weighed(delivery: Delivery) -> str:
    if queries.waits_for_buyer(delivery):
        return _(
            "Written down. It is further from what was agreed than the scale alone may decide: the buyer is asked."
        )
    return _("Written down. The sum follows the scale, and the buyer has been told.")


@bp.route("/desk/deliveries/<own_delivery:delivery>/dispatch", methods=["POST"])
@allow(policies.sends)
def dispatch(delivery: Delivery) -> Any:
    form = dispatch_form(delivery)
    if form.submitted():
        with form.reporting(), transaction():
            services.dispatch(
                delivery=delivery,
                quantities=form.quantities(delivery),
                vehicle=form.vehicle.data or "",
                carrier=form.with_whom(),
                by=person(),
            )
            flash(_("On its way. The buyer has been told."))
            return redirect_to("deliveries.delivery", delivery=delivery)
    return _desk_page(delivery, form)


@bp.route("/desk/deliveries/<own_delivery:delivery>/hand-over", methods=["POST"])
@allow(policies.sends)
def hand_over(delivery: Delivery) -> Any:
    """The buyer took the goods, and paid in cash where that was agreed."""
    if not receipts.kept_here(delivery):
        abort(404)
    form = hand_over_form(delivery)
    if form.submitted():
        with form.reporting(), transaction():
            charge = _cash_charge(delivery)
            if charge is not None and form.cash.data is not None:
                money.confirm(
                    charge=charge,
                    amount=form.cash.data,
                    by=person(),
                    provider_ref=f"delivery:{delivery.ref}",
                    note=delivery.number,
                )
            services.receive(
                delivery=delivery,
                quantities=form.quantities(delivery),
                how=ReceivedHow.SELLER,
                by=person(),
            )
            flash(_("Written down."))
            return redirect_to("deliveries.delivery", delivery=delivery)
    return _desk_page(delivery, form)


def _desk_page(delivery: Delivery, form: Form | None = None) -> Any:
    """The one next step of a delivery, with what was typed when it was refused."""
    charge = _cash_charge(delivery)
    if form is None and delivery.state in TO_SEND and queries.waits_for_scale(delivery):
        form = weighing_form(delivery, formdata=None)
    elif form is None and delivery.state is TO_PACK:
        form = _packing(delivery, formdata=None)
    dispatching, receiving = None, None
    if delivery.state in TO_SEND and not queries.waits_for_buyer(delivery):
        dispatching = form if hasattr(form, "vehicle") else dispatch_form(delivery, formdata=None)
    if delivery.state is DeliveryState.DISPATCHED and receipts.kept_here(delivery):
        cash = {"cash": deposits.due_at_hand_over(charge)} if charge else {}
        receiving = form if hasattr(form, "cash") else hand_over_form(delivery, formdata=None, data=cash)
    return render(
        "deliveries/desk/delivery.html",
        delivery=delivery,
        weighing=form if isinstance(form, WeighingForm) else None,
        packing=form if isinstance(form, PackForm) else None,
        dispatching=dispatching,
        receiving=receiving,
        form=form,
        charge=charge,
        deposit=_deposit(delivery),
        history=history_of("delivery", delivery.id),
        papers=documents.about([written.about(delivery), f"{delivery.source_kind}:{delivery.source_id}"]),
        load=queries.load_of(delivery.id),
        entry=inbox.newest_about(entering.DELIVERY, delivery.id),
    )


def _packing(delivery: Delivery, **kwargs: Any) -> PackForm:
    lots = growing.open_lots({line.product_id for line in delivery.lines})
    return pack_form(delivery, services.usual_lots(delivery.lines), lots, **kwargs)


def _cash_charge(delivery: Delivery) -> Charge | None:
    """What the buyer still owes in cash for this delivery's sale, or None."""
    charge = payments.charge_for(delivery.source_kind, delivery.source_id)
    if charge is None or charge.method is not Way.CASH or not deposits.due_at_hand_over(charge):
        return None
    return charge


def _deposit(delivery: Delivery) -> Deposit | None:
    """What should have come before the goods are packed."""
    charge = payments.charge_for(delivery.source_kind, delivery.source_id)
    return deposits.deposit_of(charge) if charge is not None and charge.deposit else None


# --- papers -----------------------------------------------------------------------------------------


@bp.route("/desk/deliveries/<own_delivery:delivery>/slip", methods=["GET"])
@allow(policies.sends)
def slip(delivery: Delivery) -> Any:
    return _paper(papers.SLIP, delivery)


@bp.route("/desk/deliveries/<own_delivery:delivery>/slip/pdf", methods=["POST"])
@allow(policies.sends)
def slip_pdf(delivery: Delivery) -> Any:
    return send_for(
        kind="deliveries.slip",
        values={"delivery": delivery.ref},
        title=_("Delivery slip %(number)s", number=delivery.number),
        back=url_for("deliveries.slip", delivery=delivery),
    )


@bp.route("/desk/deliveries/<own_delivery:delivery>/packing", methods=["GET"])
@allow(policies.sends)
def packing(delivery: Delivery) -> Any:
    return _paper(papers.PACKING, delivery)


def _paper(kind: DocumentKind, delivery: Delivery) -> Any:
    template, shown = papers.sheet(kind, delivery)
    return render(template, back=url_for("deliveries.delivery", delivery=delivery), **shown)


@bp.route("/desk/deliveries/<own_delivery:delivery>/labels", methods=["GET"])
@allow(policies.sends)
def labels(delivery: Delivery) -> Any:
    drawn = [(each, codes.drawn(each.lot)) for line in delivery.lines for each in line.lots]
    return render("deliveries/paper/labels.html", delivery=delivery, labels=drawn)


def _seller() -> Cooperative:
    cooperative = cooperatives.desk_cooperative(person())
    if cooperative is None:
        abort(404)
    return cooperative


# --- the buyer's receipt ----------------------------------------------------------------------------


@bp.route("/deliveries/<delivery:delivery>/receipt", methods=["GET", "POST"])
@allow(policies.gets)
def receive(delivery: Delivery) -> Any:
    """Everything arrived, or what did: a quantity left out means all of it."""
    if not receipts.kept_here(delivery):
        return redirect(delivery.link)
    form = receipt_form(delivery)
    back = safe_next(
        request.form.get("return"), delivery.link or url_for("deliveries.receive", delivery=delivery)
    )
    if form.submitted():
        with form.reporting(), transaction():
            services.receive(delivery=delivery, quantities=form.quantities(delivery), by=person())
            flash(_("Thank you. The cooperative has been told that the goods arrived."))
            return redirect(back, 303)
    return render("deliveries/delivery/receive.html", delivery=delivery, form=form, back=back)


@bp.after_request
def _private(response: Response) -> Response:
    """Whoever holds a delivery's reference sees it: keep it out of caches and search engines."""
    if request.endpoint == "deliveries.receive":
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "same-origin"
    return response
