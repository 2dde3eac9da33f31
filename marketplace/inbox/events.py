"""Facts of what people do with what they were told."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class DoneByLink(Event):
    """Somebody tapped a link of a letter; a guest has no history."""

    link_id: int
    act: str
    person_id: int | None
    sentence = _l("Pressed in a letter: %(button)s")
    about = {"person": "person_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        from marketplace.inbox.acts import ACTS

        known = ACTS.get(data["act"])
        return {**data, "button": str(known.button) if known else data["act"]}


class LettersStopped(Event):
    """A person switched the letters of a topic off by the link at their foot."""

    person_id: int
    topic: str
    sentence = _l("Letters switched off by their link: %(topic)s")
    about = {"person": "person_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        from marketplace.inbox.letters import TOPICS

        known = TOPICS.get(data["topic"])
        return {**data, "topic": str(known.label) if known else data["topic"]}
