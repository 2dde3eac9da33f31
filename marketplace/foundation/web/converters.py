"""What a URL names becomes the thing itself, scoped to who asks: a foreign thing is a 404."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_login import current_user
from werkzeug.routing import BaseConverter, ValidationError


def subject(
    load: Callable[[str, Any], Any], attribute: str = "ref", regex: str = "[A-Za-z0-9-]{1,120}"
) -> type[BaseConverter]:
    """A converter for `<order:order>`: `load(text, user)` gives the thing, or None."""

    class Subject(BaseConverter):
        part_isolating = True

        def to_python(self, value: str) -> Any:
            found = load(value, current_user)
            if found is None:
                raise ValidationError
            return found

        def to_url(self, value: Any) -> str:
            return value if isinstance(value, str) else str(getattr(value, attribute))

    Subject.regex = regex
    return Subject
