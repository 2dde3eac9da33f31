"""Facts about papers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from marketplace.documents.kinds import KINDS
from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class DocumentIssued(Event):
    """A paper was written for good. `stories` are the histories it belongs to: {"order": 12}."""

    document_id: int
    paper: str
    number: str
    replaces: str
    stories: dict[str, int]
    sentence = _l("%(paper)s %(number)s was written. %(replaces)s")
    about = {"document": "document_id"}

    def subjects(self) -> Iterator[tuple[str, int]]:
        yield from super().subjects()
        yield from self.stories.items()

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        replaces = str(_l("It replaces %(number)s.", number=data["replaces"])) if data["replaces"] else ""
        return {**data, "paper": str(KINDS[data["paper"]].label), "replaces": replaces}
