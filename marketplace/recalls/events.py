"""Facts of recalls."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class RecallEvent(Event):
    recall_id: int
    lot_id: int
    number: str
    sentence = _l("Recall")
    about = {"recall": "recall_id", "lot": "lot_id"}


class RecallOpened(RecallEvent):
    words: str
    sentence = _l("Recall %(number)s was opened: %(words)s")


class RecallClosed(RecallEvent):
    words: str
    sentence = _l("Recall %(number)s was closed: %(words)s")


class RecallLifted(RecallEvent):
    words: str
    sentence = _l("Recall %(number)s was taken back: %(words)s")


class RecallHolderFound(RecallEvent):
    """A buyer is told; `delivered` is the number of what was delivered."""

    holding_id: int
    delivered: str
    sentence = _l("The buyer of %(delivered)s is told")


class RecallAnswered(RecallEvent):
    holding_id: int
    delivered: str
    told: str
    sentence = _l("Answer for %(delivered)s: %(told)s")
