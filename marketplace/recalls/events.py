"""Facts of recalls."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l

PART_WORDS = {
    "kept": _l("%(kg)s kept aside"),
    "returned": _l("%(kg)s given back"),
    "sold": _l("%(kg)s sold on or eaten"),
    "destroyed": _l("%(kg)s destroyed"),
}


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
    """What became of it, in kg as plain text; the history names the parts that are something."""

    holding_id: int
    delivered: str
    kept: str
    returned: str
    sold: str
    destroyed: str
    sentence = _l("Answer for %(delivered)s: %(told)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        some = {part: Decimal(data.get(part) or 0) for part in PART_WORDS}
        told = [
            str(words) % {"kg": formats.weight(some[part], locale())}
            for part, words in PART_WORDS.items()
            if some[part]
        ]
        return {"told": ", ".join(told) or str(_l("said in words")), **data}
