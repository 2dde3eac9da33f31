"""What a cooperative fills in about what it offers."""

from marketplace.catalogue.forms.product import (
    MORE_TIERS,
    SALE_UNITS,
    EmptyForm,
    NoteForm,
    PhotosForm,
    PlaceForm,
    PriceForm,
    StartForm,
    TermsForm,
    TierPart,
    WordsForm,
    start_values,
    unit_choices,
)

__all__ = [
    "MORE_TIERS",
    "SALE_UNITS",
    "EmptyForm",
    "NoteForm",
    "PhotosForm",
    "PlaceForm",
    "PriceForm",
    "StartForm",
    "TermsForm",
    "TierPart",
    "WordsForm",
    "start_values",
    "unit_choices",
]
