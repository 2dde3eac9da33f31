"""The page of a season: drafted, changed, opened, closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media import receive_photo, remove_photo
from marketplace.foundation.text import clean_line, clean_text, slug
from marketplace.foundation.words import _l
from marketplace.news.events import CampaignChanged, CampaignClosed, CampaignDrafted, CampaignOpened
from marketplace.news.models import Campaign, CampaignCooperative, CampaignGoods, CampaignProduct
from marketplace.news.queries import campaign as queries
from marketplace.news.states import ChoiceKind, campaign_lifecycle

MOST = {ChoiceKind.GOODS: 6, ChoiceKind.PRODUCTS: 24, ChoiceKind.COOPERATIVES: 12}


@dataclass(frozen=True, kw_only=True)
class CampaignFacts:
    """What an officer says about a season; `months` is a mask."""

    months: int
    title_vi: str
    title_en: str = ""
    words_vi: str = ""
    words_en: str = ""


def draft_campaign(*, commodity_ids: Sequence[int], facts: CampaignFacts, by: Any) -> Campaign:
    """A page of these goods, seen by officers only."""
    _check(facts)
    campaign = Campaign(slug=_free_slug(facts.title_vi), made_at=clock.now())
    _write(campaign, facts)
    db.session.add(campaign)
    for commodity_id in commodity_ids:
        _put(campaign, ChoiceKind.GOODS, commodity_id)
    if not campaign.goods:
        raise Refusal(_l("Please choose the goods of the season."), field="commodity")
    db.session.flush()
    announce(CampaignDrafted(campaign_id=campaign.id, actor_id=id_of(by)))
    return campaign


def change_campaign(*, campaign: Campaign, facts: CampaignFacts, by: Any) -> None:
    _take_turn(campaign)
    _check(facts)
    _write(campaign, facts)
    _changed(campaign, by)


def choose(*, campaign: Campaign, kind: ChoiceKind, key: int, by: Any) -> None:
    """One more of the goods, products on sale or members of this season, at the end; once, however often it is said."""
    _take_turn(campaign)
    if _put(campaign, kind, key):
        _changed(campaign, by)


def unchoose(*, campaign: Campaign, kind: ChoiceKind, key: int, by: Any) -> None:
    """Off the page; what is not there any more needs nothing. The last of its goods stays."""
    _take_turn(campaign)
    chosen = campaign.chosen(kind)
    gone = next((each for each in chosen if each.key == key), None)
    if gone is None:
        return
    if kind is ChoiceKind.GOODS and len(chosen) == 1:
        raise Refusal(_l("A season needs some goods: add others first."))
    chosen.remove(gone)
    _number(chosen)
    _changed(campaign, by)


def move_choice(
    *, campaign: Campaign, kind: ChoiceKind, key: int, step: Literal["up", "down"], by: Any
) -> None:
    """One place up or down; at the end it stays."""
    _take_turn(campaign)
    chosen = campaign.chosen(kind)
    keys = [each.key for each in chosen]
    if key not in keys:
        raise Refusal(_l("This is not on the page any more."))
    here = keys.index(key)
    there = here - 1 if step == "up" else here + 1
    if not 0 <= there < len(keys):
        return
    chosen[here].position, chosen[there].position = there, here
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


def _put(campaign: Campaign, kind: ChoiceKind, key: int) -> bool:
    """Whether it is new on the page. Raises Refusal for what cannot be shown, and when there are enough."""
    chosen = campaign.chosen(kind)
    if any(each.key == key for each in chosen):
        return False
    if len(chosen) >= MOST[kind]:
        raise Refusal(_l("At most %(most)s of these, please.", most=MOST[kind]))
    if not queries.can_be_chosen(kind, key):
        raise Refusal(_l("This is not on sale any more, or is no member now."))
    chosen.append(_line(kind, key, len(chosen)))
    return True


def _line(kind: ChoiceKind, key: int, position: int) -> CampaignGoods | CampaignProduct | CampaignCooperative:
    if kind is ChoiceKind.GOODS:
        return CampaignGoods(commodity_id=key, position=position)
    if kind is ChoiceKind.PRODUCTS:
        return CampaignProduct(product_id=key, position=position)
    return CampaignCooperative(cooperative_id=key, position=position)


def _number(chosen: list[Any]) -> None:
    for position, each in enumerate(chosen):
        each.position = position


def _take_turn(campaign: Campaign) -> None:
    db.session.refresh(campaign, with_for_update={"of": Campaign})


def _forget(photo: Any) -> None:
    db.session.flush()
    if photo is not None:
        remove_photo(photo=photo)


def _changed(campaign: Campaign, by: Any) -> None:
    db.session.flush()
    db.session.expire(campaign, [kind.value for kind in ChoiceKind])
    announce(CampaignChanged(campaign_id=campaign.id, actor_id=id_of(by)))


def _check(facts: CampaignFacts) -> None:
    if not clean_line(facts.title_vi):
        raise Refusal(_l("Please give it a title."), field="title_vi")
    if not facts.months:
        raise Refusal(_l("Please choose the months of the season."), field="months")


def _write(campaign: Campaign, facts: CampaignFacts) -> None:
    campaign.months = facts.months
    campaign.title_vi, campaign.title_en = clean_line(facts.title_vi), clean_line(facts.title_en)
    campaign.words_vi, campaign.words_en = clean_text(facts.words_vi), clean_text(facts.words_en)


def _free_slug(title: str) -> str:
    begin = slug(title, 120) or "mua-vu"
    taken = queries.slugs_like(begin)
    return next(
        each for n in range(1, len(taken) + 2) if (each := begin if n == 1 else f"{begin}-{n}") not in taken
    )
