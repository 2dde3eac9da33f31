"""The life of a season's page; whether the season is on, its months say."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class CampaignState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class ChoiceKind(StrEnum):
    """What is chosen for a season."""

    GOODS = "goods"
    PRODUCTS = "products"
    COOPERATIVES = "cooperatives"


C = CampaignState
campaign_lifecycle = Lifecycle(
    "campaign",
    move("open", C.DRAFT, C.CLOSED, to=C.OPEN),
    move("close", C.OPEN, to=C.CLOSED),
)
CAMPAIGN_LABELS = {C.DRAFT: _l("Draft"), C.OPEN: _l("Open to everybody"), C.CLOSED: _l("Closed again")}
CAMPAIGN_TONES = {C.DRAFT: "wait", C.OPEN: "ok", C.CLOSED: ""}
