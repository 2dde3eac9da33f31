"""What people fill in about their data, and what officers answer."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from wtforms import PasswordField
from wtforms.validators import InputRequired

from marketplace.foundation.web.fields import (
    EmailField,
    LineField,
    Needed,
    Optional,
    PhoneField,
    RadioField,
    TextField,
    TickField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.privacy.states import RIGHT_LABELS, Right


class PressForm(Form):
    """A single press of a button."""


class AskForm(Form):
    """What is asked, and about what."""

    kind = RadioField(_l("What do you ask for?"), [Needed(_l("Please choose what you ask for."))])
    words = TextField(_l("About what? A few words help us"), [Optional()], longest=1000)

    def __init__(self, but: Collection[Right] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = choices_of((k, label) for k, label in RIGHT_LABELS.items() if k not in but)


class PhonedForm(AskForm):
    """An officer enters it for somebody who phoned or wrote."""

    name = LineField(_l("Name of the person"), [Needed()], longest=255)
    phone = PhoneField(_l("Phone number"), [Optional()])
    email = EmailField(_l("E-mail"), [Optional()])


class DeletionForm(Form):
    """Who deletes an account knows its password."""

    password = PasswordField(_l("Your password"), [Needed()])
    agree = TickField(
        _l("I understand that this cannot be undone after that day"),
        [InputRequired(_l("Please read and tick this before you go on."))],
    )


class AnswerForm(Form):
    """How a request ends."""

    outcome = RadioField(
        _l("How does it end?"),
        [Needed(_l("Please choose how it ends."))],
        choices=[
            ("finish", _l("Done, or given")),
            ("refuse", _l("Not possible; I write why, and on which ground in the law")),
        ],
    )
    answer = TextField(_l("What the person reads"), [Optional()], longest=1000)


class LongerForm(Form):
    why = LineField(_l("Why does it take longer?"), [Needed()], longest=500)
