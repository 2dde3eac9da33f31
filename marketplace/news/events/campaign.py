"""Facts about pages of a season."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class CampaignEvent(Event):
    """About one page of a season."""

    campaign_id: int
    sentence = _l("Page of a season")
    about = {"campaign": "campaign_id"}


class CampaignDrafted(CampaignEvent):
    sentence = _l("The page of the season was drafted")


class CampaignChanged(CampaignEvent):
    sentence = _l("The page of the season was changed")


class CampaignOpened(CampaignEvent):
    sentence = _l("The page of the season was opened to everybody")


class CampaignClosed(CampaignEvent):
    sentence = _l("The page of the season was closed")
