"""What is filled in about a call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from flask import request

from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.errors import Refusal
from marketplace.foundation.web.fields import (
    DateField,
    LineField,
    ManyField,
    Needed,
    Optional,
    TimeField,
    WholeField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.rows import Row, Rows
from marketplace.foundation.words import _, _l
from marketplace.selection.models import Call
from marketplace.selection.services import Measure
from marketplace.selection.services.call import measures

USUAL = [
    Measure("Chất lượng và giấy chứng nhận", 4, 10, "Quality and certificates"),
    Measure("Năng lực cung ứng", 3, 10, "Ability to supply"),
    Measure("Bao bì, nhãn, câu chuyện sản phẩm", 3, 10, "Packing, label, story"),
]


class CriterionRow(Row):
    """One criterion: its name, its weight, its most points."""

    matters = ("name_vi",)
    name_vi = LineField(_l("Criterion in Vietnamese"), [Needed()], longest=160)
    name_en = LineField(_l("In English"), [Optional()], longest=160)
    weight = WholeField(_l("Weight in the sum"), [Needed()], least=1, most=100)
    most = WholeField(_l("Most points"), [Needed()], least=1, most=100)

    def show(self, stored: Measure) -> None:
        self.name_vi.data, self.name_en.data = stored.name_vi, stored.name_en
        self.weight.data, self.most.data = stored.weight, stored.most
        self.told = _(
            "%(name)s: weight %(weight)s, up to %(most)s points",
            name=stored.name_vi,
            weight=stored.weight,
            most=stored.most,
        )

    def measure(self) -> Measure:
        return Measure(self.name_vi.data, self.weight.data, self.most.data, self.name_en.data or "")


class CallForm(Form):
    """When it opens and closes, how many reviews, by which criteria, by whom."""

    opens_on = DateField(_l("Opens on"), [Needed()])
    opens_time = TimeField(_l("Hour"), [Needed()], default=dt.time(8))
    closes_on = DateField(_l("Closes on"), [Needed()])
    closes_time = TimeField(_l("Hour"), [Needed()], default=dt.time(17))
    reviews_wanted = WholeField(_l("Reviews wanted for each application"), least=0, most=9, default=2)
    bands = LineField(
        _l("Cut-offs of merit in per cent, from the highest"),
        [Optional()],
        longest=60,
        default="80, 60",
        description=_l("80, 60 makes three bands: from 80, from 60, below. Published with the call."),
    )
    reviewers = ManyField(_l("Reviewers"), coerce=int)

    def __init__(self, call: Call | None, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.people = {person.id: person for person in people}
        self.reviewers.choices = [(person.id, person.name) for person in people]
        self.criteria: Rows[CriterionRow] = Rows(CriterionRow, "criteria", measures(call) if call else USUAL)
        if call is not None and not self.is_submitted():
            self._show(call)

    def _show(self, call: Call) -> None:
        opens, closes = clock.to_local(call.opens_at), clock.to_local(call.closes_at)
        self.opens_on.data, self.opens_time.data = opens.date(), opens.time()
        self.closes_on.data, self.closes_time.data = closes.date(), closes.time()
        self.reviews_wanted.data = call.reviews_wanted
        self.bands.data = ", ".join(str(cut) for cut in call.bands)
        self.reviewers.data = [each.person_id for each in call.reviewers]

    def submitted(self) -> bool:
        more = "more_criteria" in request.form
        return self.is_submitted() and not more and self.validate()

    def validate(self, extra_validators: Any = None) -> bool:
        if not (rows := self.criteria.validate()):
            self.problems = [_("Please look at the lines below: something is missing there.")]
        return super().validate(extra_validators) and rows

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """What is wrong with a moment stands beside its day."""
        with super().reporting():
            try:
                yield
            except Refusal as refusal:
                if refusal.field not in ("opens_at", "closes_at"):
                    raise
                raise Refusal(refusal.message, field=refusal.field.replace("_at", "_on")) from refusal

    def values(self) -> dict[str, Any]:
        """As services.open_call and change_call take them. Raises Refusal for odd cut-offs."""
        return {
            "opens_at": _moment(self.opens_on.data, self.opens_time.data),
            "closes_at": _moment(self.closes_on.data, self.closes_time.data),
            "reviews_wanted": self.reviews_wanted.data or 0,
            "bands": _cuts(self.bands.data or ""),
            "criteria": [row.measure() for row in self.criteria.written],
            "reviewers": [self.people[id] for id in self.reviewers.data or []],
        }


def _moment(day: dt.date, at: dt.time) -> dt.datetime:
    return clock.from_local(dt.datetime.combine(day, at))


def _cuts(written: str) -> list[int]:
    parts = [part.strip() for part in written.replace(";", ",").split(",") if part.strip()]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise Refusal(_l("Write whole numbers with commas between: 80, 60"), field="bands")
    return [int(part) for part in parts]


class SeedForm(Form):
    source = LineField(
        _l("Where the words come from"),
        [Needed()],
        longest=255,
        description=_l("For example: the northern lottery of 28/11/2026, special prize and first prize."),
    )
    words = LineField(_l("The public words, exactly"), [Needed()], longest=255)
