"""What buyers and sellers fill in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_login import current_user
from wtforms import HiddenField
from wtforms.validators import InputRequired

from marketplace.foundation.formats import amount
from marketplace.foundation.web.fields import (
    ChoiceField,
    EmailField,
    LineField,
    Needed,
    Optional,
    PhoneField,
    QuantityField,
    RadioField,
    TextField,
    TickField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.orders.models import CartItem, Order, OrderLine
from marketplace.orders.states import METHOD_LABELS, REASON_LABELS, Method
from marketplace.places.fields import UnitField


class AddForm(Form):
    """From a product's page: `product` is its slug."""

    product = HiddenField(validators=[Needed()])
    quantity = QuantityField(_l("Quantity"), [Needed()])


class ItemForm(Form):
    """How much of one product stays in the cart."""

    quantity = QuantityField(_l("Quantity"), [Needed()])

    def __init__(self, item: CartItem, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if item.product.sale_unit != "kg":
            self.quantity.read_in(item.product.sale_unit)


class CheckoutForm(Form):
    """Who buys, where it goes; each cooperative's delivery and payment are fields added by `with_parts`."""

    form_token = HiddenField(validators=[Needed()])
    quote = HiddenField()
    name = LineField(_l("Your full name"), [Needed()], longest=120)
    phone = PhoneField(_l("Phone number"), [Needed()])
    email = EmailField(_l("E-mail (may stay empty)"), [Optional()])
    buying_for = ChoiceField(_l("Buying for"), [Optional()], validate_choice=True)
    place = UnitField(_l("Commune or ward where you live"))
    street = LineField(_l("House number, street or hamlet"), [Needed()], longest=200)
    note = TextField(_l("Note for the seller (may stay empty)"), [Optional()], longest=1000)
    agree = TickField(
        _l("I have read the operating rules and the delivery and return terms"),
        [InputRequired(_l("Please read and tick this before you send."))],
    )

    def __init__(self, organisations: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.buying_for.choices = [("", _l("Myself")), *[(o.ref, o.name) for o in organisations]]


class PartForm(Form):
    """How one cooperative's part of the cart travels and is paid."""

    option = RadioField(_l("How you get it"), [Needed(_l("Please choose how you get it."))])
    method = RadioField(_l("How you pay"), [Needed(_l("Please choose how you pay."))])

    def __init__(
        self, cooperative_id: int, options: Sequence[Any], methods: Sequence[Method], **kw: Any
    ) -> None:
        super().__init__(prefix=f"c{cooperative_id}-", **kw)
        self.options = {option.key: option for option in options}
        self.option.choices = [(option.key, option.label) for option in options]
        self.method.choices = [(str(method), METHOD_LABELS[method]) for method in methods]
        if self.option.data not in self.options and options:
            self.option.data = options[0].key
        if self.method.data not in {str(method) for method in methods} and methods:
            self.method.data = str(methods[0])

    @property
    def chosen(self) -> Any:
        return self.options.get(self.option.data)


class RefusalForm(Form):
    reason = RadioField(
        _l("Why can you not send it?"),
        [Needed(_l("Please choose a reason."))],
        choices=list(REASON_LABELS.items()),
    )
    words = LineField(_l("A few words to the buyer"), [Optional()], longest=300)


class WithdrawalForm(Form):
    words = LineField(_l("Why (may stay empty)"), [Optional()], longest=300)


class EmptyForm(Form):
    """A single press of a button."""


def counter_form(order: Order) -> CounterForm:
    """A form with one quantity per line of the order."""

    class Fields(CounterForm):
        pass

    for line in order.lines:
        setattr(Fields, f"quantity_{line.id}", _less(line))
    return Fields()


class CounterForm(Form):
    """The cooperative offers less; quantities are fields named quantity_<line id>."""

    words = LineField(_l("A few words to the buyer"), [Optional()], longest=300)

    def quantities(self, order: Order) -> dict[int, Decimal]:
        return {line.id: self[f"quantity_{line.id}"].data.amount for line in order.lines}


def _less(line: OrderLine) -> QuantityField:
    asked = amount(line.asked, line.unit, locale())
    return QuantityField(
        _("%(name)s: how much can you send?", name=line.name),
        [Needed()],
        unit=line.unit,
        least=-1,
        default=line.asked,
        description=_("Asked: %(asked)s", asked=asked),
    )


def organisations_of(person: Any) -> list[Any]:
    """The buying organisations a person may buy for."""
    if person is None or not current_user.is_authenticated:
        return []
    return [m.organisation for m in person.memberships if m.organisation.kind == "buyer"]
