"""Words and lives of the registry, one noun per file."""

from marketplace.registry.states.life_event import (
    ALIVE,
    LIFE_LABELS,
    LIFE_ORDER,
    STANDING_LABELS,
    STANDING_TONES,
    LifeKind,
    Standing,
)
from marketplace.registry.states.officer import EDUCATION_LABELS, OFFICE_LABELS, Education, Office

__all__ = [
    "ALIVE",
    "EDUCATION_LABELS",
    "LIFE_LABELS",
    "LIFE_ORDER",
    "OFFICE_LABELS",
    "STANDING_LABELS",
    "STANDING_TONES",
    "Education",
    "LifeKind",
    "Office",
    "Standing",
]
