"""Facts of price lists. Buyers are told by number: history outlives the names."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class PriceListEvent(Event):
    """A fact about one price list."""

    price_list_id: int
    sentence = _l("Price list")
    about = {"price_list": "price_list_id"}


class PriceListBegun(PriceListEvent):
    sentence = _l("Price list begun")


class ListPricesChanged(PriceListEvent):
    count: int
    sentence = _l("Products with a new price: %(count)s")


class ListBuyerAdded(PriceListEvent):
    member_id: int
    sentence = _l("A buyer was put on the list")


class ListBuyerRemoved(PriceListEvent):
    member_id: int
    sentence = _l("A buyer was taken off the list")


class PriceListEnded(PriceListEvent):
    sentence = _l("Price list ended")
