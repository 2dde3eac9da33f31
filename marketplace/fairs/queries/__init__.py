"""Every read of fairs, one noun per file."""

from marketplace.fairs.queries import plan
from marketplace.fairs.queries.fair import any_fair, shown_fair
from marketplace.fairs.queries.plan import (
    booth_named,
    booth_page,
    booths_by_hall,
    booths_in,
    codes_elsewhere,
    exhibitors,
    fairs_with_plan,
    hall_of,
    halls_of,
    held,
    held_once,
    holders,
    names_are_public,
    wished,
    zone_figures,
    zone_is_used,
    zone_of,
    zones_of,
)

__all__ = [
    "any_fair",
    "booth_named",
    "booth_page",
    "booths_by_hall",
    "booths_in",
    "codes_elsewhere",
    "exhibitors",
    "fairs_with_plan",
    "hall_of",
    "halls_of",
    "held",
    "held_once",
    "holders",
    "names_are_public",
    "plan",
    "shown_fair",
    "wished",
    "zone_figures",
    "zone_is_used",
    "zone_of",
    "zones_of",
]
