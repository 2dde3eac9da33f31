"""Facts of the catalogue."""

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
    "PhotosChanged",
    "PriceChanged",
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
