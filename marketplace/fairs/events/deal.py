"""Facts of memoranda and contracts."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class DealEvent(Event):
    """About one memorandum or contract; `value` in đồng, as the exhibitor declares it."""

    deal_id: int
    deal_kind: str
    fair_id: int
    stand_id: int
    value: int
    sentence = _l("Memorandum or contract")
    about = {"stand": "stand_id"}


class DealSigned(DealEvent):
    sentence = _l("A memorandum or contract was written down at the stand")


class DealDropped(DealEvent):
    sentence = _l("A memorandum or contract was taken off: it was written down by mistake")


class DealBegan(DealEvent):
    sentence = _l("Delivery of what was signed at the fair began")


class DealDelivered(DealEvent):
    sentence = _l("What was signed at the fair is delivered")


class DealFailed(DealEvent):
    sentence = _l("What was signed at the fair came to nothing")
