"""The order sheet: what one usually buys on one screen, by keyboard or pasted from Excel."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask import Blueprint, request
from werkzeug.datastructures import MultiDict

from marketplace.catalogue import indexing
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.web import allow, flash, person, private, redirect_to, render, signed_in
from marketplace.foundation.words import _, _l, _n
from marketplace.orders import carrying, pasted, queries, services
from marketplace.orders.forms.sheet import SheetForm, sheet_form
from marketplace.orders.pasted import Pasted

bp = Blueprint("sheet", __name__)
bp.after_request(private)
MOST_ROWS = 200
NOTHING_PUT = _l("Nothing is in your cart yet: please look at the marked rows.")


@dataclass
class Part:
    """The rows of one cooperative: product, price of one unit at the quantity typed, sum."""

    cooperative: Cooperative
    rows: list[tuple[Product, Money, Money]] = field(default_factory=list)

    @property
    def total(self) -> Money:
        return sum((row[2] for row in self.rows), Money(0))

    @property
    def weighed(self) -> bool:
        """Something is wanted whose sum the scale will say."""
        return any(product.weighed and total for product, _price, total in self.rows)


@bp.route("/order-sheet", methods=["GET", "POST"])
@allow(signed_in)
def sheet() -> Any:
    """Whatever button is pressed, what was typed stays: to look for more, to read what was pasted, to order."""
    typed, agreed = request.form.copy(), catalogue.agreed_for(person())
    _take_choices(typed)
    products = _rows(typed, agreed)
    read = pasted.read(typed.get("paste", ""), products)
    step = typed.get("step", "look")
    if step == "paste":
        products = _with_pasted(products, read, typed)
    several = [line for line in read if len(line.choices) > 1]
    asked = [line for line in several if not _chosen(line, typed)]
    form = sheet_form(products, asked, typed if request.method == "POST" else None)
    if form.submitted() and _fits(form) and step != "look":
        if step == "cart" and asked:
            form.problems.append(_("Some pasted lines mean several products: please choose below first."))
        elif step == "cart":
            with form.reporting(), transaction():
                count = _put_all(form)
                flash(_n("%(num)s product is in your cart.", "%(num)s products are in your cart.", count))
                return redirect_to("cart.show")
        if step.startswith("standing-"):
            return redirect_to("standing.start", line=_lines(form, step.removeprefix("standing-")))
    notes = read if step in {"paste", "cart"} else []
    return render(
        "orders/sheet/sheet.html",
        form=form,
        parts=_parts(form, agreed),
        notes=notes,
        picked=[(line.number, _chosen(line, typed)) for line in several if line not in asked],
        agreed=agreed,
        stairs=_stairs(products, agreed),
    )


def _take_choices(typed: MultiDict[str, str]) -> None:
    """A pasted line that meant several was chosen for: its quantity goes to that product's row."""
    for line in [name for name in typed if name.startswith("pick_") and typed[name]]:
        slug, amount = typed[line], typed.get(line.replace("pick_", "amount_"), "")
        for product in catalogue.products_to_order(slugs=[slug]):
            typed.add("more", slug)
            if not typed.get(f"quantity_{product.id}"):
                typed[f"quantity_{product.id}"] = amount


def _rows(typed: MultiDict[str, str], agreed: catalogue.Agreed) -> list[Product]:
    """What one buys usually, has a price for, has found or pasted; as many as one screen can bear."""
    ids = [*queries.usual_products(person()), *agreed.items, *indexing.ids_found(typed.get("find", ""))]
    slugs = typed.getlist("more")[:MOST_ROWS]
    return list(catalogue.products_to_order(ids=ids[:MOST_ROWS], slugs=slugs))


def _with_pasted(
    products: list[Product], read: Sequence[Pasted], typed: MultiDict[str, str]
) -> list[Product]:
    """The rows with those that were pasted; each quantity is filled in as if it had been typed."""
    known = {product.id: product for product in products}
    for line in read:
        if line.product is not None:
            known[line.product.id] = line.product
            typed[f"quantity_{line.product.id}"] = line.amount
    return list(known.values())


def _chosen(line: Pasted, typed: Mapping[str, str]) -> str:
    """What was chosen for a line, now or on an earlier page; "" while nothing was."""
    said = typed.get(f"pick_{line.number}") or typed.get(f"picked_{line.number}") or ""
    return said if said in {product.slug for product in line.choices} else ""


def _fits(form: SheetForm) -> bool:
    """Smallest order and step, row by row."""
    for product, amount in form.wanted.items():
        try:
            services.check_amount(product, amount)
        except Refusal as refusal:
            form.refuse(product, refusal.message)
    return not form.errors


def _put_all(form: SheetForm) -> int:
    """All rows or none: every row is tried, so that each trouble stands beside its field."""
    wanted = form.wanted
    if not wanted:
        raise Refusal(_l("Please write a quantity first."))
    cart, refused = carrying.cart_to_fill(), False
    for product in sorted(wanted, key=lambda product: product.id):
        try:
            services.put(cart=cart, product=product, quantity=wanted[product], by=person())
        except Refusal as refusal:
            form.refuse(product, refusal.message)
            refused = True
    if refused:
        raise Refusal(NOTHING_PUT)
    return len(wanted)


def _lines(form: SheetForm, cooperative: str) -> list[str]:
    """The rows of one cooperative, as the page of a new standing order takes them."""
    return [
        f"{product.slug}:{amount.normalize():f}"
        for product, amount in form.wanted.items()
        if str(product.cooperative_id) == cooperative
    ]


def _parts(form: SheetForm, agreed: catalogue.Agreed) -> list[Part]:
    parts: dict[int, Part] = {}
    wanted = form.wanted
    for product in form.products:
        amount = wanted.get(product, Decimal(0))
        price = catalogue.price_for(product, amount or product.min_order, agreed)
        part = parts.setdefault(product.cooperative_id, Part(product.cooperative))
        part.rows.append((product, price, catalogue.sum_for(product, amount, agreed)))
    return list(parts.values())


def _stairs(products: Sequence[Product], agreed: catalogue.Agreed) -> dict[int, str]:
    """For the running totals: [[from quantity, đồng], …] of each product, as JSON."""
    told = {}
    for product in products:
        own = [(start, price) for start, price, _list in agreed.stairs(product.id)]
        steps = own or [(tier.from_quantity, tier.price) for tier in product.tiers]
        told[product.id] = json.dumps([[float(start), int(price)] for start, price in steps])
    return told
