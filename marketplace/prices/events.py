"""Facts of prices."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.prices.states import VERDICT_LABELS, Verdict


class PriceEvent(Event):
    """About a price of the board; `root_id` is the first of the rows that replace each other."""

    observation_id: int
    root_id: int
    goods_id: int
    sentence = _l("Price")
    about = {"price": "root_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "price": formats.vnd(Money(data["price"]), locale())} if "price" in data else data


class PriceNoted(PriceEvent):
    """A new row of the board, whoever it is from."""

    price: int
    sentence = _l("Price of %(price)s written down")


class PriceCorrected(PriceEvent):
    price: int
    words: str
    sentence = _l("Corrected to %(price)s. Reason: %(words)s")


class PriceTakenBack(PriceEvent):
    words: str
    sentence = _l("Taken off the board. Reason: %(words)s")


class PriceDoubted(PriceEvent):
    """Somebody says that it cannot be right, or it lay far from the others when it was written."""

    doubt_id: int
    words: str
    sentence = _l("Doubted: %(words)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "words": data.get("words") or _("far from the prices of these days")}


class DoubtDecided(PriceEvent):
    doubt_id: int
    verdict: str
    words: str
    sentence = _l("The doubt is decided: %(verdict)s. Reason: %(words)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "verdict": VERDICT_LABELS[Verdict(data["verdict"])]}


class PricePlaceAdded(Event):
    place_id: int
    sentence = _l("Place added to the price board")
    about = {"price_place": "place_id"}


class DealCounted(Event):
    """A settled deal waits to go into a mean; what it cost stands in no history."""

    deal_id: int
    sentence = _l("A settled deal was counted for the price board")
    about = {"price_deal": "deal_id"}


class AlertEvent(Event):
    """About somebody's wish to hear of a price."""

    alert_id: int
    sentence = _l("Followed price")
    about = {"price_alert": "alert_id"}


class PriceFollowed(AlertEvent):
    sentence = _l("A price is followed")


class PriceUnfollowed(AlertEvent):
    sentence = _l("The price is no longer followed")


class PriceCrossed(AlertEvent):
    """`observation_id` is the row of the board that took the price there."""

    observation_id: int
    price: int
    day: str
    sentence = _l("The price crossed the line at %(price)s, and the follower was told")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "price": formats.vnd(Money(data["price"]), locale())}
