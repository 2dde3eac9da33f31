"""Every read of fairs, one noun per file."""

from marketplace.fairs.queries.application import (
    Chance,
    asked_by,
    asked_of,
    booth_called,
    booth_codes,
    chances,
    chosen_seats,
    fee_for,
    list_places,
    members_called,
    papers_ending,
    products_to_bring,
    stands_of_ended_fairs,
    zones_of,
)
from marketplace.fairs.queries.fair import any_fair, fair_by_id, shown_fair

__all__ = [
    "Chance",
    "any_fair",
    "asked_by",
    "asked_of",
    "booth_called",
    "booth_codes",
    "chances",
    "chosen_seats",
    "fair_by_id",
    "fee_for",
    "list_places",
    "members_called",
    "papers_ending",
    "products_to_bring",
    "shown_fair",
    "stands_of_ended_fairs",
    "zones_of",
]
