"""Facts about a cooperative's life before the law."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.registry.states.life_event import LIFE_LABELS, LifeKind


class LifeFact(Event):
    """About one row; `what` is its kind, `day` when it happened, `standing` how the cooperative stands today."""

    cooperative_id: int
    life_event_id: int
    what: str
    day: str
    standing: str
    successor_ids: list[int]
    sentence = _l("%(label)s on %(told)s")
    about = {"cooperative": "cooperative_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        told = formats.date(dt.date.fromisoformat(data["day"]), locale())
        return {**data, "label": str(LIFE_LABELS[LifeKind(data["what"])]), "told": told}


class LifeRecorded(LifeFact):
    sentence = _l("Entered in its life: %(label)s, %(told)s")


class LifeCorrected(LifeFact):
    sentence = _l("Corrected in its life: %(label)s, %(told)s. %(words)s")
    words: str


class LifeStruck(LifeFact):
    sentence = _l("Struck from its life: %(label)s, %(told)s. %(words)s")
    words: str
