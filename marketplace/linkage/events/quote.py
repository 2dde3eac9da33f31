"""Facts of quotes."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.money import Money
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.linkage.states import QuoteSide


class QuoteEvent(Event):
    """About one quote. Its seller's history tells it; the request's does not while its quotes are sealed."""

    quote_id: int
    need_id: int
    cooperative_id: int
    sentence = _l("Quote")
    about = {"quote": "quote_id", "cooperative": "cooperative_id"}


class Offered(QuoteEvent):
    """A version: `price` and `carriage` in đồng for one `unit`, `quantity` as plain text."""

    number: int
    price: int
    carriage: int
    quantity: str
    unit: str

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        unit = formats.unit_name(data["unit"], locale())
        return {
            **data,
            "amount": formats.amount(exact(data["quantity"]), data["unit"], locale()),
            "landed": f"{formats.vnd(Money(data['price'] + data['carriage']), locale())}/{unit}",
        }


class QuoteSubmitted(Offered):
    sentence = _l("Quote sent: %(amount)s at %(landed)s")


class QuoteRevised(Offered):
    sentence = _l("Quote changed, version %(number)s: %(amount)s at %(landed)s")


class QuoteCountered(Offered):
    """The buyer asks for these numbers instead."""

    sentence = _l("The buyer asks for %(amount)s at %(landed)s instead")


class QuoteCounterDeclined(QuoteEvent):
    words: str
    sentence = _l("What the buyer asked for was declined. %(words)s")


class QuoteWithdrawn(QuoteEvent):
    words: str
    sentence = _l("Quote withdrawn. Reason: %(words)s")


class QuoteShortlisted(QuoteEvent):
    sentence = _l("Put on the short list")


class QuoteSetBack(QuoteEvent):
    sentence = _l("Taken off the short list")


class QuoteChosen(QuoteEvent):
    """`quantity` of it, as plain text."""

    quantity: str
    unit: str
    sentence = _l("Chosen: %(amount)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "amount": formats.amount(exact(data["quantity"]), data["unit"], locale())}


class QuotePartReturned(QuoteEvent):
    """`quantity` of what was chosen came back, as plain text; `side`: from its seller, or by the buyer."""

    quantity: str
    unit: str
    side: str
    words: str
    sentence = _l("%(told)s. Reason: %(words)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        amount = formats.amount(exact(data["quantity"]), data["unit"], locale())
        if data["side"] == QuoteSide.BUYER:
            told = _("The buyer took %(amount)s back", amount=amount)
        else:
            told = _("%(amount)s given back", amount=amount)
        return {**data, "words": data.get("words") or "…", "told": told}


class QuoteReserved(QuoteEvent):
    rank: int
    sentence = _l("In reserve, no. %(rank)s")


class QuotePassedOver(QuoteEvent):
    words: str
    sentence = _l("Not chosen. %(words)s")
