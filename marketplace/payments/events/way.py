"""The fact that a charge is paid another way from now on."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l
from marketplace.payments.states import WAY_LABELS, Way


class ChargeWayChanged(Event):
    """Whose subject it is tells of it too, in its own words."""

    charge_id: int
    was: str
    way: str
    sentence = _l("To be paid another way: %(now)s. Before: %(before)s")
    about = {"charge": "charge_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        told = {"now": str(WAY_LABELS[Way(data["way"])]), "before": str(WAY_LABELS[Way(data["was"])])}
        return {**data, **told}
