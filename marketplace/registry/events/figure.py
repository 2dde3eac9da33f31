"""Facts about what a cooperative is and counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.cooperatives.states import SECTOR_LABELS, Sector
from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l


class FigureFact(Event):
    """Something that counts from `day` on."""

    cooperative_id: int
    day: str
    sentence = _l("From %(told)s on")
    about = {"cooperative": "cooperative_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "told": formats.date(dt.date.fromisoformat(data["day"]), locale())}


class SectorChanged(FigureFact):
    sector: str
    sentence = _l("Sector from %(told)s on: %(label)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**super().shape(data), "label": str(SECTOR_LABELS[Sector(data["sector"])])}


class FiguresNoted(FigureFact):
    sentence = _l("Members, capital and workers as of %(told)s noted")


class NewModelJudged(FigureFact):
    is_new_model: bool
    sentence = _l("%(told)s: %(label)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        label = (
            _("judged to be of the new model") if data["is_new_model"] else _("no longer of the new model")
        )
        return {**super().shape(data), "label": label}
