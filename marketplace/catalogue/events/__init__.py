"""Facts of the catalogue."""

from marketplace.catalogue.events.price_list import (
    ListBuyerAdded,
    ListBuyerRemoved,
    ListPricesChanged,
    PriceListBegun,
    PriceListEnded,
    PriceListEvent,
)
from marketplace.catalogue.events.product import (
    ChangeAccepted,
    ChangeAsked,
    ChangeDeclined,
    PhotosChanged,
    PriceChanged,
    ProductDeclined,
    ProductDrafted,
    ProductEdited,
    ProductEvent,
    ProductPaused,
    ProductPublished,
    ProductResumed,
    ProductRetired,
    ProductSubmitted,
)

__all__ = [
    "ChangeAccepted",
    "ChangeAsked",
    "ChangeDeclined",
    "ListBuyerAdded",
    "ListBuyerRemoved",
    "ListPricesChanged",
    "PhotosChanged",
    "PriceChanged",
    "PriceListBegun",
    "PriceListEnded",
    "PriceListEvent",
    "ProductDeclined",
    "ProductDrafted",
    "ProductEdited",
    "ProductEvent",
    "ProductPaused",
    "ProductPublished",
    "ProductResumed",
    "ProductRetired",
    "ProductSubmitted",
]
