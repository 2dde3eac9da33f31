"""Facts about buyers' words. The words themselves may change and go: history only tells that they did."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l
from marketplace.reputation.states import APPEAL_LABELS, HIDE_LABELS, AppealOutcome, HideReason


class WordsEvent(Event):
    words_id: int
    order_id: int
    sentence = _l("Words of the buyer")
    about = {"order": "order_id", "buyers_words": "words_id"}


class WordsWritten(WordsEvent):
    sentence = _l("The buyer wrote some words about the order")


class WordsAmended(WordsEvent):
    sentence = _l("The buyer amended the words")


class WordsAnswered(WordsEvent):
    sentence = _l("The cooperative answered the buyer's words")


class WordsReported(WordsEvent):
    sentence = _l("The alliance was asked to look at the buyer's words")


class WordsKept(WordsEvent):
    sentence = _l("The alliance looked at the buyer's words: they stay")


class WordsHidden(WordsEvent):
    reason: str
    sentence = _l("The alliance hid the buyer's words: %(reason)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "reason": str(HIDE_LABELS[HideReason(data["reason"])]).lower()}


class WordsAppealed(WordsEvent):
    sentence = _l("The buyer appeals against the hiding")


class WordsAppealAnswered(WordsEvent):
    outcome: str
    sentence = _l("The appeal was answered: %(outcome)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "outcome": str(APPEAL_LABELS[AppealOutcome(data["outcome"])]).lower()}


class WordsShownAgain(WordsEvent):
    sentence = _l("The alliance shows the buyer's words again")
