"""The cart."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.catalogue import queries as catalogue
from marketplace.foundation.db import transaction
from marketplace.foundation.web import flash, person, public, redirect_to, render
from marketplace.foundation.words import _
from marketplace.orders import carrying, services
from marketplace.orders.forms import AddForm, EmptyForm, ItemForm
from marketplace.orders.models import Cart, CartItem
from marketplace.orders.services import checkout

bp = Blueprint("cart", __name__)


@bp.route("/cart", methods=["GET"])
@public
def show() -> Any:
    return _cart_page(carrying.cart())


@bp.route("/cart/items", methods=["GET", "POST"])
@public
def add() -> Any:
    if request.method == "GET":
        return redirect_to("cart.show")
    form = AddForm()
    product = catalogue.product_by_slug(form.product.data or "")
    if product is None:
        abort(404)
    if product.sale_unit != "kg":
        form.quantity.read_in(product.sale_unit)
    if form.submitted():
        with form.reporting(), transaction():
            cart = carrying.cart_to_fill()
            services.put(cart=cart, product=product, quantity=form.quantity.data.amount, by=person())
            flash(_("%(name)s is in your cart.", name=product.name))
            return redirect_to("cart.show")
    return render("orders/cart/add.html", form=form, product=product)


@bp.route("/cart/items/<int:item_id>", methods=["POST"])
@public
def change(item_id: int) -> Any:
    cart, item = _item(item_id)
    form = ItemForm(item)
    if form.submitted():
        with form.reporting(), transaction():
            services.change(item=item, quantity=form.quantity.data.amount, by=person())
            return redirect_to("cart.show")
    return _cart_page(cart, form, item)


@bp.route("/cart/items/<int:item_id>/removal", methods=["POST"])
@public
def remove(item_id: int) -> Any:
    _cart, item = _item(item_id)
    form = EmptyForm()
    with form.reporting(), transaction():
        name = item.product.name
        services.remove(item=item, by=person())
        flash(_("%(name)s was taken out of your cart.", name=name))
    return redirect_to("cart.show")


def _item(item_id: int) -> tuple[Cart, CartItem]:
    cart = carrying.cart()
    item = next((i for i in cart.items if i.id == item_id), None) if cart else None
    if cart is None or item is None:
        abort(404)
    return cart, item


def _cart_page(cart: Cart | None, form: ItemForm | None = None, wrong: CartItem | None = None) -> Any:
    agreed = catalogue.agreed_for(person())
    parts = [
        {
            "cooperative": cooperative,
            "items": [(item, checkout.price_now(item, agreed)) for item in items],
            "total": checkout.goods_total(items, agreed),
        }
        for cooperative, items in (checkout.by_cooperative(cart) if cart else [])
    ]
    context: dict[str, Any] = {"form": form} if form is not None else {}
    return render("orders/cart/show.html", parts=parts, wrong=wrong, agreed=agreed, **context)
