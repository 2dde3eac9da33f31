"""Facts about advice and legal help."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class AdviceEvent(Event):
    advice_id: int
    cooperative_id: int | None
    sentence = _l("Advice")
    about = {"advice": "advice_id", "cooperative": "cooperative_id"}


class AdviceAsked(AdviceEvent):
    sentence = _l("Advice was asked for")


class AdviceGiven(AdviceEvent):
    sentence = _l("The question was answered")


class AdviceFollowed(AdviceEvent):
    sentence = _l("What was promised is done")
