"""Drawing up a sheet, saying no to it, writing down what was given ahead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField

from marketplace.foundation.errors import Refusal
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
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _, _l
from marketplace.linkage.reckoning.deposit import REFUSER_LABELS, Refuser


class DeductionForm(Form):
    """Up to two sums that are taken off by agreement."""

    why = LineField(
        _l("Taken off for"), [Optional()], longest=160, description=_l("For example: loading, bags.")
    )
    amount = MoneyField(_l("How much"), [Optional()])
    why_more = LineField(_l("Taken off besides for"), [Optional()], longest=160)
    amount_more = MoneyField(_l("How much besides"), [Optional()])

    def deductions(self) -> list[tuple[str, Money]]:
        """(Why, đồng) of each row. Raises Refusal beside the field for half a row."""
        rows = [
            ("why", "amount", self.why.data, self.amount.data),
            ("why_more", "amount_more", self.why_more.data, self.amount_more.data),
        ]
        told = []
        for words_field, sum_field, words, amount in rows:
            if amount and not words:
                raise Refusal(_l("Write what it is taken off for."), field=words_field)
            if words and not amount:
                raise Refusal(_l("Write how much is taken off."), field=sum_field)
            if words and amount:
                told.append((words, amount))
        return told


class DrawForm(DeductionForm):
    last = DateField(
        _l("Deliveries until"), [Optional()], description=_l("Leave it empty for all that is agreed.")
    )


class DisagreeForm(DeductionForm):
    words = TextField(_l("What is wrong with it (the other side reads it)"), [Needed()], longest=500)
    refuser = ChoiceField(_l("What becomes of the rest of the deposit"), [Optional()], default="")
    let_go = MoneyField(
        _l("Of the inputs: not paid back"),
        [Optional()],
        description=_l("For example after a flood: how much the buyer does not ask back."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refuser.choices = choices_of(REFUSER_LABELS.items(), none=_("As the sheet says"))

    @property
    def said_refuser(self) -> Refuser | None:
        """Nobody said so where it stays as the sheet says."""
        return Refuser(self.refuser.data) if self.refuser.data else None


def disagree_form(
    deductions: Sequence[tuple[str, Money]], let_go: Money | None = None, **more: Any
) -> DisagreeForm:
    """With what the sheet takes off and does not ask back, to be changed."""
    told: dict[str, Any] = {"let_go": let_go}
    for (words_field, sum_field), (words, amount) in zip(
        (("why", "amount"), ("why_more", "amount_more")), deductions, strict=False
    ):
        told |= {words_field: words, sum_field: amount}
    return DisagreeForm(data=told, **more)


class InputsForm(Form):
    item = LineField(
        _l("What was given"), [Needed()], longest=160, description=_l("For example: carrot seed Ti-103.")
    )
    quantity = DecimalField(_l("How much"), [Needed()], most=1_000_000)
    unit = LineField(
        _l("Counted in"), [Optional()], longest=20, description=_l("For example: kg, bags, tins.")
    )
    value = MoneyField(_l("Worth"), [Needed()])
    given_on = DateField(_l("Given on"), [Needed()])
    once = HiddenField()


class DeclineForm(Form):
    words = TextField(_l("Why not (the other side reads it)"), [Needed()], longest=500)
