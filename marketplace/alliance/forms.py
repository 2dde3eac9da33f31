"""What the settings' desk fills in: one field of the setting's own kind, from when on, and why."""

from __future__ import annotations

from typing import Any

from wtforms import validators

from marketplace import config
from marketplace.alliance.named import NAMED
from marketplace.config import Odd
from marketplace.foundation import clock, formats, parsing
from marketplace.foundation.web.fields import (
    DateField,
    LineField,
    ManyField,
    Needed,
    RadioField,
    WholeField,
    choices_of,
    not_before,
    today,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l
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


class DatesField(LineField):
    """Days as people write them, with spaces between them."""

    data: Any

    def process_formdata(self, valuelist: Any) -> None:
        super().process_formdata(valuelist)
        try:
            self.data = tuple(
                sorted({parsing.parse_date(line) for line in self.data.replace(",", " ").split()})
            )
        except parsing.ParseError as error:
            raise ValueError(_("We cannot read this date. Write for example 23/11/2026.")) from error

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return " ".join(formats.date(day) for day in self.data or ())


def change_form(name: str, now: Any) -> Any:
    """The form of one setting, beginning with its value of today."""
    named = NAMED[name]
    kind = type(f"Change_{name}", (_Change,), {"value": _field(name)})
    order = ("value", "from_day", "reason")
    start = sorted(now) if name == "holidays" else now
    form = kind(data={"value": str(now) if _chosen(name) else start, "from_day": clock.today()})
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
    if isinstance(rule, config.Dates):
        return DatesField(label, needed, longest=1000, **told)
    return LineField(label, needed, longest=255, **told)
