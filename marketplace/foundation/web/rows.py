"""Lines of a table that is filled in on one page, without a script; weekly hours and closed days among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from flask import request

from marketplace.foundation import formats
from marketplace.foundation.hours import Closing, Opening, Same, days_in_words
from marketplace.foundation.web.fields import (
    DateField,
    LineField,
    ManyField,
    Needed,
    Optional,
    TickField,
    TimeField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l

MOST_ROWS = 40


class Row(Form):
    """One line of a table that is filled in; a line where nothing is written does not count."""

    gone = TickField(_l("Take this line out"))
    matters: tuple[str, ...] = ()
    standing = False
    """Whether there is something to take out."""
    told = ""
    """A line that stands, in a few words: it need not be open."""

    @property
    def empty(self) -> bool:
        return self.gone.data or not any(
            self[name].raw_data and any(self[name].raw_data) for name in self.matters
        )

    def show(self, stored: Any) -> None:
        """Fill the line with what is written down already."""
        raise NotImplementedError


class HoursRow(Row):
    """The same hours on several days of the week."""

    matters = ("days", "opens", "closes")
    days = ManyField(_l("On these days"), [Needed(_l("Please tick at least one day."))], coerce=int)
    opens = TimeField(_l("From"), [Needed()])
    closes = TimeField(_l("Until"), [Needed()])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.days.choices = [(day, formats.weekday_name(day, locale())) for day in range(7)]

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.opens.data >= self.closes.data:
            self.closes.errors = [_("The hours must begin before they end.")]
        return not self.errors

    def openings(self) -> list[Opening]:
        return [Opening(day, self.opens.data, self.closes.data) for day in self.days.data]

    def show(self, same: Same) -> None:
        (self.opens.data, self.closes.data), self.days.data = same
        self.told = f"{days_in_words(self.days.data)}: {formats.hours(self.opens.data, self.closes.data)}"


class ClosedRow(Row):
    matters = ("first", "last", "reason")
    first = DateField(_l("Closed from"), [Needed()])
    last = DateField(_l("Closed until (empty: this day only)"), [Optional()])
    reason = LineField(_l("Why"), [Optional()], longest=120)

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.last.data and self.last.data < self.first.data:
            self.last.errors = [_("Closed days must begin before they end.")]
        return not self.errors

    def closing(self) -> Closing:
        return Closing(self.first.data, self.last.data or self.first.data, self.reason.data or "")

    def show(self, closing: Closing) -> None:
        self.first.data, self.last.data, self.reason.data = closing
        days = [formats.date(day, locale()) for day in dict.fromkeys((closing.first, closing.last))]
        self.told = f"{formats.DASH.join(days)} {closing.reason}".strip()


R = TypeVar("R", bound=Row)


class Rows(Generic[R]):
    """Lines of one kind, named <name><number>-<field>; `spare` is how many are there before anything is written.

    A button sends for one more.
    """

    def __init__(self, kind: type[R], name: str, stored: Sequence[Any], spare: int = 1) -> None:
        self.name = name
        sent = request.form.get(f"{name}-rows", "") if request.method == "POST" else ""
        if sent.isascii() and sent.isdigit():
            more = f"more_{name}" in request.form
            count = min(int(sent[:3]) + more, MOST_ROWS)
        else:
            count = len(stored) or spare
        self.lines = [kind(prefix=f"{name}{number}-") for number in range(count)]
        if not sent:
            for line, thing in zip(self.lines, stored, strict=False):
                line.show(thing)
        for number, line in enumerate(self.lines):
            line.standing = not line.empty if sent else number < len(stored)

    @property
    def written(self) -> list[R]:
        return [line for line in self.lines if not line.empty]

    def validate(self) -> bool:
        wrong = [line for line in self.written if not line.validate()]
        return not wrong
