"""What a stand fills in on the days of a fair."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from wtforms import FileField, HiddenField

from marketplace.catalogue.models import Product
from marketplace.fairs.consent import CURRENT, TEXTS
from marketplace.fairs.countries import countries
from marketplace.fairs.models import BoothDay
from marketplace.fairs.services import GoodsSold
from marketplace.fairs.states import DEAL_KIND_LABELS, DealKind
from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    DecimalField,
    EmailField,
    LineField,
    ManyField,
    MoneyField,
    Needed,
    Optional,
    PhoneField,
    RadioField,
    TextField,
    TickField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.web.sending import ClientField, sent
from marketplace.foundation.words import _, _l

LARGEST = 10**15


class DayForm(Form):
    """One day's sales; each product has a quantity_<ref> and an amount_<ref>."""

    client = ClientField(validators=[Needed()])
    turn = WholeField("", [Optional()], least=1)
    version = WholeField("", [Optional()])
    cash = MoneyField(
        _l("All sales of the day"),
        [Optional()],
        least=0,
        description=_l("Empty: what the products add up to."),
    )
    orders = WholeField(_l("How many sales"), [Optional()], most=100_000)
    note = TextField(_l("Note"), [Optional()], longest=500)

    def written(self, goods: Sequence[Product]) -> dict[str, Any]:
        """As services.write_day takes it."""
        return {
            "client": self.client.data,
            "turn": self.turn.data or 1,
            "version": self.version.data or 0,
            "cash": self.cash.data,
            "orders": self.orders.data or 0,
            "note": self.note.data or "",
            "sold": [
                GoodsSold(
                    product=product,
                    quantity=self[f"quantity_{product.ref}"].data or Decimal(0),
                    amount=self[f"amount_{product.ref}"].data or Money(0),
                )
                for product in goods
            ],
        }


def day_form(goods: Sequence[Product], sheet: BoothDay | None, **kwargs: Any) -> DayForm:
    class Fields(DayForm):
        pass

    sold = {sale.product_id: sale for sale in sheet.sales} if sheet is not None else {}
    for product in goods:
        unit, sale = formats.unit_name(product.sale_unit, locale(), 2), sold.get(product.id)
        setattr(
            Fields,
            f"quantity_{product.ref}",
            DecimalField(
                _l("Sold, %(unit)s", unit=unit),
                [Optional()],
                most=10**7,
                default=sale.quantity if sale else None,
            ),
        )
        setattr(
            Fields,
            f"amount_{product.ref}",
            MoneyField(_l("Sum"), [Optional()], least=0, default=sale.amount if sale else None),
        )
    if sheet is None:
        return Fields(turn=1, version=0, **kwargs)
    told = {"cash": sheet.cash, "orders": sheet.orders, "note": sheet.note}
    return Fields(turn=1, version=sheet.version, **told, **kwargs)


class LeadForm(Form):
    """Whom the stand met."""

    client = ClientField(validators=[Needed()])
    company = LineField(_l("Company or place"), [Optional()], longest=160)
    name = LineField(_l("Name"), [Optional()], longest=120)
    phone = PhoneField(_l("Phone"), [Optional()])
    email = EmailField(_l("E-mail"), [Optional()])
    interests = ManyField(_l("Asked about"), [Optional()])
    words = TextField(_l("What they want"), [Optional()], longest=1000)
    card = FileField(_l("Photo of their card"), [Optional()])
    agreed = TickField(_l("They agree"))
    consent = HiddenField(default=CURRENT)

    def __init__(self, goods: Sequence[Product], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.goods = {product.ref: product for product in goods}
        self.interests.choices = [(product.ref, product.name) for product in goods]

    @property
    def agreement(self) -> Any:
        return TEXTS[CURRENT]

    def written(self) -> dict[str, Any]:
        """As services.take_lead takes it, the card without what tells where it was taken."""
        return {
            "client": self.client.data,
            "name": self.name.data or "",
            "company": self.company.data or "",
            "phone": self.phone.data or "",
            "email": self.email.data or "",
            "words": self.words.data or "",
            "interests": [self.goods[ref] for ref in self.interests.data or []],
            "card": sent(self.card, "card"),
            "consent_text": self.consent.data if self.agreed.data else "",
        }


class DealForm(Form):
    """A memorandum or a contract."""

    client = ClientField(validators=[Needed()])
    kind = RadioField(_l("What was signed"), [Needed()], choices=choices_of(DEAL_KIND_LABELS.items()))
    partner = LineField(_l("With whom"), [Needed()], longest=160)
    country = ChoiceField(_l("Country"), [Needed()], default="VN", choices=countries)
    product = ChoiceField(_l("Product"), [Optional()])
    quantity = DecimalField(
        _l("Quantity"), [Optional()], most=10**7, description=_l("In the unit in which the product is sold.")
    )
    price = MoneyField(_l("Price of one"), [Optional()], most=10**11)
    value = MoneyField(
        _l("Value"),
        [Optional()],
        least=0,
        most=LARGEST,
        description=_l("Empty: the quantity at its price."),
    )
    signed_on = DateField(_l("Signed on"), [Needed()])
    valid_until = DateField(_l("Valid until"), [Optional()])
    remark = TextField(_l("Note"), [Optional()], longest=500)
    file = FileField(_l("Photo or PDF of it"), [Optional()])

    def __init__(self, goods: Sequence[Product], day: dt.date, **kwargs: Any) -> None:
        super().__init__(signed_on=day, **kwargs)
        self.goods = {product.ref: product for product in goods}
        self.product.choices = [("", _("Several, or none")), *((p.ref, p.name) for p in goods)]

    def written(self) -> dict[str, Any]:
        """As services.sign_deal takes it."""
        return {
            "client": self.client.data,
            "kind": DealKind(self.kind.data),
            "partner": self.partner.data,
            "country": self.country.data,
            "product": self.goods.get(self.product.data or ""),
            "quantity": self.quantity.data or None,
            "price": Decimal(int(self.price.data)) if self.price.data is not None else None,
            "value": self.value.data,
            "signed_on": self.signed_on.data,
            "valid_until": self.valid_until.data,
            "words": self.remark.data or "",
            "file": sent(self.file, "file"),
        }
