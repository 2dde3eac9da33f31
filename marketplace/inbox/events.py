"""Facts of what people do with what they were told, and of what is written down for them."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l, pick


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


class EntryEvent(Event):
    """`vi` and `en` are what was written down, `words` what is wrong with it."""

    entry_id: int
    organisation_id: int
    vi: str
    en: str
    words: str
    sentence = _l("%(what)s")
    about = {"entry": "entry_id", "organisation": "organisation_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {
            **data,
            "what": pick(data.get("vi", ""), data.get("en", "")),
            "words": data.get("words") or "…",
        }


class EntryWritten(EntryEvent):
    sentence = _l("Written down by the alliance: %(what)s")


class EntryConfirmed(EntryEvent):
    sentence = _l("Confirmed: %(what)s")


class EntryDenied(EntryEvent):
    sentence = _l("Said to be wrong: %(what)s. %(words)s")


class EntrySettled(EntryEvent):
    sentence = _l("Put right by the alliance: %(what)s")


class EntryReopened(EntryEvent):
    sentence = _l("Not put right yet after all: %(what)s")
