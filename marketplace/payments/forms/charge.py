"""Confirming and reporting money."""

from __future__ import annotations

import datetime as dt
from typing import Any

from wtforms import FileField, HiddenField

from marketplace.foundation import clock
from marketplace.foundation.web.fields import DateField, LineField, MoneyField, Needed, Optional
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l
from marketplace.payments.statements import Period


class ConfirmForm(Form):
    amount = MoneyField(_l("How much came?"), [Needed()])
    note = LineField(_l("Note"), [Optional()], longest=200)
    once = HiddenField(validators=[Needed()])


class AmountForm(Form):
    """From a letter: nothing but how much came."""

    amount = MoneyField(_l("How much came?"), [Needed()])


class ReportForm(Form):
    proof = FileField(_l("Photo of the transfer (may stay empty)"))


class PeriodForm(Form):
    """The days of a statement; without any, this month and the two before."""

    first = DateField(_l("From the day"), [Optional()])
    last = DateField(_l("To the day"), [Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        ok = super().validate(extra_validators)
        if ok and self.first.data and self.last.data and self.last.data < self.first.data:
            self.last.errors = [_("The last day is before the first.")]
            return False
        return ok

    @property
    def period(self) -> Period:
        """What was chosen; what is missing or cannot be read is as usual."""
        last = (not self.last.errors and self.last.data) or clock.today()
        first = (not self.first.errors and self.first.data) or _month_start(last, 2)
        return Period(min(first, last), last)


def _month_start(day: dt.date, months_before: int) -> dt.date:
    months = day.year * 12 + day.month - 1 - months_before
    return dt.date(months // 12, months % 12 + 1, 1)


class DayForm(Form):
    day = DateField(_l("To be paid by"), [Needed()])


class RefundForm(Form):
    amount = MoneyField(_l("How much did you pay back?"), [Needed()])
    note = LineField(_l("Note"), [Optional()], longest=200)
