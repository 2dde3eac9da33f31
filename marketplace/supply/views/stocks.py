"""What there is: the cooperative's stock page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.supply import policies, queries, services
from marketplace.supply.forms.stock import CountForm, HarvestForm, OpenForm
from marketplace.supply.models import Stock

bp = Blueprint("supply", __name__, url_prefix="/desk/supply")


@bp.route("", methods=["GET", "POST"])
@allow(policies.has_supply)
def stocks() -> Any:
    cooperative = cooperatives.desk_cooperative(person())
    if cooperative is None:
        abort(404)
    form = OpenForm(queries.uncounted_products(cooperative.id))
    if form.submitted():
        with form.reporting(), transaction():
            product = form.products[form.product.data]
            services.open_stock(
                product_id=product.id,
                unit=product.sale_unit,
                quantity=form.quantity.data.amount,
                by=person(),
            )
            flash(_("Now counted: %(name)s.", name=product.name_vi))
            return redirect_to("supply.stocks")
    page = queries.desk_stocks(cooperative.id, request.args.get("after"))
    return render("supply/stocks.html", page=page, form=form)


@bp.route("/<own_stock:stock>", methods=["GET"])
@allow(policies.can_count)
def stock(stock: Stock) -> Any:
    return _stock_page(stock, HarvestForm(stock, formdata=None), CountForm(stock, formdata=None))


@bp.route("/<own_stock:stock>/harvests", methods=["GET", "POST"])
@allow(policies.can_count)
def add_harvest(stock: Stock) -> Any:
    form = HarvestForm(stock)
    if form.submitted():
        with form.reporting(), transaction():
            services.add_harvest(
                stock=stock, quantity=form.quantity.data.amount, note=form.reason.data, by=person()
            )
            flash(_("Added to your stock."))
            return redirect_to("supply.stock", stock=stock.product.ref)
    return _stock_page(stock, form, CountForm(stock, formdata=None))


@bp.route("/<own_stock:stock>/count", methods=["GET", "POST"])
@allow(policies.can_count)
def count(stock: Stock) -> Any:
    form = CountForm(stock)
    if form.submitted():
        with form.reporting(), transaction():
            services.correct(
                stock=stock, counted=form.counted.data.amount, reason=form.reason.data, by=person()
            )
            flash(_("Your count is saved."))
            return redirect_to("supply.stock", stock=stock.product.ref)
    return _stock_page(stock, HarvestForm(stock, formdata=None), form)


def _stock_page(stock: Stock, harvest: HarvestForm, counting: CountForm) -> Any:
    return render(
        "supply/stock.html",
        stock=stock,
        harvest=harvest,
        counting=counting,
        claims=queries.held_claims(stock),
        moves=queries.moves_of(stock, request.args.get("after")),
    )
