"""What is ticked, and what becomes of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from wtforms.validators import Optional

from marketplace.foundation.web import Form
from marketplace.foundation.web.fields import ChoiceField, DateField, LineField, ManyField
from marketplace.foundation.words import _l
from marketplace.worklist.queries import MOST


class KeysForm(Form):
    """Lines that are ticked. Which of them still wait is the service's to say."""

    keys = ManyField(_l("Lines"), validate_choice=False)

    def chosen(self) -> list[str]:
        return [str(key)[:64] for key in self.keys.data or []][:MOST]


class MarkForm(KeysForm):
    to = ChoiceField(_l("Hand over to"), [Optional()], choices=[], validate_choice=False)
    until = DateField(_l("Put off until"), [Optional()])
    note = LineField(_l("A word about it"), [Optional()], longest=300)
    shown = LineField(_l("Shown at"), [Optional()], longest=40)

    def __init__(self, colleagues: Any = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.to.choices = [("", _l("choose a colleague")), *((str(one.id), one.name) for one in colleagues)]

    def seen(self) -> dt.datetime | None:
        """When the page was drawn on which this was ticked; an odd moment counts as none."""
        try:
            moment = dt.datetime.fromisoformat(self.shown.data or "")
        except ValueError:
            return None
        return moment if moment.tzinfo is not None else None


class RunForm(KeysForm):
    """The preview's: what was shown, and the name it was drawn under."""

    ref = LineField(_l("Preview"), [Optional()], longest=32)
