"""Verbs of fairs, one noun per file."""

from marketplace.fairs.services.plan import (
    Changes,
    change_hall,
    change_zone,
    copy_plan,
    draw_booths,
    make_hall,
    make_zone,
    remove_hall,
    remove_zone,
    set_things,
    spot_of,
)

__all__ = [
    "Changes",
    "change_hall",
    "change_zone",
    "copy_plan",
    "draw_booths",
    "make_hall",
    "make_zone",
    "remove_hall",
    "remove_zone",
    "set_things",
    "spot_of",
]
