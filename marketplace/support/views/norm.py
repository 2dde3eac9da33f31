"""Norms at the office: which are in force, adding one, ending one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.support import policies, queries, services
from marketplace.support.forms.norm import EndForm, norm_form
from marketplace.support.models import SupportNorm
from marketplace.support.states import Head

bp = Blueprint("support_norms", __name__, url_prefix="/office/support/norms")


@bp.route("", methods=["GET"])
@allow(policies.keeps_support)
def list() -> Any:
    page = queries.norms(after=request.args.get("after"))
    return render(
        "support/norm/list.html",
        page=page,
        uses=queries.uses_of([norm.id for norm in page.rows]),
        today=clock.today(),
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(policies.keeps_support)
def new() -> Any:
    """A new one; ?like=… begins with the lines of another."""
    form = norm_form(queries.norm_by_ref(request.args.get("like", ""), person()))
    if form.submitted():
        with form.reporting(), transaction():
            norm = services.add_norm(**form.values(), by=person())
            flash(_("The norm is kept. It counts from its first day."))
            return redirect_to("support_norms.show", norm=norm)
    return render("support/norm/edit.html", form=form, norm=None, heads=[*Head])


@bp.route("/<support_norm:norm>", methods=["GET"])
@allow(policies.keeps_support)
def show(norm: SupportNorm) -> Any:
    return _page(norm, EndForm(formdata=None, data={"last_day": norm.valid_until or clock.today()}))


@bp.route("/<support_norm:norm>/data", methods=["GET", "POST"])
@allow(policies.keeps_support)
def change(norm: SupportNorm) -> Any:
    form = norm_form(norm)
    if form.submitted():
        with form.reporting(), transaction():
            services.change_norm(norm=norm, **form.values(), by=person())
            flash(_("The norm is changed."))
            return redirect_to("support_norms.show", norm=norm)
    return render("support/norm/edit.html", form=form, norm=norm, heads=[*Head])


@bp.route("/<support_norm:norm>/end", methods=["POST"])
@allow(policies.keeps_support)
def end(norm: SupportNorm) -> Any:
    form = EndForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.end_norm(norm=norm, last_day=form.last_day.data, by=person())
            flash(_("The norm ends on that day. What was promised by it stands."))
            return redirect_to("support_norms.show", norm=norm)
    return _page(norm, form)


def _page(norm: SupportNorm, form: EndForm) -> Any:
    return render(
        "support/norm/show.html",
        norm=norm,
        form=form,
        used=queries.uses_of([norm.id]).get(norm.id, 0),
        history=history_of("support_norm", norm.id),
        today=clock.today(),
    )
