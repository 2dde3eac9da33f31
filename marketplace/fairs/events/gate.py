"""Facts about gates."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class GateEvent(Event):
    """About one gate."""

    gate_id: int
    fair_id: int
    name: str
    sentence = _l("Gate %(name)s")
    about = {"gate": "gate_id"}


class GateMade(GateEvent):
    sentence = _l("Gate %(name)s was made")


class GateTaken(GateEvent):
    """A device stands there now; the one before it no longer has a key."""

    sentence = _l("A device took over gate %(name)s")


class GateClosed(GateEvent):
    sentence = _l("Gate %(name)s was closed")


class ScansReceived(GateEvent):
    count: int
    sentence = _l("Gate %(name)s told of %(count)s scans and clicks")


class ConflictSettled(GateEvent):
    words: str
    sentence = _l("A conflict at gate %(name)s was settled: %(words)s")
