"""What the figures desk fills in."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField

from marketplace.foundation.web.fields import (
    ChoiceField,
    LineField,
    ManyField,
    MoneyField,
    Needed,
    RadioField,
    TextField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.insights.indicators import Indicator
from marketplace.insights.models import Target
from marketplace.insights.states import PER_LABELS, STEADY_LABELS, Per

TWO_SPANS = frozenset({"T03"})
"""Targets whose sentence leaves open whether it means each year or the whole period."""


class PeriodForm(Form):
    first_year = WholeField(_l("From the year"), [Needed()], least=1990, most=2100)
    last_year = WholeField(_l("To the year"), [Needed()], least=1990, most=2100)


class ReadingForm(Form):
    """Of one target: over which days, one of its ways, or the parts of its rule that hold. What it has not got is left
    out."""

    per = RadioField(
        _l("How we read it"),
        choices=choices_of((each, PER_LABELS[each]) for each in (Per.PERIOD, Per.YEAR)),
    )
    way = RadioField(_l("How we read it"), choices=[])
    parts = ManyField(_l("What a cooperative must pass"), choices=[])
    reason = LineField(_l("Why"), [Needed()], longest=255)

    def __init__(self, target: Target, indicator: Indicator, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = choices_of(indicator.readings.items())
        if target.code not in TWO_SPANS:
            del self.per
        if indicator.many or not ways:
            del self.way
        else:
            self.way.choices = ways
        if indicator.many:
            self.parts.choices = ways
        else:
            del self.parts

    @property
    def reading(self) -> list[str]:
        """The codes that were chosen."""
        if "parts" in self:
            return [*(self.parts.data or [])]
        return [self.way.data] if "way" in self and self.way.data else []


class GrdpForm(Form):
    year = WholeField(_l("Year"), [Needed()], least=1990, most=2100)
    grdp = MoneyField(_l("GRDP of the province at current prices"), [Needed()], most=10**15)
    source = LineField(_l("Who published it, where"), [Needed()], longest=255)


class SteadyForm(Form):
    """One cooperative's year, judged by officers."""

    cooperative = LineField(
        _l("Cooperative"),
        [Needed()],
        longest=255,
        description=_l("Its tax code, or a part of its name."),
    )
    year = WholeField(_l("Year"), [Needed()], least=1990, most=2100)
    verdict = RadioField(_l("How it counts"), [Needed()], choices=choices_of(STEADY_LABELS.items()))
    reason = LineField(_l("Why"), [Needed()], longest=255)


class ReportForm(Form):
    period = ChoiceField(_l("Period"), [Needed()])

    def __init__(self, periods: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.period.choices = periods


class ParagraphForm(Form):
    words = TextField(_l("Words of the paragraph"), longest=4000)
    seen = HiddenField()


class IssueForm(Form):
    seen = HiddenField(validators=[Needed()])
    reason = LineField(_l("Words for the second officer"), longest=300)


class ReplaceForm(Form):
    way = RadioField(
        _l("What becomes of it"),
        [Needed()],
        choices=choices_of(
            [
                ("replace", _l("A new report takes its place")),
                ("withdraw", _l("It is withdrawn, without a new one")),
            ]
        ),
        default="replace",
    )
    reason = LineField(_l("Why"), [Needed()], longest=400)
