"""What buyers and sellers fill in."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_login import current_user
from wtforms import HiddenField
from wtforms.validators import InputRequired, ValidationError

from marketplace.accounts.states import Purpose, asked
from marketplace.buyers.models import Depot
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
from marketplace.orders import on_account
from marketplace.orders.forms.depot import ToDepotForm
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


class CheckoutForm(ToDepotForm):
    """Who buys, where it goes; each cooperative's delivery and payment are fields added by `with_parts`.

    Whoever buys for an organisation chooses one of its depots; an address is only written for any other place.
    """

    form_token = HiddenField(validators=[Needed()])
    quote = HiddenField()
    name = LineField(_l("Your full name"), [Needed()], longest=120)
    phone = PhoneField(_l("Phone number"), [Needed()])
    email = EmailField(_l("E-mail"), [Optional()])
    buying_for = ChoiceField(_l("Buying for"), [Optional()], validate_choice=True)
    place = UnitField(_l("Commune or ward where you live"))
    street = LineField(_l("House number, street or hamlet"), [Needed()], longest=200)
    note = TextField(_l("Note for the seller"), [Optional()], longest=1000)
    papers_seen = TickField(_l("I have seen which papers are missing; order all the same"))
    agree = TickField(
        _l("I have read the operating rules and the delivery and return terms"),
        [InputRequired(_l("Please read and tick this before you send."))],
    )

    news = TickField(asked(Purpose.NEWS), [Optional()])

    def __init__(
        self, organisations: Sequence[Any] = (), depots: Sequence[Depot] = (), **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.organisations = organisations
        self.buying_for.choices = [("", _l("Myself")), *[(o.ref, o.name) for o in organisations]]
        self.offer_depots(depots, organisations)

    @property
    def organisation(self) -> Any:
        """For whom it is bought: the depot's, else the one that was named, else nobody but themselves."""
        if self.chosen_depot is not None:
            return self.chosen_depot.organisation
        return next((o for o in self.organisations if o.ref == self.buying_for.data), None)

    @property
    def unit_id(self) -> int | None:
        """The commune that fees and ways are reckoned for."""
        depot = self.chosen_depot
        return depot.address.unit_as_written_id if depot is not None else self.place.unit_id


class PartForm(Form):
    """How one cooperative's part of the cart travels and is paid; `part_form` adds each way's dates."""

    option = RadioField(_l("How you get it"), [Needed(_l("Please choose how you get it."))])
    method = RadioField(_l("How you pay"), [Needed(_l("Please choose how you pay."))])

    def __init__(
        self,
        cooperative_id: int,
        options: Sequence[Any],
        methods: Sequence[Method],
        later: str = "",
        **kw: Any,
    ) -> None:
        super().__init__(prefix=f"c{cooperative_id}-", **kw)
        self.options = {option.key: option for option in options}
        self.option.choices = [(option.key, option.label) for option in options]
        self.method.choices = [(str(method), METHOD_LABELS[method]) for method in methods]
        if later and Method.TRANSFER in methods:
            self.method.choices.append((on_account.CHOICE, later))
        if self.option.data not in self.options and options:
            self.option.data = options[0].key
        if self.method.data not in dict(self.method.choices) and methods:
            self.method.data = str(methods[0])

    @property
    def chosen(self) -> Any:
        return self.options.get(self.option.data)

    @property
    def on_account(self) -> bool:
        return self.method.data == on_account.CHOICE

    @property
    def way_to_pay(self) -> Method:
        """What is bought on account is paid by transfer, later."""
        return Method.TRANSFER if self.on_account else Method(self.method.data)

    @property
    def window(self) -> Any:
        """The date and hours chosen for the chosen way; None where people agree on them by phone."""
        if self.chosen is None or not self.chosen.windows:
            return None
        key = self.when(self.chosen.key).data
        return next((window for window in self.chosen.windows if window.key == key), self.chosen.windows[0])

    def when(self, key: str) -> Any:
        """The field of a way's dates, or None."""
        return self._fields.get(f"when_{key}")

    def validate(self, extra_validators: Any = None) -> bool:
        """Only the dates of the way that was chosen count: another's may have closed meanwhile."""
        for key in self.options:
            if (field := self.when(key)) is not None and key != self.option.data:
                field.validate_choice = False
        return super().validate(extra_validators)


def part_form(
    cooperative_id: int, options: Sequence[Any], methods: Sequence[Method], later: str = ""
) -> PartForm:
    """One field of dates for each way that has them; the earliest is proposed."""

    class Fields(PartForm):
        pass

    for option in options:
        if option.windows:
            setattr(Fields, f"when_{option.key}", _when(option.windows))
    return Fields(cooperative_id, options, methods, later)


def _when(windows: Sequence[Any]) -> WhenField:
    return WhenField(
        _("Day and hours"),
        choices=[(window.key, window.short) for window in windows],
        default=windows[0].key,
    )


class WhenField(ChoiceField):
    """A date with its hours. What is no longer open is said, never quietly replaced."""

    def pre_validate(self, form: Any) -> None:
        if self.validate_choice and self.data not in {value for value, _label in self.choices}:
            raise ValidationError(_("This time can no longer be ordered. Please choose another."))


class RefusalForm(Form):
    reason = RadioField(
        _l("Why can you not send it?"),
        [Needed(_l("Please choose a reason."))],
        choices=list(REASON_LABELS.items()),
    )
    words = LineField(_l("A few words to the buyer"), [Optional()], longest=300)


class WithdrawalForm(Form):
    words = LineField(_l("Why"), [Optional()], longest=300)


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
