"""Facts of the catalogue."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


class ProductEvent(Event):
    """A fact about one product."""

    product_id: int
    sentence = _l("Product")
    about = {"product": "product_id"}


class ProductDrafted(ProductEvent):
    sentence = _l("Product begun")


class ProductSubmitted(ProductEvent):
    sentence = _l("Sent to the alliance for review")


class ProductPublished(ProductEvent):
    sentence = _l("Reviewed and put up for sale")


class ProductDeclined(ProductEvent):
    note: str
    sentence = _l("Sent back by the alliance: %(note)s")


class ProductTakenDown(ProductEvent):
    note: str
    sentence = _l("Taken off the market by the alliance: %(note)s")
    spoken = frozenset({"note"})


class ProductPutBack(ProductEvent):
    sentence = _l("Put back on the market by the alliance")


class ProductPaused(ProductEvent):
    sentence = _l("Sale paused")


class ProductResumed(ProductEvent):
    sentence = _l("For sale again")


class ProductRetired(ProductEvent):
    sentence = _l("No longer sold")


class ProductEdited(ProductEvent):
    fields: list[str]
    sentence = _l("Description changed")


class PhotosChanged(ProductEvent):
    count: int
    sentence = _l("Photos changed: %(count)s now")


class PriceChanged(ProductEvent):
    price: int
    sentence = _l("Price now from %(price)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "price": formats.vnd(data["price"], locale())}


class WeightChanged(ProductEvent):
    kg: Decimal
    unit: str
    sentence = _l("One %(unit)s now weighs about %(kg)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        weight = formats.weight(Decimal(data["kg"]), locale())
        return {**data, "kg": weight, "unit": formats.unit_name(data["unit"], locale())}


class ChangeAsked(ProductEvent):
    fields: list[str]
    sentence = _l("A change of name, grade or certificates waits for review")


class ChangeAccepted(ProductEvent):
    sentence = _l("The change was accepted")


class ChangeDeclined(ProductEvent):
    note: str
    sentence = _l("The change was not accepted: %(note)s")
