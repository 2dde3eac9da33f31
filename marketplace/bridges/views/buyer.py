"""Deals that began at fairs, for a buying organisation: its own, and where its requests began."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace import config
from marketplace.bridges import forms, policies, queries, services, telling
from marketplace.bridges import request_says_where_it_began as began
from marketplace.bridges.models import DealPath
from marketplace.bridges.states import PATH_SIDE_LABELS, PathSide
from marketplace.buyers import queries as buyers
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _
from marketplace.linkage import need_words
from marketplace.linkage.models import Need
from marketplace.linkage.states.contract import ContractSide

bp = Blueprint("buyer_deals", __name__, url_prefix="/buyer/deals")
bp.after_request(private)


@bp.route("", methods=["GET"])
@allow(policies.buys_by_deals)
def list() -> Any:
    company = buyers.company_of(person()) or abort(404)
    return render(
        "bridges/buyer/list.html",
        page=queries.paths(organisation_ids=[company.id], after=request.args.get("after")),
    )


@bp.route("/<buyers_deal:path>", methods=["GET"])
@allow(policies.buys_by_deals)
def show(path: DealPath) -> Any:
    return _page(path, forms.ObjectionForm(formdata=None))


@bp.route("/<buyers_deal:path>/objections", methods=["POST"])
@allow(policies.objects_as_buyer)
def object_to(path: DealPath) -> Any:
    form = forms.ObjectionForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.object_to(path=path, side=PathSide.BUYER, words=form.words.data, by=person())
            flash(_("The alliance looks at it and answers."))
            return redirect_to("buyer_deals.show", path=path)
    return _page(path, form)


def _page(path: DealPath, form: forms.ObjectionForm) -> Any:
    return render(
        "bridges/own.html",
        frame="linkage/frame/buyer.html",
        path=path,
        stages=telling.timeline(path, ContractSide.BUYER),
        form=form,
        side=PathSide.BUYER,
        sides=PATH_SIDE_LABELS,
        months=config.current().deal_months,
    )


@bp.route("/of/<own_need:need>", methods=["GET", "POST"])
@allow(policies.says_where_it_began)
def say(need: Need) -> Any:
    """At which fair they met: a choice of those that know of it."""
    form = forms.WhereForm(began.choices(need))
    if form.submitted():
        with form.reporting(), transaction():
            began.say(need=need, happened=form.chosen, by=person())
            flash(_("Thank you. It helps the alliance to show what fairs bring."))
            return redirect_to("buyer_requests.show", need=need)
    return render("bridges/buyer/say.html", need=need, title=need_words.title(need), form=form)
