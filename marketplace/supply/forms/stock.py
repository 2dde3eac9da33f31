"""Changing a stock from the desk, and all products on one page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from wtforms import FieldList, FileField, FormField, HiddenField
from wtforms import Form as Part
from wtforms.validators import ValidationError

from marketplace.catalogue.models import Product
from marketplace.catalogue.states import PRODUCT_LABELS, ProductState
from marketplace.foundation import formats
from marketplace.foundation.errors import Refusal
from marketplace.foundation.formats import unit_name
from marketplace.foundation.web.fields import ChoiceField, LineField, MoneyField, Needed, QuantityField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.supply.models import Stock
from marketplace.supply.queries import Line, Standing
from marketplace.supply.services import MOVES, set_aside

NOTHING_SAVED = _l("Nothing is saved yet. Put right what is marked, then save again.")
GONE = _l("One of these products is no longer offered by you. Please open this page again.")


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
        self.product.choices = [(p.ref, f"{p.name} ({unit_name(p.sale_unit, locale())})") for p in products]

    def validate(self, extra_validators: Any = None) -> bool:
        chosen = self.products.get(self.product.data or "")
        if chosen is not None and chosen.sale_unit != self.quantity.unit:
            self.quantity.read_in(chosen.sale_unit)
        return super().validate(extra_validators)


class RowPart(Part):
    """One product on the page of all products. `seen` is what its page showed when it was opened."""

    ref = HiddenField()
    seen = HiddenField()
    price = MoneyField(_l("Price"), [Needed()])
    counted = QuantityField(_l("On hand"), least=-1)
    state = ChoiceField(_l("Sale"))
    line: Line | None = None

    def bind(self, line: Line | None) -> None:
        """Say which product this row is about: its unit, and where its sale may go from here."""
        self.line = line
        self.state.choices = _ways(line.product) if line else []
        if line and self.counted.raw_data:
            self.counted.read_in(line.product.sale_unit)

    def show(self, line: Line) -> None:
        """From now on the person has seen what stands today; what was typed stays."""
        self.seen.data = line.standing.written

    @property
    def before(self) -> Standing:
        assert self.line is not None, "asked only of rows that are bound"
        return Standing.read(self.seen.data or "") or self.line.standing

    @property
    def wanted(self) -> Standing:
        amount = self.counted.data
        return Standing(self.price.data, amount and amount.amount, ProductState(self.state.data))

    @property
    def counts_again(self) -> bool:
        """Another number than was shown, for goods that are counted already: it needs a reason."""
        return bool(self.line and self.line.stock and self.counted.data) and (
            self.counted.data.amount != self.before.counted
        )

    def refuse(self, refusal: Refusal) -> None:
        for name, message in refusal.fields.items():
            self[name].errors = [*self[name].errors, str(message)]

    def validate_price(self, field: Any) -> None:
        """What larger buyers pay stays below the price of one unit."""
        later = [tier.price for tier in self.line.product.tiers if tier.from_quantity] if self.line else []
        if field.data and later and field.data != self.before.price and field.data <= later[0]:
            price = formats.vnd(later[0], locale())
            raise ValidationError(
                _("Larger buyers pay %(price)s: write more than that, or open the product.", price=price)
            )

    def validate_counted(self, field: Any) -> None:
        stock = self.line.stock if self.line else None
        if stock is None or field.process_errors:
            return
        if field.data is None:
            raise ValidationError(_("Write how much there is: 0 when nothing is left."))
        if self.counts_again and field.data.amount < stock.reserved:
            raise ValidationError(str(set_aside(stock)))


class TableForm(Form):
    """Price, stock and sale of all products of a cooperative: saved together or not at all."""

    rows = FieldList(FormField(RowPart))
    reason = LineField(
        _l("Why the stock differs"),
        longest=200,
        description=_l("Only when you changed a stock: a loss, a gift, a counting error…"),
    )

    def __init__(self, lines: Sequence[Line], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for line in lines if not self.rows.entries else ():
            self.rows.append_entry(_shown(line))
        known = {line.product.ref: line for line in lines}
        for row in self.parts:
            row.bind(known.get(row.ref.data or ""))

    @property
    def parts(self) -> list[Any]:
        return [entry.form for entry in self.rows.entries]

    @property
    def marked(self) -> list[tuple[str, str]]:
        """(id, words) of every field that is in trouble, in the order of the page."""
        found = [
            (field.id, f"{row.line.product.name_vi}: {field.label.text}")
            for row in self.parts
            if row.line is not None
            for field in row
            if field.errors
        ]
        return [*found, (self.reason.id, self.reason.label.text)] if self.reason.errors else found

    def keep(self, refs: Collection[str]) -> None:
        """Leave out the rows of all other products."""
        self.rows.entries = [entry for entry in self.rows.entries if entry.form.ref.data in refs]

    def validate(self, extra_validators: Any = None) -> bool:
        if any(row.line is None for row in self.parts):
            self.problems.append(str(GONE))
            return False
        fine = super().validate(extra_validators)
        if any(row.counts_again for row in self.parts) and not self.reason.data and not self.reason.errors:
            self.reason.errors = [_("Please say why: loss, spoilage, counting error…")]
            fine = False
        if not fine:
            self.problems.append(str(NOTHING_SAVED))
        return fine


class SheetForm(Form):
    """A filled-in sheet to read prices, stocks and states from."""

    file = FileField(_l("Excel or CSV file"), [Needed(_l("Please choose a file first."))])


def _ways(product: Product) -> list[tuple[str, Any]]:
    """Where a sale stands, and where it may go from this page."""
    ways = [product.state, *(to for start, to in MOVES if start is product.state)]
    return [(str(state), PRODUCT_LABELS[state]) for state in ways]


def _shown(line: Line) -> dict[str, Any]:
    now = line.standing
    return {
        "ref": line.product.ref,
        "seen": now.written,
        "price": now.price,
        "counted": now.counted,
        "state": now.state,
    }
