"""Lives of value chains."""

from marketplace.linkage.states.need import (
    AUDIENCE_LABELS,
    DONE_LABELS,
    DONE_TONES,
    FIELD_LABELS,
    NEED_LABELS,
    NEED_TONES,
    SECTION_LABELS,
    SHOWN,
    Audience,
    AwardKind,
    Done,
    FieldKind,
    NeedState,
    Section,
    need_lifecycle,
)
from marketplace.linkage.states.quote import (
    QUOTE_LABELS,
    QUOTE_TONES,
    SIDE_LABELS,
    STANDING,
    QuoteSide,
    QuoteState,
    quote_lifecycle,
)

__all__ = [
    "AUDIENCE_LABELS",
    "DONE_LABELS",
    "DONE_TONES",
    "FIELD_LABELS",
    "NEED_LABELS",
    "NEED_TONES",
    "QUOTE_LABELS",
    "QUOTE_TONES",
    "SECTION_LABELS",
    "SHOWN",
    "SIDE_LABELS",
    "STANDING",
    "Audience",
    "AwardKind",
    "Done",
    "FieldKind",
    "NeedState",
    "QuoteSide",
    "QuoteState",
    "Section",
    "need_lifecycle",
    "quote_lifecycle",
]
from marketplace.linkage.states import contract

__all__ = ["contract"]
