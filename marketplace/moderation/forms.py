"""What visitors, officers and owners write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.foundation.web.fields import (
    LineField,
    Needed,
    Optional,
    RadioField,
    TextField,
    choices_of,
)
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.moderation.matters import Matter
from marketplace.moderation.states import REASON_LABELS


class ReportForm(Form):
    part = RadioField(_l("Which part is it about?"), [Needed(_l("Please choose a part."))])
    reason = RadioField(
        _l("What is wrong?"),
        [Needed(_l("Please choose a reason."))],
        choices=choices_of(REASON_LABELS.items()),
    )
    words = TextField(_l("In your own words"), [Optional()], longest=1000)
    contact = LineField(_l("Your e-mail or phone number"), [Optional()], longest=254)

    def __init__(self, *args: Any, parts: Sequence[Matter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part.choices = [(one.key, one.part) for one in parts]
        if len(parts) == 1 and not self.is_submitted():
            self.part.data = parts[0].key


class TakeDownForm(Form):
    reason = RadioField(
        _l("Why is it taken down?"),
        [Needed(_l("Please choose a reason."))],
        choices=choices_of(REASON_LABELS.items()),
    )
    words = TextField(_l("To the owner"), [Needed()], longest=1000)


class AppealForm(Form):
    words = TextField(_l("Why should it be shown again?"), [Needed()], longest=1000)


class DecideForm(Form):
    words = TextField(_l("Your answer to the owner"), [Needed()], longest=1000)


class PressForm(Form):
    """A single press of a button."""
