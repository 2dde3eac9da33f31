"""Purchases above a limit, in the account of the organisation that buys."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from flask_login import current_user

from marketplace.buyers import policies as buyers_policies
from marketplace.buyers import queries as buyers
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.orders import policies, purchase, queries, services
from marketplace.orders.forms import ApprovalForm, DeclineForm, EmptyForm
from marketplace.orders.models import PurchaseRequest
from marketplace.orders.states import PURCHASE_LABELS, PURCHASE_TONES
from marketplace.orders.views.seats import only

bp = Blueprint("purchases", __name__, url_prefix="/account/company/requests")


@bp.route("", methods=["GET"])
@allow(buyers_policies.buys_for_company)
def list() -> Any:
    company = buyers.company_of(person())
    assert company is not None, "the door let only its people in"
    page = queries.requests_of(company.id, request.args.get("after"))
    return render(
        "orders/purchase_request/list.html",
        company=company,
        page=page,
        labels=PURCHASE_LABELS,
        tones=PURCHASE_TONES,
    )


@bp.route("/<purchase_request:asked>", methods=["GET"])
@allow(policies.sees_purchase)
def show(asked: PurchaseRequest) -> Any:
    return _page(asked)


@bp.route("/<purchase_request:asked>/approval", methods=["POST"])
@allow(policies.sees_purchase)
def approve(asked: PurchaseRequest) -> Any:
    only(policies.can_approve(current_user, asked))
    form = ApprovalForm()
    with form.reporting(), transaction():
        group = services.approve(request=asked, quote=form.quote.data or "", by=person())
        flash(_("Approved and sent. The cooperatives answer next."))
        return redirect_to("orders.group", group=group.ref)
    return _page(asked, form)


@bp.route("/<purchase_request:asked>/refusal", methods=["POST"])
@allow(policies.sees_purchase)
def decline(asked: PurchaseRequest) -> Any:
    only(policies.can_approve(current_user, asked))
    form = DeclineForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.decline(request=asked, words=form.words.data or "", by=person())
            flash(_("Not approved. Nothing was sent, and the goods are in their cart again."))
            return redirect_to("purchases.show", asked=asked)
    return _page(asked, form)


@bp.route("/<purchase_request:asked>/withdrawal", methods=["POST"])
@allow(policies.sees_purchase)
def take_back(asked: PurchaseRequest) -> Any:
    only(policies.can_take_back(current_user, asked))
    form = EmptyForm()
    with form.reporting(), transaction():
        services.take_back(request=asked, by=person())
        flash(_("Taken back. The goods are in your cart again."))
        return redirect_to("cart.show")
    return _page(asked, form)


def _page(asked: PurchaseRequest, form: Form | None = None) -> Any:
    """An open request at today's prices, an answered one as it was asked."""
    today = purchase.today(asked) if asked.is_open else None
    approval = form if isinstance(form, ApprovalForm) else ApprovalForm(formdata=None)
    if today is not None:
        approval.shows(today.quote)
    return render(
        "orders/purchase_request/show.html",
        asked=asked,
        today=today,
        form=form,
        approval=approval,
        declining=form if isinstance(form, DeclineForm) else DeclineForm(formdata=None),
        approvers=buyers.approvers(asked.organisation_id, asked.person_id) if asked.is_open else [],
        held_until=purchase.held_until(asked),
        place=purchase.goes_to(asked),
        label=PURCHASE_LABELS[asked.state],
        tone=PURCHASE_TONES[asked.state],
        history=history_of("purchase_request", asked.id),
    )
