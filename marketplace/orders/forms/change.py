"""Proposing a change, and answering one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wtforms import HiddenField

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.deliveries.states import Mode
from marketplace.foundation import clock, formats
from marketplace.foundation.money import Money
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    MoneyField,
    Optional,
    QuantityField,
    TimeField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.orders import queries
from marketplace.orders.models import Order, OrderLine
from marketplace.orders.proposal import Place, Proposal, Wish
from marketplace.places.fields import UnitField

OPENS, CLOSES = dt.time(7), dt.time(17)


class ChangeForm(Form):
    """One row for each line (quantity_<id>, price_<id>, product_<id>), and how it is handed over."""

    seen = HiddenField()
    day = DateField(_l("Another day"), [Optional()])
    opens = TimeField(_l("From"), [Optional()])
    closes = TimeField(_l("Until"), [Optional()])
    fee = MoneyField(_l("Another delivery fee"), [Optional()], least=0)
    place = UnitField(_l("Another commune or ward"), needed=False)
    street = LineField(_l("House number, street or hamlet"), [Optional()], longest=200)
    words = LineField(_l("A few words to the other side"), [Optional()], longest=300)

    def __init__(self, order: Order, products: Sequence[Product], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.order, self.products = order, {product.ref: product for product in products}
        for line in order.lines:
            chosen = self._product(line)
            if chosen is not None and chosen.sale_unit != line.unit:
                self[f"quantity_{line.id}"].read_in(chosen.sale_unit)

    @property
    def by_place(self) -> bool:
        """Whether the seller brings it: what is picked up has no address."""
        return bool(self.order.delivery["mode"] == Mode.OWN)

    def row(self, line: OrderLine) -> list[Any]:
        return [self[f"{what}_{line.id}"] for what in ("quantity", "price", "product")]

    def touched(self, line: OrderLine) -> bool:
        """Whether price or product of a line were written in: then they are shown."""
        _quantity, price, product = self.row(line)
        return bool(price.data or price.errors or product.data or product.errors)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if self.day.data and self.day.data < clock.today():
            self.day.errors = [_("This day is over. Please choose a later one.")]
            return False
        hours = self._hours()
        if fine and hours[0] >= hours[1]:
            self.closes.errors = [_("This is before the beginning.")]
            return False
        if fine and self.street.data and self.place.unit_id is None:
            self.place.errors = [_("Please write the name of your commune or ward.")]
            return False
        return fine

    def proposal(self) -> Proposal:
        return Proposal(
            wishes=[self._wish(line) for line in self.order.lines],
            delivery=self._way(),
            fee=None if self.fee.data == self.order.delivery_fee else self.fee.data,
            place=self._place(),
        )

    def _price_of(self, product: Product, quantity: Decimal) -> Money:
        """What the order's buyer pays for it today."""
        return catalogue.price_for(product, quantity, queries.agreed_with(self.order.group))

    def _wish(self, line: OrderLine) -> Wish:
        quantity, price, _product = self.row(line)
        product = self._product(line)
        amount = quantity.data.amount if quantity.data is not None else line.quantity
        usual = self._price_of(product, amount) if product else line.unit_price
        return Wish(line=line, quantity=amount, unit_price=price.data or usual, product=product)

    def _product(self, line: OrderLine) -> Product | None:
        return self.products.get(self[f"product_{line.id}"].data or "")

    def _hours(self) -> tuple[dt.time, dt.time]:
        """What was written, or the hours agreed so far, or those of a working day."""
        window = self.order.delivery.get("window") or {}
        was = [dt.time.fromisoformat(window[end]) for end in ("opens", "closes") if end in window]
        opens, closes = was if len(was) == 2 else (OPENS, CLOSES)
        return self.opens.data or opens, self.closes.data or closes

    def _way(self) -> dict[str, Any] | None:
        window = self.order.delivery.get("window") or {}
        if not (self.day.data or self.opens.data or self.closes.data):
            return None
        day = self.day.data or (dt.date.fromisoformat(window["day"]) if window else clock.today())
        opens, closes = self._hours()
        told = {"day": day.isoformat(), "opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
        return None if told == window else {**self.order.delivery, "window": told}

    def _place(self) -> Place | None:
        if self.place.unit_id is None:
            return None
        line1 = self.street.data or ""
        told = ", ".join(part for part in (line1, self.place.data) if part)
        return Place(line1=line1, unit_id=self.place.unit_id, told=told)


def change_form(order: Order, products: Sequence[Product]) -> ChangeForm:
    """Quantities as they are now; everything else is left empty and so stays."""

    class Fields(ChangeForm):
        pass

    others = [("", _("The same product")), *((p.ref, _offered(p)) for p in products)]
    for line in order.lines:
        setattr(Fields, f"quantity_{line.id}", _quantity(line))
        setattr(Fields, f"price_{line.id}", _price(line))
        setattr(Fields, f"product_{line.id}", ChoiceField(_("Another product instead"), choices=others))
    return Fields(order, products)


def _quantity(line: OrderLine) -> QuantityField:
    now = formats.amount(line.quantity, line.unit, locale())
    return QuantityField(
        line.name,
        [Optional()],
        unit=line.unit,
        least=-1,
        default=line.quantity,
        description=_("Now: %(amount)s; 0 leaves it out", amount=now),
    )


def _price(line: OrderLine) -> MoneyField:
    now = formats.vnd(line.unit_price, locale())
    return MoneyField(_("Another price"), [Optional()], description=_("Now: %(price)s", price=now))


def _offered(product: Product) -> str:
    price = formats.vnd(product.price, locale())
    unit = formats.unit_name(product.price_unit, locale())
    return f"{product.name}: {price}/{unit}"


class ChangeAnswerForm(Form):
    words = LineField(_l("Why not?"), [Optional()], longest=300)
