"""The order sheet: one quantity for each product, and what was pasted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict

from marketplace.catalogue.models import Product
from marketplace.foundation.web.fields import ChoiceField, LineField, Optional, QuantityField, TextField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.orders.pasted import Pasted

LONGEST_PASTE = 20_000


class SheetForm(Form):
    """Quantities are fields named quantity_<product id>; what must be chosen is named pick_<line>."""

    find = LineField(_l("Find a product"), longest=120, id="sheet-find")
    paste = TextField(_l("Paste from Excel"), longest=LONGEST_PASTE)

    products: Sequence[Product] = ()
    asked: Sequence[Pasted] = ()

    def quantity(self, product: Product) -> QuantityField:
        return self[f"quantity_{product.id}"]  # type: ignore[return-value]

    @property
    def wanted(self) -> dict[Product, Decimal]:
        """Where something was typed."""
        fields = {product: self.quantity(product).data for product in self.products}
        return {product: value.amount for product, value in fields.items() if value}

    def pick(self, line: Pasted) -> ChoiceField:
        return self[f"pick_{line.number}"]  # type: ignore[return-value]

    def refuse(self, product: Product, words: Any) -> None:
        """A row cannot be had like this: its sentence stands beside it."""
        field = self.quantity(product)
        field.errors = [*field.errors, str(words)]


def sheet_form(
    products: Sequence[Product], asked: Sequence[Pasted] = (), formdata: MultiDict[str, str] | None = None
) -> SheetForm:
    """One field for each product and one for each pasted line that means several."""
    fields: dict[str, Any] = {
        f"quantity_{product.id}": QuantityField(product.name, [Optional()], unit=product.sale_unit)
        for product in products
    }
    for line in asked:
        names = [(p.slug, f"{p.name} ({p.cooperative.called})") for p in line.choices]
        fields[f"pick_{line.number}"] = ChoiceField(
            line.text, [Optional()], choices=[("", _l("Please choose")), *names], validate_choice=False
        )
    made = type("Sheet", (SheetForm,), fields)
    form: SheetForm = made(formdata=formdata)
    form.products, form.asked = products, asked
    return form
