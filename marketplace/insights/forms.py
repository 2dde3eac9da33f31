"""What the figures desk fills in."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField

from marketplace.foundation.web.fields import (
    ChoiceField,
    LineField,
    MoneyField,
    Needed,
    RadioField,
    TextField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.insights.states import PER_LABELS, Per


class PeriodForm(Form):
    first_year = WholeField(_l("From the year"), [Needed()], least=1990, most=2100)
    last_year = WholeField(_l("To the year"), [Needed()], least=1990, most=2100)


class ReadingForm(Form):
    per = RadioField(
        _l("How we read it"),
        choices=choices_of((each, PER_LABELS[each]) for each in (Per.PERIOD, Per.YEAR)),
    )
    reason = LineField(_l("Why"), [Needed()], longest=255)


class GrdpForm(Form):
    year = WholeField(_l("Year"), [Needed()], least=1990, most=2100)
    grdp = MoneyField(_l("GRDP of the province at current prices"), [Needed()], most=10**15)
    source = LineField(_l("Who published it, where"), [Needed()], longest=255)


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
