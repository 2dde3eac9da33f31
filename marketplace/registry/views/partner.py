"""Partners at the office: who they are, and what they gave to whom."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.registry import policies, queries, services
from marketplace.registry.forms.recognition import HelpForm, PartnerForm, ReasonForm
from marketplace.registry.models import Partner, PartnerHelp
from marketplace.registry.states.partner import HelpKind

bp = Blueprint("office_partners", __name__, url_prefix="/office/partners")


@bp.route("", methods=["GET", "POST"], endpoint="list")
@allow(policies.keeps_members)
def partners() -> Any:
    form = PartnerForm()
    if form.submitted():
        with form.reporting(), transaction():
            partner = services.add_partner(**form.values(), by=person())
            flash(_("The partner is entered."))
            return redirect_to("office_partners.show", partner=partner)
    return render(
        "registry/partner/list.html", form=form, partners=queries.partners(), sums=queries.sums_of_partners()
    )


@bp.route("/<partner:partner>", methods=["GET", "POST"])
@allow(policies.keeps_members)
def show(partner: Partner) -> Any:
    """What it gave; more is entered here."""
    form = HelpForm(data={"day": clock.today()})
    if form.submitted():
        with form.reporting(), transaction():
            services.note_help(
                partner=partner,
                kind=HelpKind(form.kind.data),
                day=form.day.data,
                activity=form.activity.data,
                cooperative=queries.meant(form.cooperative.data, "cooperative")
                if form.cooperative.data
                else None,
                amount=form.amount.data,
                source=form.source.data or "",
                by=person(),
            )
            flash(_("The help is entered."))
            return redirect_to("office_partners.show", partner=partner)
    return render(
        "registry/partner/show.html",
        partner=partner,
        form=form,
        page=queries.helps_of(partner_id=partner.id, after=request.args.get("after")),
    )


@bp.route("/<partner:partner>/helps/<partner_help:help>/withdrawal", methods=["GET", "POST"])
@allow(policies.keeps_members)
def withdraw(partner: Partner, help: PartnerHelp) -> Any:
    if help.partner_id != partner.id:
        abort(404)
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.withdraw_help(help=help, reason=form.reason.data, by=person())
            flash(_("Withdrawn. It counts no more."))
            return redirect_to("office_partners.show", partner=partner)
    return render("registry/partner/withdraw.html", partner=partner, help=help, form=form)
