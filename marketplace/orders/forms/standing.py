"""What a buyer fills in about a standing order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wtforms.validators import InputRequired

from marketplace.buyers.models import Depot
from marketplace.catalogue.models import Product
from marketplace.deliveries.regular import Regular
from marketplace.foundation import formats
from marketplace.foundation.hours import days_in_words
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    ManyField,
    Needed,
    Optional,
    PhoneField,
    QuantityField,
    RadioField,
    TextField,
    TickField,
    WholeField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.orders import on_account
from marketplace.orders.forms.depot import ToDepotForm
from marketplace.orders.models import StandingTerms
from marketplace.orders.states import METHOD_LABELS, Method
from marketplace.places import queries as places
from marketplace.places.fields import UnitField

MOST_WEEKS = 4
LESS, NONE = "less", "none"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a cooperative can do for a standing order: its ways, how it is paid, and credit in words."""

    ways: Mapping[str, Regular]
    methods: Sequence[Method]
    later: str = ""


class QuantitiesForm(Form):
    """One quantity for each product, named quantity_<product id>; empty or 0 leaves it out."""

    def quantities(self, products: Sequence[Product]) -> dict[Product, Decimal]:
        typed = {product: self[f"quantity_{product.id}"].data for product in products}
        return {product: value.amount if value else Decimal(0) for product, value in typed.items()}

    def wanted(self, products: Sequence[Product]) -> dict[Product, Decimal]:
        """Those of which anything is wanted."""
        return {product: amount for product, amount in self.quantities(products).items() if amount}


class RhythmForm(QuantitiesForm, ToDepotForm):
    """What, on which days, how it comes and is paid."""

    weekdays = ManyField(_l("On which days?"), [Needed(_l("Please choose at least one day."))], coerce=int)
    every_weeks = ChoiceField(_l("How often?"))
    from_day = DateField(_l("First day"), [Needed()])
    last_day = DateField(_l("Last day"), [Optional()], description=_l("Empty: until you end it."))
    way = RadioField(_l("How you get it"), [Needed(_l("Please choose how you get it."))])
    place = UnitField(_l("Commune or ward where it goes"))
    street = LineField(_l("House number, street or hamlet"), [Needed()], longest=200)
    method = RadioField(_l("How you pay"), [Needed(_l("Please choose how you pay."))])
    tolerance = WholeField(
        _l("Ask me when a price rises by more than so many per cent"),
        [InputRequired(_l("Please fill this in."))],
        most=100,
        default=10,
    )
    shortage = RadioField(
        _l("When there is less than you want"),
        [Needed()],
        choices=[(LESS, _l("Send what there is")), (NONE, _l("Leave that product out"))],
        default=LESS,
    )
    note = TextField(_l("Note for the seller"), [Optional()], longest=500)

    def offer(self, offer: Offer) -> None:
        """The choices that this cooperative gives."""
        language = locale()
        self.weekdays.choices = [(day, formats.weekday_name(day, language)) for day in range(7)]
        self.every_weeks.choices = [(str(n), _every(n)) for n in range(1, MOST_WEEKS + 1)]
        self.way.choices = [
            (key, f"{way.name} ({days_in_words(way.weekdays)})") for key, way in offer.ways.items()
        ]
        self.method.choices = [(str(method), METHOD_LABELS[method]) for method in offer.methods]
        if offer.later and Method.TRANSFER in offer.methods:
            self.method.choices.append((on_account.CHOICE, offer.later))
        for field in (self.way, self.method):
            if field.data not in dict(field.choices) and not self.is_submitted():
                field.data = field.choices[0][0]

    @property
    def on_account(self) -> bool:
        return self.method.data == on_account.CHOICE

    @property
    def by_card(self) -> bool:
        """Whether a card is among the choices."""
        return str(Method.CARD) in dict(self.method.choices)

    @property
    def way_to_pay(self) -> Method:
        return Method.TRANSFER if self.on_account else Method(self.method.data)


class StandingForm(RhythmForm):
    """The first terms, and who buys."""

    organisations: Sequence[Any] = ()

    buying_for = ChoiceField(_l("Buying for"), [Optional()])
    name = LineField(_l("Your full name"), [Needed()], longest=120)
    phone = PhoneField(_l("Phone number"), [Needed()])
    agree = TickField(
        _l("I have read the operating rules and the delivery and return terms"),
        [InputRequired(_l("Please read and tick this before you send."))],
    )

    @property
    def organisation(self) -> Any:
        """For whom: the depot's, else the one that was named, else nobody but themselves."""
        if self.chosen_depot is not None:
            return self.chosen_depot.organisation
        return next((o for o in self.organisations if o.ref == self.buying_for.data), None)


class PauseForm(Form):
    until = DateField(
        _l("Until which day?"),
        [Optional()],
        description=_l("Orders come again from this day on. Empty: until you say go on."),
    )


def standing_form(
    products: Sequence[Product],
    offer: Offer,
    organisations: Sequence[Any],
    depots: Sequence[Depot],
    known: Mapping[str, Any],
) -> StandingForm:
    """The form of a new standing order; `known` are quantities and whatever else is known already."""
    form: StandingForm = _with_quantities(StandingForm, products)(data=dict(known))
    form.offer(offer)
    form.offer_depots(depots, organisations)
    form.organisations = organisations
    form.buying_for.choices = [("", _("Myself")), *[(o.ref, o.name) for o in organisations]]
    return form


def rhythm_form(
    products: Sequence[Product], offer: Offer, depots: Sequence[Depot], terms: StandingTerms
) -> RhythmForm:
    """The form of a change for good, filled with what holds."""
    known = {
        "weekdays": terms.weekday_list,
        "every_weeks": str(terms.every_weeks),
        "last_day": terms.last_day,
        "way": terms.way,
        "method": on_account.CHOICE if terms.on_account else str(terms.method),
        "tolerance": terms.tolerance,
        "shortage": LESS if terms.takes_less else NONE,
        "note": terms.note,
        "depot": terms.depot.ref if terms.depot is not None and terms.depot.active else "",
        "street": terms.address.line1 if terms.address else "",
        **{f"quantity_{line.product_id}": line.quantity for line in terms.lines},
    }
    form: RhythmForm = _with_quantities(RhythmForm, products)(data=known)
    form.offer(offer)
    form.offer_depots(depots, [terms.standing.organisation])
    choose_place(form.place, terms.address)
    return form


def date_form(products: Sequence[Product], quantities: Mapping[int, Decimal]) -> QuantitiesForm:
    """Other quantities on one date; `quantities` by product id are those that hold for it now."""
    known = {f"quantity_{product.id}": quantities.get(product.id, Decimal(0)) for product in products}
    form: QuantitiesForm = _with_quantities(QuantitiesForm, products)(data=known)
    return form


def choose_place(field: UnitField, address: Any) -> None:
    """Show a place that is known, unless another was typed."""
    unit = places.unit_of(address)
    if unit is not None and not field.data:
        field.choose(unit.id)


def _with_quantities(form: type[Any], products: Sequence[Product]) -> type[Any]:
    fields = {f"quantity_{product.id}": _quantity(product) for product in products}
    return type(form.__name__, (form,), fields)


def _quantity(product: Product) -> QuantityField:
    language = locale()
    least = formats.amount(product.min_order, product.sale_unit, language)
    step = formats.amount(product.step, product.sale_unit, language)
    told = _("From %(least)s on, in steps of %(step)s.", least=least, step=step)
    return QuantityField(product.name, [Optional()], unit=product.sale_unit, least=-1, description=told)


def _every(weeks: int) -> str:
    return _("Every week") if weeks == 1 else _("Every %(n)s weeks", n=weeks)
