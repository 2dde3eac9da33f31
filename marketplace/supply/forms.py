"""Changing a stock from the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.catalogue.models import Product
from marketplace.foundation.formats import unit_name
from marketplace.foundation.web.fields import ChoiceField, LineField, Needed, QuantityField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.supply.models import Stock


class HarvestForm(Form):
    quantity = QuantityField(_l("How much came in"), [Needed()])
    reason = LineField(_l("Note (may stay empty)"), longest=200)

    def __init__(self, stock: Stock, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.quantity.unit = stock.unit


class CountForm(Form):
    counted = QuantityField(_l("How much there is now"), [Needed()], least=-1)
    reason = LineField(_l("Why it differs"), [Needed()], longest=200)

    def __init__(self, stock: Stock, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.counted.unit = stock.unit


class OpenForm(Form):
    """Begin to count one of the products that are not counted yet; the amount is in its sale unit."""

    product = ChoiceField(_l("Product"), [Needed()])
    quantity = QuantityField(_l("How much there is now"), [Needed()], least=-1)

    def __init__(self, products: Sequence[Product], **kwargs: Any) -> None:
        self.products = {product.ref: product for product in products}
        super().__init__(**kwargs)
        self.product.choices = [(p.ref, f"{p.name_vi} ({unit_name(p.sale_unit)})") for p in products]

    def validate(self, extra_validators: Any = None) -> bool:
        chosen = self.products.get(self.product.data or "")
        if chosen is not None and chosen.sale_unit != self.quantity.unit:
            self.quantity.read_in(chosen.sale_unit)
        return super().validate(extra_validators)
