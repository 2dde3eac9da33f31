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

__all__ = [
    "AUDIENCE_LABELS",
    "DONE_LABELS",
    "DONE_TONES",
    "FIELD_LABELS",
    "NEED_LABELS",
    "NEED_TONES",
    "SECTION_LABELS",
    "SHOWN",
    "Audience",
    "AwardKind",
    "Done",
    "FieldKind",
    "NeedState",
    "Section",
    "need_lifecycle",
]
