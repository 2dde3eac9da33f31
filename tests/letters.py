"""Reading letters as their reader gets them: with the keys that are cut when they leave."""

from __future__ import annotations

import re

from sqlalchemy import select

from marketplace.foundation.db import db
from marketplace.foundation.mail import Letter, keys


def letters_to(recipient: str, words: str = "") -> list[Letter]:
    """What was posted to this address, with these words in its subject, oldest first."""
    query = select(Letter).where(Letter.recipient == recipient).order_by(Letter.id)
    return [letter for letter in db.session.scalars(query) if words in letter.subject]


def link_in(letter: Letter, button: str) -> str:
    """The path of the link with these words on its button."""
    found = re.search(rf"^{re.escape(button)}:\nhttp://[^/]+(/\S+)$", keys.cut(letter.text), re.MULTILINE)
    assert found, f"no button {button!r} in:\n{letter.text}"
    return found[1]
