"""What the sides of an order write to each other."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, MultipleFileField

from marketplace.foundation.web.fields import LineField, Needed, Optional, TextField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l


class MessageForm(Form):
    """What one side writes; `once` makes a form that is sent twice write once."""

    words = TextField(_l("Your message"), [Optional()], longest=2000)
    files = MultipleFileField(_l("Photos or PDFs"))
    once = HiddenField(validators=[Needed()])

    def sent_files(self) -> list[Any]:
        return [file for file in self.files.data or [] if getattr(file, "filename", "")]


class ReportForm(Form):
    words = LineField(_l("What is wrong with it?"), [Needed()], longest=500)
