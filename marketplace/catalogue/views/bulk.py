"""All prices and states of a cooperative on one page, and the same as a sheet: out, filled in, back with a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint

from marketplace.catalogue import forms, policies, queries, services
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import PRODUCT_LABELS, ProductState
from marketplace.catalogue.views import comparing
from marketplace.catalogue.views.desk import own_cooperative
from marketplace.foundation import formats, parsing
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.sheets import Table, read_table, send_sheet
from marketplace.foundation.text import fold
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l

bp = Blueprint("bulk_products", __name__, url_prefix="/desk/products")

MOVES = {
    (ProductState.PUBLISHED, ProductState.PAUSED): services.pause,
    (ProductState.PAUSED, ProductState.PUBLISHED): services.resume,
}
HEADINGS = {"ma": "ref", "code": "ref", "gia": "price", "price": "price"}


@dataclass(frozen=True)
class Note:
    """What became of one line of a sheet; `kind` is ok, same or bad."""

    line: int
    kind: str
    words: Any


@bp.route("/prices", methods=["GET", "POST"])
@allow(policies.has_products)
def sheet() -> Any:
    products = queries.all_of_cooperative(own_cooperative().id)
    form = forms.BulkForm([_row(product) for product in products])
    if form.submitted():
        with form.reporting(), transaction():
            changed = _save(own_cooperative().id, form)
            flash(_("Saved: %(count)s products changed.", count=changed))
            return redirect_to("bulk_products.sheet")
    return _page(form, products)


@bp.route("/prices.xlsx", methods=["GET"])
@allow(policies.has_products)
def export() -> Any:
    products = queries.all_of_cooperative(own_cooperative().id)
    columns = [_("Code"), _("Name"), _("Unit"), _("Price"), _("Sale"), _("Free")]
    rows = [
        [
            product.ref,
            product.name_vi,
            formats.unit_name(product.sale_unit, locale()),
            int(product.price),
            str(PRODUCT_LABELS[product.state]),
            product.available,
        ]
        for product in products
    ]
    return send_sheet(_("prices"), columns, rows)


@bp.route("/prices/sheet", methods=["GET", "POST"])
@allow(policies.has_products)
def bring() -> Any:
    """The sheet's prices stand in the page of all prices, to look at; nothing is saved yet."""
    products = queries.all_of_cooperative(own_cooperative().id)
    asked = forms.SheetForm()
    if asked.submitted():
        with asked.reporting():
            table = read_table(asked.file.data.read(), asked.file.data.filename)
            prices, notes = _read(table, products)
            rows = [{**_row(p), "price": prices.get(p.ref, p.price)} for p in products]
            return _page(forms.BulkForm(rows, written=False), products, notes=notes)
    rows = [_row(product) for product in products]
    return _page(forms.BulkForm(rows, written=False), products, asked)


def _page(
    form: forms.BulkForm,
    products: Sequence[Product],
    asked: forms.SheetForm | None = None,
    notes: Sequence[Note] = (),
) -> Any:
    return render(
        "catalogue/desk/bulk.html",
        form=form,
        asked=asked or forms.SheetForm(formdata=None),
        lines=list(zip(form.rows, products, strict=False)),
        notes=notes,
        labels=PRODUCT_LABELS,
        choices={product.ref: _choices(product) for product in products},
    )


def _row(product: Product) -> dict[str, Any]:
    return {"ref": product.ref, "price": product.price, "state": str(product.state)}


def _choices(product: Product) -> list[tuple[str, Any]]:
    """Where it stands, and where it may go from this page."""
    ways = [product.state, *(to for start, to in MOVES if start is product.state)]
    return [(str(state), PRODUCT_LABELS[state]) for state in ways]


def _save(cooperative_id: int, form: forms.BulkForm) -> int:
    """All rows or none; a refusal names the product."""
    products = {product.ref: product for product in queries.all_of_cooperative(cooperative_id)}
    changed = 0
    for row in form.rows:
        product = products.get(row.form.ref.data or "")
        if product is not None:
            try:
                changed += _save_row(product, row.form)
            except Refusal as refusal:
                raise Refusal(_l("%(name)s: %(why)s", name=product.name_vi, why=refusal.message)) from refusal
    return changed


def _save_row(product: Product, row: Any) -> bool:
    before = product.price, product.state
    price, state = Money(row.price.data), ProductState(row.state.data)
    if price != product.price:
        later = [(tier.from_quantity, tier.price) for tier in product.tiers if tier.from_quantity]
        services.change_price(product=product, tiers=[(comparing.ZERO, price), *later], by=person())
    if state is not product.state:
        move = MOVES.get((product.state, state))
        if move is None:
            raise Refusal(_l("This step is not possible here. Open the product for it."))
        move(product=product, by=person())
    return before != (product.price, product.state)


def _read(table: Table, products: Sequence[Product]) -> tuple[dict[str, Money], list[Note]]:
    """New prices by product code, and a note for each line of the sheet. Raises Refusal without headings."""
    places = {HEADINGS[fold(title)]: at for at, title in enumerate(table.header) if fold(title) in HEADINGS}
    if places.keys() != {"ref", "price"}:
        raise Refusal(
            _l("The sheet needs the columns Code and Price, as in the sheet you download here."), field="file"
        )
    known = {product.ref: product for product in products}
    prices: dict[str, Money] = {}
    notes = []
    for line, cells in zip(table.lines, table.rows, strict=True):
        product = known.get(cells[places["ref"]].strip())
        notes.append(_note(line, product, cells[places["price"]], prices))
    return prices, notes


def _note(line: int, product: Product | None, written: str, prices: dict[str, Money]) -> Note:
    if product is None:
        return Note(line, "bad", _("No product of yours has this code."))
    if product.ref in prices:
        return Note(line, "bad", _("%(name)s stands in the sheet twice.", name=product.name_vi))
    try:
        price = parsing.parse_money(written)
    except parsing.ParseError:
        return Note(line, "bad", _("%(name)s: we cannot read the price.", name=product.name_vi))
    if price < 1:
        return Note(line, "bad", _("%(name)s: a price is more than 0.", name=product.name_vi))
    prices[product.ref] = price
    if price == product.price:
        return Note(line, "same", _("%(name)s: unchanged.", name=product.name_vi))
    language = locale()
    old, new = formats.vnd(product.price, language), formats.vnd(price, language)
    return Note(line, "ok", _("%(name)s: from %(old)s to %(new)s.", name=product.name_vi, old=old, new=new))
