"""A filled-in sheet becomes the page of a list's prices: what it changes, what stays, what cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from marketplace.catalogue.forms.price_list import ListPricesForm, list_prices_form, steps_written
from marketplace.catalogue.models import PriceList, Product
from marketplace.foundation import formats
from marketplace.foundation.errors import Refusal
from marketplace.foundation.sheets import Table
from marketplace.foundation.text import fold
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l, in_language

TITLES: dict[str, Any] = {
    "ref": _l("Code"),
    "name": _l("Name"),
    "unit": _l("Unit"),
    "public": _l("Everybody's price"),
    "price": _l("Agreed price"),
    "more": _l("Prices for more"),
}
READ = ("ref", "price", "more")


@dataclass(frozen=True)
class Note:
    """What becomes of one line of a sheet; `kind` is ok, same or bad."""

    line: int
    kind: str
    words: Any


def cells(price_list: PriceList, products: Sequence[Product]) -> list[list[Any]]:
    """The sheet's lines, in the order of its titles."""
    known = {item.product_id: item.steps for item in price_list.items}
    return [
        [
            product.slug,
            product.name_vi,
            formats.unit_name(product.sale_unit, locale()),
            int(product.price),
            int(known[product.id][0][1]) if product.id in known else None,
            steps_written(known.get(product.id, [])[1:], product.sale_unit),
        ]
        for product in products
    ]


def preview(
    table: Table, price_list: PriceList, products: Sequence[Product]
) -> tuple[ListPricesForm, list[Note]]:
    """The page filled in as the sheet says, and a note for each of its lines; nothing is saved.

    A product that is not in the sheet stays as it is. Raises Refusal without the columns Code and Agreed price.
    """
    places = _places(table.header)
    known = {product.slug: product for product in products}
    filled: MultiDict[str, str] = MultiDict()
    for _product, price, more in list_prices_form(products, price_list).rows(products):
        filled[price.name], filled[more.name] = price._value(), more._value()
    lines: dict[str, int] = {}
    notes = []
    for number, row in zip(table.lines, table.rows, strict=True):
        slug = row[places["ref"]].strip()
        if slug not in known:
            notes.append(Note(number, "bad", _("No product of yours has this code: the line is left out.")))
        elif slug in lines:
            notes.append(Note(number, "bad", _twice(known[slug])))
        else:
            lines[slug] = number
            _fill(filled, known[slug], row, places)
    form = list_prices_form(products, price_list, filled)
    form.validate()
    now = {item.product_id: item.steps for item in price_list.items}
    notes += [
        _judged(lines[product.slug], product, price, more, now)
        for product, price, more in form.rows(products)
        if product.slug in lines
    ]
    return form, sorted(notes, key=lambda note: note.line)


def _places(header: Sequence[str]) -> dict[str, int]:
    """Which part stands in which column, by its title in either language."""
    titles = {}
    for language in ("vi", "en"):
        with in_language(language):
            titles.update({fold(str(TITLES[part])): part for part in READ})
    places = {titles[fold(title)]: at for at, title in enumerate(header) if fold(title) in titles}
    if not {"ref", "price"} <= places.keys():
        raise Refusal(
            _l("We miss the column Code or the column Agreed price. Please use the sheet from here."),
            field="file",
        )
    return places


def _fill(
    filled: MultiDict[str, str], product: Product, row: Sequence[str], places: Mapping[str, int]
) -> None:
    filled[f"price_{product.id}"] = row[places["price"]].strip()
    if "more" in places:
        filled[f"more_{product.id}"] = row[places["more"]].strip()


def _judged(number: int, product: Product, price: Any, more: Any, now: Mapping[int, Any]) -> Note:
    if wrong := [*price.errors, *more.errors]:
        return Note(number, "bad", f"{product.name_vi}. {' '.join(map(str, wrong))}")
    before = now.get(product.id)
    wanted = None if price.data is None else [(0, price.data), *more.data]
    if before == wanted:
        return Note(number, "same", _("%(name)s stays as it is.", name=product.name_vi))
    if wanted is None:
        return Note(number, "ok", _("%(name)s is taken off the list.", name=product.name_vi))
    return Note(number, "ok", f"{product.name_vi}: {formats.vnd(price.data, locale())}")


def _twice(product: Product) -> str:
    return _("%(name)s stands in the sheet twice: this line is left out.", name=product.name_vi)
