"""Beginning, signing, changing and ending a contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms.validators import InputRequired

from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.media.receiving import Clean, without_traces
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    DecimalField,
    LineField,
    MoneyField,
    Needed,
    Optional,
    TextField,
    TickField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l, pick
from marketplace.linkage.reckoning.price import PriceRule, RuleKind
from marketplace.linkage.states.contract import LEGAL_LABELS, LegalKey


class NewContractForm(Form):
    """With whom, and what it is called."""

    title = LineField(
        _l("What the contract is about"),
        [Needed()],
        longest=160,
        description=_l("For example: winter carrots 2026–2027."),
    )
    seller = ChoiceField(_l("Selling party"))
    buyer = ChoiceField(_l("Buying party"))


def new_contract_form(
    sellers: Sequence[tuple[int, str]], buyers: Sequence[tuple[int, str]]
) -> NewContractForm:
    """A side with one choice only needs no question."""
    form = NewContractForm()
    for field, choices in ((form.seller, sellers), (form.buyer, buyers)):
        first = [] if len(choices) == 1 else [("", _("Choose one"))]
        field.choices = first + [(str(number), name) for number, name in choices]
        if len(choices) == 1:
            field.data = str(choices[0][0])
        field.validators = [Needed(_l("Please choose one of these."))]
    return form


class WordsForm(Form):
    words = TextField(_l("Reason (the other side reads it)"), [Needed()], longest=1000)


class AnnexForm(Form):
    reason = LineField(_l("What is the annex for?"), [Needed()], longest=500)


class SignForm(Form):
    """The one-time code, and what the signer declares."""

    code = LineField(_l("The six digits that we sent you"), [Needed()], longest=12)
    title = LineField(_l("Your position"), [Needed()], longest=120)
    read = TickField(_l("I have read the contract and sign it."))

    def validate(self, extra_validators: Any = None) -> bool:
        if super().validate(extra_validators) and not self.read.data:
            self.read.errors = [_("Please tick that you have read it.")]
        return not self.errors

    @property
    def digits(self) -> str:
        return "".join(sign for sign in self.code.data or "" if sign.isdigit())


class ScanForm(Form):
    """The signed paper."""

    seller_name = LineField(_l("Who signed for the seller"), [Needed()], longest=120)
    buyer_name = LineField(_l("Who signed for the buyer"), [Needed()], longest=120)
    signed_on = DateField(_l("Signed on"), [Needed()])
    file = FileField(
        _l("The scan or a photo: PDF or picture, to 10 MB"), [InputRequired(_l("Please choose a file."))]
    )

    def clean(self) -> Clean:
        """Before the transaction: drawing a picture anew takes a moment."""
        return without_traces(stream=self.file.data.stream, filename=self.file.data.filename, field="file")

    def validate(self, extra_validators: Any = None) -> bool:
        if super().validate(extra_validators) and self.signed_on.data > clock.today():
            self.signed_on.errors = [_("This day is still to come.")]
        return not self.errors


class PriceForm(Form):
    """What a price is computed from."""

    grade = ChoiceField(_l("Grade"))
    day = DateField(_l("For deliveries from"), [Needed()])
    market = MoneyField(_l("Market price per kg"), [Optional()])
    source = LineField(_l("Where the market price was read"), [Optional()], longest=200)

    def told(self) -> dict[str, Any]:
        """As services.compute_price takes it; a fixed price asks for no market."""
        market = {"market": self.market.data, "source": self.source.data or ""} if self.market else {}
        return {"grade": self.grade.data, "day": self.day.data, **market}


def price_form(
    rule: PriceRule, board: Mapping[str, Any] | None = None, *, last: dt.date | None = None, **kwargs: Any
) -> PriceForm:
    """`board`: the line of the price board that the contract follows; then the market price may stay empty. `last`:
    the last day that is priced; the form begins with today, or with that."""
    today = clock.today()
    form = PriceForm(prefix="price-", data={"day": min(today, last or today)}, **kwargs)
    form.grade.choices = [(each.grade, each.grade or _("without a sign")) for each in rule.grades]
    if rule.kind is RuleKind.FIXED:
        del form.market, form.source
    elif board:
        name = pick(**board["words"])
        told = _("Read from the price board: %(line)s. Write it only if the board says nothing.", line=name)
        form.market.description = told
    return form


class SignatoryForm(Form):
    person = ChoiceField(_l("Member"), [Needed(_l("Please choose one of these."))])
    paper = LineField(_l("Paper of authority: number and day"), [Needed()], longest=160)


def signatory_form(people: Sequence[Person], **kwargs: Any) -> SignatoryForm:
    form = SignatoryForm(**kwargs)
    form.person.choices = [(str(person.id), person.name) for person in people]
    return form


class FigureForm(Form):
    key = ChoiceField(_l("Which figure"), choices=choices_of(LEGAL_LABELS.items()))
    value = DecimalField(_l("Value"), [Needed()], most=1000)
    valid_from = DateField(_l("Holds from"), [Needed()])
    act = LineField(_l("By which act"), [Needed()], longest=200)

    @property
    def chosen(self) -> LegalKey:
        return LegalKey(self.key.data)
