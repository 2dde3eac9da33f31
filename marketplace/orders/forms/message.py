"""What the sides of an order write to each other."""

from __future__ import annotations

from wtforms import HiddenField, MultipleFileField

from marketplace.foundation.media.receiving import Clean, without_traces
from marketplace.foundation.web.fields import LineField, Needed, Optional, TextField
from marketplace.foundation.web.forms import Form
from marketplace.foundation.words import _l
from marketplace.inbox.services.thread import MOST_FILES


class MessageForm(Form):
    """What one side writes; `once` makes a form that is sent twice write once."""

    words = TextField(_l("Your message"), [Optional()], longest=2000)
    files = MultipleFileField(_l("Photos or PDFs"))
    once = HiddenField(validators=[Needed()])

    def sent_files(self) -> list[Clean]:
        """Photos without what tells where and when they were taken; more than are taken are not looked at."""
        sent = [file for file in self.files.data or [] if getattr(file, "filename", "")]
        return [
            without_traces(stream=file.stream, filename=file.filename, field="files")
            for file in sent[: MOST_FILES + 1]
        ]


class ReportForm(Form):
    words = LineField(_l("What is wrong with it?"), [Needed()], longest=500)
