"""What a side fills in about a quote: four numbers, and little more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock, formats
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    MoneyField,
    Needed,
    Optional,
    QuantityField,
    RadioField,
    TextField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.linkage.models import Need, QuoteVersion
from marketplace.linkage.queries import Compared
from marketplace.linkage.services import Numbers
from marketplace.selection.states import ENTERED_LABELS, Entered


class NumbersForm(Form):
    """The four numbers, as either side says them."""

    portion = QuantityField(_l("How much each time"), [Needed()])
    price = MoneyField(_l("Price"), [Needed()])
    first = DateField(_l("First day"), [Needed()])
    last = DateField(_l("Last day"), [Needed()])
    words = TextField(_l("More words"), [Optional()], longest=500)

    def __init__(self, need: Need, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if self.portion.raw_data:
            self.portion.read_in(need.unit)
        self.portion.unit = need.unit
        daily = bool(need.lines) and need.lines[0].day is not None
        self.portion.label.text = _("How much a day") if daily else _("How much a week")
        unit = formats.unit_name(need.unit, locale())
        self.price.label.text = _("Price of one %(unit)s where it is loaded", unit=unit)


class QuoteForm(NumbersForm):
    """What a cooperative answers; `choices` are its products of these goods, with grades."""

    product = ChoiceField(_l("Which of your products"), [Needed()])
    loading = LineField(_l("Loaded at"), [Needed()], longest=200)
    carriage = MoneyField(
        _l("Bringing it to the buyer, for one unit"),
        [Optional()],
        description=_l("Leave it empty when the price includes it."),
    )
    valid_until = DateField(_l("Valid until"), [Needed()])

    def __init__(self, need: Need, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(need, **kwargs)
        self.product.choices = list(choices)

    def numbers(self, products: Mapping[int, Product]) -> Numbers:
        """Raises Refusal for a product that is no longer theirs."""
        id, _sign, grade = str(self.product.data).partition(":")
        product = products.get(int(id)) if id.isdigit() else None
        if product is None:
            raise Refusal(_("Choose one of your own products."), field="product")
        return Numbers(
            product=product,
            grade=grade,
            portion=self.portion.data.amount,
            price=self.price.data,
            carriage=self.carriage.data or Money(0),
            first=self.first.data,
            last=self.last.data,
            loading=self.loading.data,
            valid_until=end_of(self.valid_until.data),
            words=self.words.data or "",
        )


class PressForm(Form):
    """A single press of a button."""


class ReasonForm(Form):
    reason = LineField(_l("Reason"), [Needed()], longest=400)


class ToldQuoteForm(QuoteForm):
    """An officer writes down what a cooperative said on the telephone."""

    entered = RadioField(_l("How it came"), [Needed()])
    told_by = LineField(_l("Who told it"), [Optional()], longest=120)

    def __init__(self, need: Need, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(need, choices, **kwargs)
        self.entered.choices = choices_of(
            [(each, ENTERED_LABELS[each]) for each in (Entered.PHONE, Entered.PAPER)]
        )


class WhoQuotesForm(Form):
    """For which cooperative an officer writes down."""

    cooperative = ChoiceField(_l("Cooperative"), [Needed()])

    def __init__(self, sellers: Iterable[Cooperative], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.cooperative.choices = [("", _("Choose")), *((each.slug, each.called) for each in sellers)]


class CounterForm(NumbersForm):
    """What the buyer asks for instead; the rest stays as it was offered."""

    def numbers(self, offer: QuoteVersion) -> Numbers:
        return Numbers(
            product=offer.product,
            grade=offer.grade,
            portion=self.portion.data.amount,
            price=self.price.data,
            carriage=offer.carriage,
            first=self.first.data,
            last=self.last.data,
            loading=offer.loading,
            valid_until=offer.valid_until,
            words=self.words.data or "",
        )


class ChoiceForm(Form):
    """A share for each quote, named share-<id>, and each pool, share-pool-<id>; those that get none may wait in
    reserve, reserve-<id> or reserve-pool-<id> with their rank."""

    words = TextField(_l("A word to those who are not chosen"), [Optional()], longest=500)

    def shares(self, rows: Iterable[Compared], *, pools: bool = False) -> dict[int, Decimal]:
        """Of quotes, or of pools, by their ids."""
        typed = {row.id: self[f"share-{row.key}"].data for row in rows if bool(row.members) is pools}
        return {id: value.amount for id, value in typed.items() if value is not None and value.amount}

    def reserves(self, rows: Iterable[Compared]) -> list[str]:
        """In the order of their ranks, as awards name them."""
        ranked = [
            (int(rank), row.place, row.source) for row in rows if (rank := self[f"reserve-{row.key}"].data)
        ]
        return [source for _rank, _place, source in sorted(ranked)]


def choice_form(need: Need, rows: Sequence[Compared], waiting: Sequence[str] = ()) -> ChoiceForm:
    """With a field for each answer that may be chosen; `waiting` are in reserve already, in this order."""

    class Fields(ChoiceForm):
        pass

    ranks = [("", "–"), *((str(rank), str(rank)) for rank in range(1, min(len(rows), 5) + 1))]
    places = {source: str(rank) for rank, source in enumerate(waiting[: len(ranks) - 1], start=1)}
    for row in rows:
        reserve = ChoiceField(
            _("In reserve"), [Optional()], choices=ranks, default=places.get(row.source, "")
        )
        setattr(Fields, f"share-{row.key}", QuantityField(_("Their share"), [Optional()], unit=need.unit))
        setattr(Fields, f"reserve-{row.key}", reserve)
    return Fields()


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of a day."""
    return clock.start_of_day(day + dt.timedelta(days=1)) - dt.timedelta(seconds=1)
