"""The report of a year: a part of it at a time, handing it in, answering it, and whole sheets of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import FileField, HiddenField

from marketplace.foundation import formats, parsing
from marketplace.foundation.money import Money
from marketplace.foundation.web.fields import (
    ChoiceField,
    LineField,
    MoneyField,
    Needed,
    Optional,
    RadioField,
    TextField,
    TickField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.registry import figures
from marketplace.registry.figures import Figure, Kind, Section
from marketplace.selection.states import ENTERED_LABELS, Entered

MOST = 10**14
LONGEST = 2_000


class SignedMoneyField(MoneyField):
    """A sum that may be a loss: -15 triệu."""

    def parse(self, written: str) -> Money:
        try:
            value = parsing.parse_money(written, allow_negative=True)
        except parsing.ParseError as error:
            raise ValueError(_("We cannot read this sum. Write for example 12.000.000 or 12tr.")) from error
        if abs(value) > self.most:
            raise ValueError(
                _("This is too much: %(most)s at the most.", most=formats.vnd(Money(self.most), locale()))
            )
        return value


class SectionForm(Form):
    """One part of a report; what can never be is said beside its figure."""

    def __init__(self, section: Section, saved: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.section, self.saved = section, saved

    def values(self) -> dict[str, Any]:
        return {
            figure.name: self[figure.name].data
            or ("" if figure.kind is Kind.WORDS else self[figure.name].data)
            for figure in self.section.figures
        }

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        wrong = figures.impossible({**self.saved, **self.values()})
        for name, sentence in wrong.items():
            if name in self._fields:
                self[name].errors = [sentence]
        return not self.errors


def section_form(section: Section, saved: Mapping[str, Any]) -> SectionForm:
    class Fields(SectionForm):
        pass

    for figure in section.figures:
        setattr(Fields, figure.name, _field(figure))
    return Fields(section, saved, data=dict(saved))


class Later(Optional):
    """May stay empty in this sitting; it is needed before the report is handed in."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags: dict[str, Any] = {}


def _field(figure: Figure) -> Any:
    told: dict[str, Any] = {"description": figure.hint or ""}
    rules = [Later() if figure.needed else Optional()]
    if figure.kind is Kind.COUNT:
        return WholeField(figure.label, rules, most=10_000_000, **told)
    if figure.kind is Kind.WORDS:
        return TextField(figure.label, rules, longest=LONGEST, **told)
    field = SignedMoneyField if figure.kind is Kind.SIGNED else MoneyField
    return field(figure.label, rules, least=0, most=MOST, **told)


class SubmitForm(Form):
    sure = TickField(_l("I have looked at what is marked: it is right all the same"))


class ToldSubmitForm(SubmitForm):
    """An officer hands it in for a cooperative."""

    entered = RadioField(
        _l("How it came"),
        [Needed()],
        choices=choices_of((key, ENTERED_LABELS[key]) for key in (Entered.PHONE, Entered.PAPER)),
        default=str(Entered.PHONE),
    )
    told_by = LineField(_l("Who told these figures"), [Optional()], longest=120)


class ReturnForm(Form):
    reason = TextField(_l("What is to be put right?"), [Needed()], longest=500)


class CorrectForm(Form):
    why = TextField(_l("What was wrong?"), [Needed()], longest=500)


class BeginForm(Form):
    year = ChoiceField(_l("Year"), coerce=int)

    def __init__(self, years: list[int], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.year.choices = [(year, str(year)) for year in years]


class SheetForm(Form):
    """A sheet with a line for each cooperative; it is looked at first."""

    file = FileField(_l("Your sheet (.xlsx or .csv)"))
    kept = HiddenField()


class ToldSheetForm(SheetForm):
    """At the office the sheet may be handed in at once, where every line says who told it."""

    submit = TickField(_l("Hand in the reports that are complete, on behalf of their cooperatives"))
    told_by = LineField(_l("Who told these figures"), [Optional()], longest=120)
