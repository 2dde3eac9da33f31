"""The need, the assessment, the fund's decision, what was paid out and repaid, the days of repayment."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Sequence
from typing import Any

from wtforms.validators import ValidationError

from marketplace.foundation import formats, parsing
from marketplace.foundation.money import Money
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    DecimalField,
    LineField,
    MoneyField,
    Needed,
    Optional,
    TextField,
    WholeField,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.programmes.forms.told import ToldByForm
from marketplace.programmes.models import Loan, LoanFund, LoanInstalment

MONTHS = 360
MOST_PARTS = 120
EVERY = 3


class NeedForm(Form):
    purpose = TextField(
        _l("What the money is for"),
        [Needed()],
        longest=2000,
        description=_l("For example: a cold store of 50 tonnes."),
    )
    project_cost = MoneyField(_l("What the whole project costs"), [Needed()])
    own_capital = MoneyField(
        _l("Of it, from your own capital"), [Needed()], least=0, description=_l("Write 0 if there is none.")
    )
    amount = MoneyField(_l("How much you want to borrow"), [Needed()])
    months = WholeField(_l("For how many months"), [Needed()], least=1, most=MONTHS)

    def values(self) -> dict[str, Any]:
        """As services.loan.ask takes them."""
        names = ("purpose", "project_cost", "own_capital", "amount", "months")
        return {name: self[name].data for name in names}


class ToldForm(NeedForm, ToldByForm):
    """The same from a cooperative that calls or comes with a paper."""


class AssessForm(Form):
    fund = ChoiceField(_l("Which fund"))
    bad_debt = MoneyField(
        _l("Bad debt of the cooperative"),
        [Optional()],
        least=0,
        description=_l("As the credit information centre says. 0: there is none. Empty: not asked yet."),
    )


def assess_form(loan: Loan, funds: Sequence[LoanFund], **kwargs: Any) -> AssessForm:
    form = AssessForm(data={"fund": str(loan.fund_id or "")}, **kwargs)
    form.fund.choices = [(str(each.id), f"{each.code}: {each.name}") for each in funds]
    return form


class WhyForm(Form):
    words = TextField(_l("Reason"), [Needed()], longest=1000)


class RecommendForm(Form):
    words = TextField(
        _l("What you write to the fund"),
        [Optional()],
        longest=1000,
        description=_l("Needed where a check was not passed or is not known."),
    )


class GrantForm(Form):
    amount = MoneyField(_l("How much was granted"), [Needed()])
    rate = DecimalField(_l("Interest, per cent a year"), [Needed()], most=100)
    months = WholeField(_l("For how many months"), [Needed()], least=1, most=MONTHS)
    decision_no = LineField(_l("Decision no."), [Needed()], longest=80)
    day = DateField(_l("Day of the decision"), [Needed()])


class MovementForm(Form):
    amount = MoneyField(_l("How much"), [Needed()])
    day = DateField(_l("On which day"), [Needed()])
    reference = LineField(_l("Voucher no. of the fund"), [Needed()], longest=80)


class VoidForm(Form):
    reason = TextField(_l("What was wrong"), [Needed()], longest=500)


class CloseForm(Form):
    day = DateField(_l("Settled on"), [Needed()])


class ScheduleForm(Form):
    """A part on each line: the day, then the sum."""

    parts = TextField(
        _l("Days and sums"),
        [Needed()],
        longest=8000,
        description=_l("One part of the principal a line: day, then sum. For example 15/03/2027 50.000.000"),
    )

    def validate_parts(self, field: Any) -> None:
        self.rows = [_part(line) for line in (field.data or "").splitlines() if line.strip()]
        if len(self.rows) > MOST_PARTS:
            raise ValidationError(_("%(most)s parts at the most.", most=MOST_PARTS))


def _part(line: str) -> tuple[dt.date, Money]:
    """A day in one word or in three, as English pages write it, and a sum."""
    words = line.split()
    for length in (1, 3):
        try:
            day = parsing.parse_date(" ".join(words[:length]).rstrip(":;,"))
            return day, parsing.parse_money(" ".join(words[length:]))
        except parsing.ParseError:
            continue
    raise ValidationError(_("We cannot read this line: “%(line)s”.", line=line.strip()[:60]))


def schedule_form(loan: Loan, kept: Sequence[LoanInstalment], **kwargs: Any) -> ScheduleForm:
    """Filled with what is kept, or with equal parts every quarter as a beginning."""
    parts = [(each.due_on, each.amount) for each in kept] or _proposed(loan)
    lines = [
        f"{formats.date(day, locale())} {formats.number(int(amount), locale())}" for day, amount in parts
    ]
    return ScheduleForm(data={"parts": "\n".join(lines)}, **kwargs)


def _proposed(loan: Loan) -> list[tuple[dt.date, Money]]:
    if loan.granted_amount is None or loan.granted_months is None or loan.granted_on is None:
        return []
    count = min(MOST_PARTS, max(1, loan.granted_months // EVERY))
    each, rest = divmod(int(loan.granted_amount), count)
    days = [_months_later(loan.granted_on, EVERY * (place + 1)) for place in range(count)]
    return [(day, Money(each + (rest if place == count - 1 else 0))) for place, day in enumerate(days)]


def _months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
