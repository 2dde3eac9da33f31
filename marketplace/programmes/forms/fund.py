"""Funds, their capital, the figures they go by."""

from __future__ import annotations

from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    DecimalField,
    LineField,
    MoneyField,
    Needed,
    TextField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.programmes.states.fund import CHECK_LABELS, FUND_LABELS

MOST = 100_000_000_000_000


class FundForm(Form):
    code = LineField(_l("Short name"), [Needed()], longest=20, description=_l("For example QTINH."))
    name = LineField(_l("Full name"), [Needed()], longest=200)
    kind = ChoiceField(_l("Kind"), choices=choices_of(FUND_LABELS.items()))


class CapitalForm(Form):
    capital = MoneyField(_l("Own capital of the fund"), [Needed()], most=MOST)
    capital_on = DateField(_l("On which day"), [Needed()])


class RuleForm(Form):
    measure = ChoiceField(_l("What is looked at"), choices=choices_of(CHECK_LABELS.items()))
    threshold = DecimalField(
        _l("Set at"), [Needed()], description=_l("Per cent for a share, đồng for a debt."), most=MOST
    )
    valid_from = DateField(_l("Counts from"), [Needed()])
    source = TextField(
        _l("The sentence it stands in"),
        [Needed()],
        longest=500,
        description=_l("Copy it from the decree or from the fund's own rules, with article and clause."),
    )
