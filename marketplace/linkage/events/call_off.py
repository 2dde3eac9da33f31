"""Facts of call-offs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.linkage.states.call_off import CAUSE_LABELS, Cause

AMOUNTS = ("kg", "before", "called")


class CallOffsPlanned(Event):
    contract_id: int
    added: int
    changed: int
    sentence = _l("Deliveries planned from the schedule: %(added)s new, %(changed)s changed")
    about = {"contract": "contract_id"}


class CallOffEvent(Event):
    """A fact about one slot; amounts in kg as plain text."""

    call_off_id: int
    contract_id: int
    slot: str
    sentence = _l("Call-off")
    about = {"call_off": "call_off_id"}
    spoken = frozenset({"words"})

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        told = {**data}
        for name in AMOUNTS:
            if name in data:
                told[name] = formats.weight(Decimal(data[name]), locale())
        if data.get("cause"):
            told["cause"] = CAUSE_LABELS[Cause(data["cause"])]
        return told


class CallOffCalled(CallOffEvent):
    kg: str
    sentence = _l("%(kg)s called")


class CallOffChanged(CallOffEvent):
    before: str
    kg: str
    sentence = _l("The buyer asks for %(kg)s instead of %(before)s")


class CallOffAccepted(CallOffEvent):
    kg: str
    called: str
    cause: str
    words: str
    sentence = _l("%(kg)s of %(called)s will come. %(cause)s %(words)s")


class CallOffRefused(CallOffEvent):
    cause: str
    words: str
    sentence = _l("Refused: %(cause)s. %(words)s")


class CallOffKept(CallOffEvent):
    kg: str
    sentence = _l("The change does not hold: %(kg)s come as accepted before")


class CallOffLapsed(CallOffEvent):
    sentence = _l("No answer came in time")


class CallOffCancelled(CallOffEvent):
    sentence = _l("The buyer took the call back")
