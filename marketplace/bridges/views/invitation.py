"""Behind the link that somebody got who was met at a fair: what they would like to buy."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request, url_for

from marketplace.bridges import fair_contact_becomes_request as contacts
from marketplace.bridges.forms import GoodsForm
from marketplace.buyers import queries as buyers
from marketplace.catalogue import queries as catalogue
from marketplace.foundation.db import transaction
from marketplace.foundation.web import flash, person, private, public, redirect_to, render
from marketplace.foundation.words import _

bp = Blueprint("from_fair", __name__, url_prefix="/from-fair")
bp.after_request(private)


@bp.route("/<string(minlength=20,maxlength=200):key>", methods=["GET", "POST"])
@public
def show(key: str) -> Any:
    lead = contacts.lead_behind(key)
    if lead is None:
        return render("bridges/gone.html", status=410)
    company = buyers.company_of(person())
    form = GoodsForm(contacts.goods_wanted(lead), catalogue.goods())
    if company is not None and form.submitted():
        with form.reporting(), transaction():
            need = contacts.ask_here(lead=lead, organisation=company, goods=form.chosen, by=person())
            flash(_("A draft is begun. Write how much and when."))
            return redirect_to("buyer_requests.show", need=need)
    here = request.path
    return render(
        "bridges/from_fair.html",
        lead=lead,
        form=form,
        company=company,
        key=key,
        sign_in=url_for("accounts.sign_in", next=here),
        register=url_for("accounts.register", next=here),
    )
