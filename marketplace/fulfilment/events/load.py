"""Facts of loads."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


class LoadEvent(Event):
    """About one journey; `kg` as plain text."""

    load_id: int
    contract_id: int
    call_off_id: int
    delivery_id: int
    kg: str
    sentence = _l("A load of %(kg)s")
    about = {"call_off": "call_off_id", "contract": "contract_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "kg": formats.weight(Decimal(data["kg"]), locale())}


class LoadPrepared(LoadEvent):
    sentence = _l("A load of %(kg)s is made ready")


class LoadCalledOff(LoadEvent):
    sentence = _l("A load of %(kg)s was called off before it left")


class LoadSent(LoadEvent):
    sentence = _l("A load of %(kg)s left")
