"""Deals that began at fairs, on a cooperative's desk: its own, its contacts, what it signed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace import config
from marketplace.bridges import fair_contact_becomes_request as contacts
from marketplace.bridges import forms, policies, queries, services, telling
from marketplace.bridges.models import DealPath
from marketplace.bridges.states import PATH_SIDE_LABELS, PathSide
from marketplace.bridges.views.office import link_signed
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.fairs.models import FairDeal, FairLead
from marketplace.fairs.states import DEAL_KIND_LABELS
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _
from marketplace.linkage.states.contract import ContractSide

bp = Blueprint("desk_deals", __name__, url_prefix="/desk/deals")
bp.after_request(private)


def _own() -> Cooperative:
    return cooperatives.desk_cooperative(person()) or abort(404)


@bp.route("", methods=["GET"])
@allow(policies.sells_by_deals)
def list() -> Any:
    return render(
        "bridges/desk/list.html",
        page=queries.paths(cooperative_id=_own().id, after=request.args.get("after")),
    )


@bp.route("/<sellers_deal:path>", methods=["GET"])
@allow(policies.sells_by_deals)
def show(path: DealPath) -> Any:
    return _page(path, forms.ObjectionForm(formdata=None))


@bp.route("/<sellers_deal:path>/objections", methods=["POST"])
@allow(policies.objects_as_seller)
def object_to(path: DealPath) -> Any:
    form = forms.ObjectionForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.object_to(path=path, side=PathSide.SELLER, words=form.words.data, by=person())
            flash(_("The alliance looks at it and answers."))
            return redirect_to("desk_deals.show", path=path)
    return _page(path, form)


def _page(path: DealPath, form: forms.ObjectionForm) -> Any:
    return render(
        "bridges/own.html",
        frame="bridges/frame/desk.html",
        path=path,
        stages=telling.timeline(path, ContractSide.SELLER, _own().id),
        form=form,
        side=PathSide.SELLER,
        sides=PATH_SIDE_LABELS,
        months=config.current().deal_months,
    )


@bp.route("/contacts", methods=["GET"])
@allow(policies.sells_by_deals)
def contacts_list() -> Any:
    """Whom the stands of this cooperative met."""
    return render(
        "bridges/desk/contacts.html",
        page=queries.contacts_of(_own().id, after=request.args.get("after")),
    )


@bp.route("/contacts/<own_deal_contact:lead>", methods=["GET"])
@allow(policies.sells_by_deals)
def contact(lead: FairLead) -> Any:
    return _contact(lead, forms.PressForm(formdata=None))


@bp.route("/contacts/<own_deal_contact:lead>/invitation", methods=["POST"])
@allow(policies.invites_contact)
def invite(lead: FairLead) -> Any:
    form = forms.PressForm()
    with form.reporting(), transaction():
        contacts.invite(lead=lead, by=person())
        flash(_("Ready: the link stands below.") if not lead.email else _("The letter is on its way."))
        return redirect_to("desk_deals.contact", lead=lead)
    return _contact(lead, form)


def _contact(lead: FairLead, form: forms.PressForm) -> Any:
    invited = queries.invitation_of(lead.id)
    return render(
        "bridges/desk/contact.html",
        lead=lead,
        form=form,
        invited=invited,
        became=contacts.request_of(lead) is not None,
        address=f"{request.host_url.rstrip('/')}{contacts.path_for(lead)}" if invited is not None else "",
        back=url_for("desk_deals.contacts_list"),
    )


@bp.route("/signed", methods=["GET"])
@allow(policies.sells_by_deals)
def signed_list() -> Any:
    return render(
        "bridges/signed_list.html",
        frame="bridges/frame/desk.html",
        page=queries.signed_unlinked(cooperative_id=_own().id, after=request.args.get("after")),
        kinds=DEAL_KIND_LABELS,
        there="desk_deals",
    )


@bp.route("/signed/<own_deal_signed:deal>", methods=["GET", "POST"])
@allow(policies.links_signed)
def signed(deal: FairDeal) -> Any:
    return link_signed(deal, "desk_deals", "bridges/frame/desk.html")
