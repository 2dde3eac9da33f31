"""Norms of dues, asking a year, forgiving."""

from __future__ import annotations

from marketplace.cooperatives.states import KIND_LABELS
from marketplace.foundation.web.fields import (
    ChoiceField,
    DateField,
    LineField,
    MoneyField,
    Needed,
    Optional,
    TextField,
    WholeField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l


class DueNormForm(Form):
    kind = ChoiceField(_l("For whom"), choices=choices_of(KIND_LABELS.items()))
    least_members = WholeField(
        _l("With at least so many members"), [Optional()], description=_l("0 or empty: for all of this kind.")
    )
    amount = MoneyField(_l("For a year, in đồng"), [Needed()])
    valid_from = DateField(_l("From which day on"), [Needed()])
    decision = LineField(_l("By decision no."), [Optional()], longest=160)


class AskForm(Form):
    year = WholeField(_l("Year"), [Needed()], least=2000, most=2200)
    due_on = DateField(_l("To be paid by"), [Needed()])


class ForgiveForm(Form):
    reason = TextField(_l("Reason (the member reads it)"), [Needed()], longest=500)
