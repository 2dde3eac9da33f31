"""Facts of fairs."""

from marketplace.fairs.events.fair import (
    FairAnnounced,
    FairArchived,
    FairBudgetChanged,
    FairCancelled,
    FairChanged,
    FairCopied,
    FairDrafted,
    FairEvent,
    FairFilingNoted,
    FairMoved,
    FairPosterChanged,
    FairPublished,
    FairReopened,
    FairReported,
)

__all__ = [
    "FairAnnounced",
    "FairArchived",
    "FairBudgetChanged",
    "FairCancelled",
    "FairChanged",
    "FairCopied",
    "FairDrafted",
    "FairEvent",
    "FairFilingNoted",
    "FairMoved",
    "FairPosterChanged",
    "FairPublished",
    "FairReopened",
    "FairReported",
]
