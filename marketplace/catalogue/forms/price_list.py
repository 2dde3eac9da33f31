"""What a cooperative agrees on with some of its buyers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import FileField

from marketplace.catalogue.models import PriceList, Product
from marketplace.catalogue.services import Tiers
from marketplace.foundation import clock, formats, parsing
from marketplace.foundation.money import Money
from marketplace.foundation.web import Form
from marketplace.foundation.web.fields import DateField, LineField, MoneyField, Needed, Optional
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l

MOST_STEPS = 6


class PriceListForm(Form):
    """What a list is called and when it holds. Neither changes later."""

    name = LineField(
        _l("What do you call this list?"),
        [Needed()],
        longest=120,
        description=_l("For example: Supermarkets, winter 2027. Your buyers see this name."),
    )
    valid_from = DateField(_l("First day"), [Needed()])
    valid_to = DateField(_l("Last day"), [Needed()])

    def __init__(self, like: PriceList | None = None) -> None:
        super().__init__(data={"valid_from": clock.today(), "name": like.name if like else ""})


class StepsField(LineField):
    """Prices for more: "50: 12000; 200: 11000". `data` is [(from quantity, price), …]."""

    data: Any
    unit = "kg"

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        written = valuelist[0].strip() if valuelist else ""
        parts = [part for part in written.replace("\n", ";").split(";") if part.strip()]
        if len(parts) > MOST_STEPS:
            raise ValueError(_("%(n)s prices are enough.", n=MOST_STEPS))
        self.data = [self._step(part) for part in parts]

    def process_data(self, value: Any) -> None:
        self.data = value or []

    def _step(self, part: str) -> tuple[Decimal, Money]:
        start, colon, price = part.rpartition(":")
        try:
            if not colon:
                raise parsing.ParseError("no colon")
            return parsing.parse_quantity(start, self.unit).amount, parsing.parse_money(price)
        except parsing.ParseError as error:
            raise ValueError(
                _("We cannot read “%(part)s”. Write for example 50: 12000; 200: 11000.", part=part.strip())
            ) from error

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return steps_written(self.data or [], self.unit)


def steps_written(steps: Tiers, unit: str) -> str:
    """As the field reads it back."""
    return "; ".join(
        f"{formats.amount(start, unit, locale())}: {formats.number(int(price), locale())}"
        for start, price in steps
    )


class ListPricesForm(Form):
    """A price and prices for more for each product; without a price a product is not on the list."""

    def rows(self, products: Sequence[Product]) -> list[tuple[Product, Any, Any]]:
        return [(p, self[f"price_{p.id}"], self[f"more_{p.id}"]) for p in products]

    def prices(self, products: Sequence[Product]) -> dict[Product, Tiers | None]:
        """What is agreed; None where the price was left empty."""
        return {
            product: None if price.data is None else [(Decimal(0), price.data), *more.data]
            for product, price, more in self.rows(products)
        }


def list_prices_form(
    products: Sequence[Product], price_list: PriceList, formdata: MultiDict[str, str] | None = None
) -> ListPricesForm:
    """Two fields for each product, filled with what holds now, or with what a sheet says."""

    class Fields(ListPricesForm):
        pass

    known: dict[str, Any] = {}
    for product in products:
        setattr(Fields, f"price_{product.id}", MoneyField(_l("Agreed price"), [Optional()]))
        setattr(Fields, f"more_{product.id}", StepsField(_l("Prices for more")))
    for item in price_list.items:
        known[f"price_{item.product_id}"] = item.steps[0][1]
        known[f"more_{item.product_id}"] = item.steps[1:]
    form = Fields(data=known) if formdata is None else Fields(formdata=formdata)
    for product in products:
        if product.sale_unit != "kg":
            more = form[f"more_{product.id}"]
            more.unit = product.sale_unit
            if more.raw_data:
                _read_again(more)
    return form


def _read_again(more: StepsField) -> None:
    """What was typed, in the unit that is known only now."""
    more.process_errors = []
    try:
        more.process_formdata([str(written) for written in more.raw_data or []])
    except ValueError as error:
        more.process_errors.append(str(error))


class ListSheetForm(Form):
    """The list as an Excel sheet, filled in."""

    file = FileField(_l("The filled-in sheet"), [Needed(_l("Please choose the file first."))])
