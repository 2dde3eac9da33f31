"""Whom a price list of the cooperative holds for: those who bought before are at hand."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort

from marketplace.catalogue import policies as catalogue_policies
from marketplace.catalogue import services as catalogue
from marketplace.catalogue.models import PriceList
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.orders import queries
from marketplace.orders.forms import EmptyForm
from marketplace.orders.forms.list_buyer import ListBuyerForm

bp = Blueprint("list_buyers", __name__, url_prefix="/desk/price-lists")


@bp.route("/<price_list:price_list>/buyers", methods=["GET", "POST"])
@allow(catalogue_policies.can_price)
def buyers(price_list: PriceList) -> Any:
    form = _form(price_list)
    if form.submitted() and form.chosen is not None:
        with form.reporting(), transaction():
            member = catalogue.add_list_buyer(price_list=price_list, buyer=form.chosen, by=person())
            flash(_("The list holds for %(name)s now; they have been told.", name=member.name))
            return redirect_to("list_buyers.buyers", price_list=price_list)
    return _page(price_list, form)


@bp.route("/<price_list:price_list>/buyers/<int:member_id>/removal", methods=["POST"])
@allow(catalogue_policies.can_price)
def remove(price_list: PriceList, member_id: int) -> Any:
    member = next((each for each in price_list.members if each.id == member_id), None)
    if member is None:
        abort(404)
    form = EmptyForm()
    with form.reporting(), transaction():
        catalogue.remove_list_buyer(price_list=price_list, member=member, by=person())
        flash(_("%(name)s pays what everybody pays from now on.", name=member.name))
        return redirect_to("list_buyers.buyers", price_list=price_list)
    return _page(price_list, form)


def _form(price_list: PriceList, **kwargs: Any) -> ListBuyerForm:
    on_it = [member.organisation or member.person for member in price_list.members]
    others = [buyer for buyer in queries.buyers_of(price_list.cooperative_id) if buyer not in on_it]
    return ListBuyerForm(others, **kwargs)


def _page(price_list: PriceList, sent: Form) -> Any:
    form = sent if isinstance(sent, ListBuyerForm) else _form(price_list, formdata=None)
    return render("orders/desk/list_buyers.html", price_list=price_list, form=form, sent=sent)
