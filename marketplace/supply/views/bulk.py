"""Price, stock and sale of all products on one page, and the same as a sheet: out, filled in, back to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort

from marketplace.catalogue.states import PRODUCT_LABELS
from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation import formats
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.sheets import read_table, send_sheet
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _n
from marketplace.supply import policies, queries, services
from marketplace.supply.forms.stock import GONE, NOTHING_SAVED, SheetForm, TableForm
from marketplace.supply.queries import Line
from marketplace.supply.views import reading

bp = Blueprint("bulk_products", __name__, url_prefix="/desk/products")


@bp.route("/prices", methods=["GET", "POST"])
@allow(policies.has_supply)
def sheet() -> Any:
    seller = _cooperative_id()
    form = TableForm(queries.lines_of(seller))
    if form.submitted():
        with form.reporting(), transaction():
            changed = _save(form, queries.lines_of(seller))
            flash(_n("Saved: %(num)s product changed.", "Saved: %(num)s products changed.", changed))
            return redirect_to("bulk_products.sheet")
        _look_again(form, queries.lines_of(seller))
    return _page(form)


@bp.route("/prices.xlsx", methods=["GET"])
@allow(policies.has_supply)
def export() -> Any:
    return send_sheet(
        _("products"),
        list(reading.TITLES.values()),
        [_cells(line) for line in queries.lines_of(_cooperative_id())],
    )


@bp.route("/prices/sheet", methods=["GET", "POST"])
@allow(policies.has_supply)
def bring() -> Any:
    """What the sheet would change stands in the page of all products, to look at; nothing is saved yet."""
    lines = queries.lines_of(_cooperative_id())
    asked = SheetForm()
    if asked.submitted():
        with asked.reporting():
            table = read_table(asked.file.data.read(), asked.file.data.filename)
            form, notes = reading.preview(table, lines)
            return _page(form, notes=notes)
    return _page(TableForm(lines, formdata=None), asked)


def _cooperative_id() -> int:
    cooperative = cooperatives.desk_cooperative(person())
    if cooperative is None:
        abort(404)
    return cooperative.id


def _save(form: TableForm, lines: Sequence[Line]) -> int:
    """All rows or none: every row is tried, so that each trouble stands beside its field. Counts the changed."""
    known = {line.product.ref: line for line in lines}
    if any(row.ref.data not in known for row in form.parts):
        raise Refusal(GONE)
    changed, refused = 0, False
    for row in sorted(form.parts, key=lambda row: known[row.ref.data].product.id):
        try:
            changed += services.revise(
                line=known[row.ref.data],
                seen=row.before,
                wanted=row.wanted,
                reason=form.reason.data,
                by=person(),
            )
        except Refusal as refusal:
            row.refuse(refusal)
            refused = True
    if refused:
        raise Refusal(NOTHING_SAVED)
    return changed


def _look_again(form: TableForm, lines: Sequence[Line]) -> None:
    """Whoever was told that somebody else was quicker has seen what stands now: saving again is meant so."""
    known = {line.product.ref: line for line in lines}
    for row in form.parts:
        row.bind(known.get(row.ref.data))
        if row.line is not None and row.errors:
            row.show(row.line)


def _page(form: TableForm, asked: SheetForm | None = None, notes: Sequence[reading.Note] = ()) -> Any:
    return render("supply/bulk.html", form=form, asked=asked or SheetForm(formdata=None), notes=notes)


def _cells(line: Line) -> list[Any]:
    """One line of the sheet, in the order of its titles."""
    product, stock = line.product, line.stock
    language = locale()
    later = [
        f"{formats.amount(tier.from_quantity, product.sale_unit, language)}: {formats.vnd(tier.price, language)}"
        for tier in product.tiers
        if tier.from_quantity
    ]
    return [
        product.ref,
        product.name_vi,
        product.grade,
        formats.unit_name(product.price_unit, language),
        int(product.price),
        "; ".join(later),
        stock.on_hand if stock else None,
        stock.reserved if stock else None,
        str(PRODUCT_LABELS[product.state]),
    ]
