"""What buyers write, what cooperatives answer, what officers decide."""

from __future__ import annotations

from marketplace.accounts.states import Purpose, asked
from marketplace.foundation.web.fields import (
    LineField,
    Needed,
    Optional,
    RadioField,
    TextField,
    TickField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.reputation.states import HIDE_LABELS


class WordsForm(Form):
    """To be shown is agreed to apart, and never ticked beforehand."""

    words = TextField(
        _l("How was it? The goods, the delivery, the people"),
        [Needed(_l("Please write a few words."))],
        longest=1000,
    )
    public = TickField(asked(Purpose.WORDS), [Optional()])


class AnswerForm(Form):
    answer = TextField(_l("Your answer"), [Needed(_l("Please write a few words."))], longest=1000)


class ReportForm(Form):
    why = LineField(_l("What is not right in these words?"), [Needed()], longest=500)


class HideForm(Form):
    reason = RadioField(
        _l("Why is it hidden?"),
        [Needed(_l("Please choose a reason."))],
        choices=choices_of(HIDE_LABELS.items()),
    )


class AppealForm(Form):
    why = TextField(_l("Why should it be shown again?"), [Needed()], longest=1000)


class AnswerAppealForm(Form):
    answer = TextField(_l("Your answer to the buyer"), [Needed()], longest=1000)


class PressForm(Form):
    """A single press of a button."""
