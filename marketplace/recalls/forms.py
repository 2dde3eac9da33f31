"""What is written when a lot is called back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.foundation.web.fields import LineField, Needed, Optional, QuantityField, TextField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.recalls.models import PARTS, RecallHolding


class RecallForm(Form):
    """Why, and what buyers should do."""

    reason = TextField(
        _l("Why is this lot called back?"),
        [Needed()],
        longest=1000,
        description=_l("Every buyer reads this."),
    )
    advice = TextField(
        _l("What should buyers do?"),
        [Optional()],
        longest=1000,
        description=_l("For example: keep it aside, do not sell it, we fetch it tomorrow."),
    )


class AnswerForm(Form):
    """Kilograms of each part; empty is none."""

    kept = QuantityField(_l("Kept aside"), [Optional()])
    returned = QuantityField(_l("Given back to the cooperative"), [Optional()])
    sold = QuantityField(_l("Sold on or eaten"), [Optional()])
    destroyed = QuantityField(_l("Destroyed"), [Optional()])
    words = TextField(_l("What the cooperative should know"), [Optional()], longest=500)

    def parts(self) -> dict[str, Decimal]:
        return {part: self[part].data.amount for part in PARTS if self[part].data is not None}


class NotedForm(AnswerForm):
    """The same, as a buyer said it on the phone."""

    answered_by = LineField(_l("Who said it"), [Needed()], longest=120)


def answer_form(holding: RecallHolding, kind: type[AnswerForm] = AnswerForm, **kwargs: Any) -> AnswerForm:
    """With what was answered before."""
    told: dict[str, Any] = {part: getattr(holding, part) or None for part in PARTS}
    told["words"] = holding.words
    if kind is NotedForm:
        told["answered_by"] = holding.answered_by
    return kind(data=told, **kwargs)


class ReportForm(Form):
    report = TextField(
        _l("What was found and done"), [Needed()], longest=2000, description=_l("It closes the recall.")
    )


class LiftForm(Form):
    report = TextField(
        _l("Why there was no ground"), [Needed()], longest=2000, description=_l("Every buyer hears of it.")
    )


class PressForm(Form):
    """A single press of a button."""
