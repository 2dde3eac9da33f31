"""Input becomes validated values. A form may ask the database for choices; it never writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import request
from flask_wtf import FlaskForm

from marketplace.foundation.errors import Refusal


class Form(FlaskForm):
    """Base of every form. The door guards against strangers' forms, so no token field is needed here."""

    class Meta(FlaskForm.Meta):
        csrf = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.problems: list[Any] = []

    def submitted(self) -> bool:
        """True when this request sent the form and every field is in order."""
        return request.method in {"POST", "PUT", "PATCH"} and self.validate()

    @property
    def refused(self) -> bool:
        return bool(self.problems or self.errors)

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """A Refusal from the service appears beside its field, or above the form; what was typed stays."""
        try:
            yield
        except Refusal as refusal:
            named = dict(refusal.fields)
            if refusal.field:
                named[refusal.field] = refusal.message
            for name, message in named.items():
                if name in self._fields:
                    field = self._fields[name]
                    field.errors = [*field.errors, str(message)]
                else:
                    self.problems.append(str(message))
            if not named:
                self.problems.append(str(refusal))
