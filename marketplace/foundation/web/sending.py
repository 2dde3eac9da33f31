"""What a form needs that may be sent twice, or late: a number of its own, and the file that came with it."""

from __future__ import annotations

import uuid
from typing import Any

from wtforms import FileField, HiddenField

from marketplace.foundation.media.receiving import Clean, without_traces


class ClientField(HiddenField):
    """Which page this comes from: whatever is sent twice under it is one thing."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            self.data = str(uuid.UUID(valuelist[0])) if valuelist else ""
        except ValueError:
            self.data = ""

    def process_data(self, value: Any) -> None:
        self.data = value or str(uuid.uuid4())


def sent(field: FileField, name: str) -> Clean | None:
    """The file that was sent, bare; None when none was."""
    file = field.data
    if not getattr(file, "filename", ""):
        return None
    return without_traces(stream=file.stream, filename=file.filename, field=name)
