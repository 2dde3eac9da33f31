"""Pools at the office and on desks: the lists, and beginning one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, request

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.linkage import need_words, policies, pool_weeks, queries, services
from marketplace.linkage.forms.pool import NewPoolForm
from marketplace.linkage.models import Need
from marketplace.linkage.states import PoolState
from marketplace.linkage.views.pool import office

CHOICES = {
    "forming": (PoolState.FORMING,),
    "at_work": (PoolState.LOCKED, PoolState.ANSWERING, PoolState.WON, PoolState.DELIVERING),
    "ended": (PoolState.SETTLED, PoolState.LOST, PoolState.RETURNED, PoolState.DISSOLVED),
}


@office.route("", methods=["GET"])
@allow(policies.runs_pools)
def list() -> Any:
    chosen = request.args.get("state", "")
    return render(
        "linkage/pool/list.html",
        page=queries.pool.pools(CHOICES.get(chosen, ()), request.args.get("after")),
        chosen=chosen if chosen in CHOICES else "",
        title=need_words.title,
    )


@office.route("/needs", methods=["GET"])
@allow(policies.runs_pools)
def needs() -> Any:
    """For which request?"""
    return render(
        "linkage/pool/needs.html",
        frame="layout/office.html",
        new="office_pools.new",
        back="office_pools.list",
        page=queries.pool.needs_for_pools(person(), request.args.get("after")),
        title=need_words.title,
    )


@office.route("/new/<pooled_need:need>", methods=["GET", "POST"])
@allow(policies.runs_pools)
def new(need: Need) -> Any:
    return begin(need, queries.pool.possible_leads(need), "layout/office.html", "office_pools")


def begin(need: Need, leads: Sequence[Cooperative], frame: str, there: str) -> Any:
    """The form of a new pool."""
    left = pool_weeks.kilograms(need.left, need.unit)
    form = NewPoolForm(leads, data={"goal": left, "radius": 30, "rule": "by_capacity"})
    if form.submitted():
        chosen = next(each for each in leads if str(each.id) == form.lead.data)
        with form.reporting(), transaction():
            pool = services.form_pool(
                need=need, lead=chosen, **form.terms(), radius=form.radius.data, by=person()
            )
            flash(_("The pool is formed. Now invite its members."))
            return redirect_to(f"{there}.invite", pool=pool)
    return render(
        "linkage/pool/new.html", frame=frame, need=need, title=need_words.title(need), form=form, there=there
    )


def own_cooperative() -> Cooperative:
    return cooperatives.desk_cooperative(person()) or abort(404)
