"""The cooperative's price lists: begun with a name and days, filled with prices and buyers, ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, request

from marketplace.catalogue import policies, queries, services
from marketplace.catalogue.forms import EmptyForm
from marketplace.catalogue.forms.price_list import (
    ListPricesForm,
    ListSheetForm,
    PriceListForm,
    list_prices_form,
)
from marketplace.catalogue.models import PriceList
from marketplace.catalogue.states import LIST_LABELS, LIST_TONES
from marketplace.catalogue.views import agreeing
from marketplace.catalogue.views.desk import own_cooperative
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.sheets import read_table, send_sheet
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _, _n

bp = Blueprint("price_lists", __name__, url_prefix="/desk/price-lists")


@bp.route("", methods=["GET"])
@allow(policies.has_products)
def lists() -> Any:
    return render(
        "catalogue/price_list/list.html", lists=queries.price_lists_of(own_cooperative().id), **_words()
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(policies.has_products)
def begin() -> Any:
    """`?like=` names a list whose prices and buyers the new one takes over."""
    like = queries.own_price_list(request.args.get("like", ""), person())
    form = PriceListForm(like)
    if form.submitted():
        with form.reporting(), transaction():
            price_list = services.begin_price_list(
                cooperative=own_cooperative(),
                name=form.name.data,
                valid_from=form.valid_from.data,
                valid_to=form.valid_to.data,
                like=like,
                by=person(),
            )
            flash(_("The list is there. Now the prices, then the buyers.") if like is None else _("Copied."))
            return redirect_to(
                "price_lists.prices" if like is None else "price_lists.show", price_list=price_list
            )
    return render("catalogue/price_list/new.html", form=form, like=like)


@bp.route("/<price_list:price_list>", methods=["GET"])
@allow(policies.can_price)
def show(price_list: PriceList) -> Any:
    return _page(price_list)


@bp.route("/<price_list:price_list>/prices", methods=["GET", "POST"])
@allow(policies.can_price)
def prices(price_list: PriceList) -> Any:
    products = queries.to_price(price_list.cooperative_id)
    form = list_prices_form(products, price_list)
    if form.submitted():
        with form.reporting(), transaction():
            changed = services.set_list_prices(
                price_list=price_list, prices=form.prices(products), by=person()
            )
            flash(_n("Saved: %(num)s price changed.", "Saved: %(num)s prices changed.", changed))
            return redirect_to("price_lists.show", price_list=price_list)
    return _prices_page(price_list, form)


@bp.route("/<price_list:price_list>/prices.xlsx", methods=["GET"])
@allow(policies.can_price)
def export(price_list: PriceList) -> Any:
    products = queries.to_price(price_list.cooperative_id)
    return send_sheet(price_list.name, list(agreeing.TITLES.values()), agreeing.cells(price_list, products))


@bp.route("/<price_list:price_list>/sheet", methods=["GET", "POST"])
@allow(policies.can_price)
def bring(price_list: PriceList) -> Any:
    """What the sheet would change stands in the page of prices, to look at; nothing is saved yet."""
    products = queries.to_price(price_list.cooperative_id)
    asked = ListSheetForm()
    if asked.submitted():
        with asked.reporting():
            table = read_table(asked.file.data.read(), asked.file.data.filename)
            form, notes = agreeing.preview(table, price_list, products)
            return _prices_page(price_list, form, notes=notes)
    return _prices_page(price_list, list_prices_form(products, price_list, None), asked)


@bp.route("/<price_list:price_list>/end", methods=["POST"])
@allow(policies.can_price)
def end(price_list: PriceList) -> Any:
    form = EmptyForm()
    with form.reporting(), transaction():
        services.end_price_list(price_list=price_list, by=person())
        flash(_("The list is over. Orders already placed keep their price."))
        return redirect_to("price_lists.lists")
    return _page(price_list, form)


def _page(price_list: PriceList, form: EmptyForm | None = None) -> Any:
    return render(
        "catalogue/price_list/show.html",
        price_list=price_list,
        form=form or EmptyForm(),
        beside=queries.beside(price_list),
        history=history_of("price_list", price_list.id),
        **_words(),
    )


def _prices_page(
    price_list: PriceList,
    form: ListPricesForm,
    asked: ListSheetForm | None = None,
    notes: Sequence[agreeing.Note] = (),
) -> Any:
    products = queries.to_price(price_list.cooperative_id)
    return render(
        "catalogue/price_list/prices.html",
        price_list=price_list,
        form=form,
        rows=form.rows(products),
        asked=asked or ListSheetForm(formdata=None),
        notes=notes,
    )


def _words() -> dict[str, Any]:
    return {"labels": LIST_LABELS, "tones": LIST_TONES, "day": clock.today()}
