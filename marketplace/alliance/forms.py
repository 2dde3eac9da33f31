"""What the settings' desk fills in: one field of the setting's own kind, from when on, and why."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField, validators

from marketplace import config
from marketplace.alliance.named import NAMED
from marketplace.alliance.states import DAY_LABELS, DayKind
from marketplace.config import Odd
from marketplace.foundation import clock
from marketplace.foundation.web.fields import (
    DateField,
    LineField,
    ManyField,
    Needed,
    Optional,
    RadioField,
    TextField,
    WholeField,
    choices_of,
    not_before,
    today,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.wording import Part, Said, Wording, odd_fillings
from marketplace.foundation.words import LANGUAGES, _, _l
from marketplace.places import queries as places


class ReasonForm(Form):
    """Taking back a change."""

    reason = LineField(_l("Why"), [Needed()], longest=300)


class _Change(Form):
    from_day = DateField(
        _l("Holds from"),
        [Needed(), not_before(today, _l("A change begins today or later: what was stays as it was."))],
    )
    reason = LineField(_l("Why"), [Needed()], longest=300)


class ClosedDaysForm(Form):
    """Days that the alliance is closed, or works though they are off."""

    kind = RadioField(
        _l("These days are"), [Needed()], choices=choices_of(DAY_LABELS.items()), default=DayKind.CLOSED
    )
    name = LineField(_l("What these days are"), [Needed()], longest=120)
    first_day = DateField(
        _l("First day"), [Needed(), not_before(today, _l("These days have begun: what was stays as it was."))]
    )
    last_day = DateField(_l("Last day"), [Optional()])
    reason = LineField(_l("Why"), [Needed()], longest=300)


class LogoForm(_Change):
    """A picture, or the one that was looked at before."""

    file = FileField(_l("The picture: PNG with a see-through ground is best, at least 88 pixels high"))
    kept = HiddenField()


def words_form(wording: Wording, said: Said) -> Any:
    """A field for each part in each language; one that is left empty, or as the house says it, is the house's."""
    fields = {
        field_name(part, locale): _part_field(wording, part, locale)
        for locale in LANGUAGES
        for part in wording.parts
    }
    kind = type("WordsForm", (_Change,), fields)
    start = {
        field_name(part, locale): said.get(locale, {}).get(part.name) or wording.houses(part, locale)
        for locale in LANGUAGES
        for part in wording.parts
    }
    return kind(data=start | {"from_day": clock.today()})


def words_typed(wording: Wording, form: Any) -> Said:
    """What differs from the house."""
    typed = {
        locale: {
            part.name: form[field_name(part, locale)].data.strip()
            for part in wording.parts
            if form[field_name(part, locale)].data.strip() != wording.houses(part, locale).strip()
        }
        for locale in LANGUAGES
    }
    return {
        locale: {k: v for k, v in parts.items() if v}
        for locale, parts in typed.items()
        if any(parts.values())
    }


def field_name(part: Part, locale: str) -> str:
    return f"{part.name}_{locale}"


def _part_field(wording: Wording, part: Part, locale: str) -> Any:
    known = set(wording.fillings())

    def filled_in(_form: Any, field: Any) -> None:
        odd = odd_fillings(field.data or "", known)
        if odd:
            raise validators.ValidationError(
                _(
                    "Nobody can fill in %(odd)s here. Please write only what is named above.",
                    odd=", ".join(odd),
                )
            )

    kind = LineField if part.rows == 1 else TextField
    return kind(part.label, [validators.Optional(), filled_in], longest=part.longest)


class DaysField(LineField):
    """Numbers of days with spaces between them, kept by the setting's own rule."""

    data: Any

    def process_formdata(self, valuelist: Any) -> None:
        super().process_formdata(valuelist)
        try:
            self.data = config.Days().read(self.data or "")
        except Odd as odd:
            raise ValueError(
                _("Please write whole numbers with spaces between them, for example -3 1 7.")
            ) from odd

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else config.Days().write(self.data or ())


def change_form(name: str, now: Any) -> Any:
    """The form of one setting, beginning with its value of today."""
    named = NAMED[name]
    kind = type(f"Change_{name}", (_Change,), {"value": _field(name)})
    order = ("value", "from_day", "reason")
    form = kind(data={"value": str(now) if _chosen(name) else now, "from_day": clock.today()})
    form.unit, form.order = named.unit, order
    return form


def typed(name: str, data: Any) -> Any:
    """The field's data as the setting keeps it."""
    rule = config.RULES[name]
    if name == "alliance_provinces":
        known = [code for code, _names in places.provinces()]
        return tuple(sorted(data or (), key=known.index))
    if isinstance(rule, config.Several):
        return tuple(data or ())
    return int(data) if isinstance(rule, config.Whole) else data


def _chosen(name: str) -> bool:
    """One of a few, told by its word."""
    return bool(NAMED[name].labels) and not isinstance(config.RULES[name], config.Several)


def _field(name: str) -> Any:
    named, rule = NAMED[name], config.RULES[name]
    needed: list[Any] = [] if named.may_be_empty else [Needed()]
    label, told = named.label, {"description": named.help}
    if name == "alliance_provinces":
        return ManyField(label, needed, choices=places.provinces(), **told)
    if isinstance(rule, config.Several):
        return ManyField(label, [validators.Optional()], choices=choices_of(named.labels.items()), **told)
    if named.labels:
        return RadioField(label, needed, choices=choices_of(named.labels.items()), **told)
    if isinstance(rule, config.Whole):
        return WholeField(label, needed, least=rule.low, most=rule.high, **told)
    if isinstance(rule, config.Days):
        return DaysField(label, needed, **told)
    return LineField(label, needed, longest=255, **told)
