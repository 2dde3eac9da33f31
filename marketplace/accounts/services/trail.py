"""The trail leaves the house: that is a fact too."""

from __future__ import annotations

from marketplace.accounts.events import TrailTaken
from marketplace.accounts.models import Person
from marketplace.foundation.events import announce


def note_trail_taken(*, rows: int, file: str, by: Person) -> None:
    """Before a file is given out: who took how much."""
    announce(TrailTaken(person_id=by.id, rows=rows, file=file, actor_id=by.id))
