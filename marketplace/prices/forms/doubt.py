"""A price is doubted, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.web import Form
from marketplace.foundation.web.fields import LineField, Needed, RadioField, TextField
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.prices.models import Observation


class DoubtForm(Form):
    """`row` asks which one, where the board makes one price of several."""

    row = RadioField(_l("Which price?"), [Needed(_l("Please choose a price."))])
    words = TextField(_l("Why can it not be right?"), [Needed()], longest=300)

    def __init__(self, rows: Sequence[Observation], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.by_ref = {each.ref: each for each in rows}
        self.row.choices = [(each.ref, _told(each)) for each in rows]

    def chosen(self) -> Observation:
        return self.by_ref[self.row.data]


class KeepForm(Form):
    words = LineField(_l("Why it is right"), [Needed()], longest=300)


def _told(row: Observation) -> str:
    """ "7.400 ₫, HTX Đồng Lạc"."""
    who = row.cooperative.called if row.cooperative is not None else row.source_words
    return ", ".join(part for part in (formats.vnd(row.price, locale()), who) if part)
