"""Facts about what a cooperative asks of a fair."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l

PARTS = {
    "goods": _l("goods and booths"),
    "place": _l("wishes for the place"),
    "needs": _l("needs at the stand"),
}


class FairApplicationFilled(Event):
    """One step was kept; `part` names it."""

    application_id: int
    fair_id: int
    part: str
    sentence = _l("Filled in: %(told)s")
    about = {"application": "application_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "told": str(PARTS.get(data["part"], data["part"]))}
