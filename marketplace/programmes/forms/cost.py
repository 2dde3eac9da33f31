"""What a course costs, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request

from marketplace.foundation import formats
from marketplace.foundation.web.fields import (
    ChoiceField,
    LineField,
    MoneyField,
    Needed,
    Optional,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.web.locale import locale
from marketplace.foundation.web.rows import Row, Rows
from marketplace.foundation.words import _, _l
from marketplace.programmes.models import CourseCost
from marketplace.programmes.services import Cost
from marketplace.programmes.states.cost import FUNDER_LABELS, Funder


class CostRow(Row):
    matters = ("what", "amount")
    what = LineField(_l("What is paid"), [Needed()], longest=200)
    amount = MoneyField(_l("How much, in đồng"), [Needed()], least=1)
    funder = ChoiceField(_l("Who pays"), [Needed()], choices=choices_of(FUNDER_LABELS.items()))
    named = LineField(_l("Which project or sponsor"), [Optional()], longest=120)

    def show(self, stored: CourseCost) -> None:
        self.what.data, self.amount.data = stored.what, stored.amount
        self.funder.data, self.named.data = str(stored.funder), stored.named
        self.told = f"{stored.what}: {formats.vnd(stored.amount, locale())}"


class CostsForm(Form):
    def __init__(self, stored: Sequence[CourseCost], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.costs: Rows[CostRow] = Rows(CostRow, "costs", stored, spare=2)

    def submitted(self) -> bool:
        return self.is_submitted() and "more_costs" not in request.form and self.validate()

    def validate(self, extra_validators: Any = None) -> bool:
        if not (rows := self.costs.validate()):
            self.problems = [_("Please look at the lines below: something is missing there.")]
        return super().validate(extra_validators) and rows

    def values(self) -> list[Cost]:
        return [
            Cost(each.what.data, each.amount.data, Funder(each.funder.data), each.named.data or "")
            for each in self.costs.written
        ]
