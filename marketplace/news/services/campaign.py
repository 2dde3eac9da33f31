"""The page of a season: drafted, changed, opened, closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media import receive_photo, remove_photo
from marketplace.foundation.text import clean_line, clean_text, slug
from marketplace.foundation.words import _l
from marketplace.news.events import CampaignChanged, CampaignClosed, CampaignDrafted, CampaignOpened
from marketplace.news.models import Campaign
from marketplace.news.queries import campaign as queries
from marketplace.news.states import campaign_lifecycle


@dataclass(frozen=True, kw_only=True)
class CampaignFacts:
    """What an officer says about a season; `months` is a mask."""

    commodity_id: int
    months: int
    title_vi: str
    title_en: str = ""
    words_vi: str = ""
    words_en: str = ""


def draft_campaign(*, facts: CampaignFacts, by: Any) -> Campaign:
    _check(facts)
    campaign = Campaign(slug=_free_slug(facts.title_vi), made_at=clock.now())
    _write(campaign, facts)
    db.session.add(campaign)
    db.session.flush()
    announce(CampaignDrafted(campaign_id=campaign.id, actor_id=id_of(by)))
    return campaign


def change_campaign(*, campaign: Campaign, facts: CampaignFacts, by: Any) -> None:
    _take_turn(campaign)
    _check(facts)
    _write(campaign, facts)
    _changed(campaign, by)


def set_campaign_photo(*, campaign: Campaign, stream: Any, filename: str, by: Any) -> None:
    """The picture at its head; the one before goes."""
    _take_turn(campaign)
    before = campaign.photo
    campaign.photo = receive_photo(stream=stream, filename=filename, by=by, field="photo")
    _forget(before)
    _changed(campaign, by)


def remove_campaign_photo(*, campaign: Campaign, by: Any) -> None:
    """Back to the drawing of its goods."""
    _take_turn(campaign)
    before = campaign.photo
    campaign.photo = None
    _forget(before)
    _changed(campaign, by)


def open_campaign(*, campaign: Campaign, by: Any) -> None:
    """Everybody sees the page; in its months it stands on the first page."""
    _take_turn(campaign)
    campaign_lifecycle.advance(campaign, "open")
    db.session.flush()
    announce(CampaignOpened(campaign_id=campaign.id, actor_id=id_of(by)))


def close_campaign(*, campaign: Campaign, by: Any) -> None:
    _take_turn(campaign)
    campaign_lifecycle.advance(campaign, "close")
    db.session.flush()
    announce(CampaignClosed(campaign_id=campaign.id, actor_id=id_of(by)))


# --- how it is done ---------------------------------------------------------------------------------


def _take_turn(campaign: Campaign) -> None:
    db.session.refresh(campaign, with_for_update={"of": Campaign})


def _forget(photo: Any) -> None:
    db.session.flush()
    if photo is not None:
        remove_photo(photo=photo)


def _changed(campaign: Campaign, by: Any) -> None:
    db.session.flush()
    announce(CampaignChanged(campaign_id=campaign.id, actor_id=id_of(by)))


def _check(facts: CampaignFacts) -> None:
    if not clean_line(facts.title_vi):
        raise Refusal(_l("Please give it a title."), field="title_vi")
    if not facts.months:
        raise Refusal(_l("Please choose the months of the season."), field="months")


def _write(campaign: Campaign, facts: CampaignFacts) -> None:
    campaign.commodity_id, campaign.months = facts.commodity_id, facts.months
    campaign.title_vi, campaign.title_en = clean_line(facts.title_vi), clean_line(facts.title_en)
    campaign.words_vi, campaign.words_en = clean_text(facts.words_vi), clean_text(facts.words_en)


def _free_slug(title: str) -> str:
    begin = slug(title, 120) or "mua-vu"
    taken = queries.slugs_like(begin)
    return next(
        each for n in range(1, len(taken) + 2) if (each := begin if n == 1 else f"{begin}-{n}") not in taken
    )
