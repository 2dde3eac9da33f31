"""What is done with prices."""

from marketplace.prices.services.alert import follow, look_at, unfollow
from marketplace.prices.services.deal import note_settled, tell_means
from marketplace.prices.services.doubt import doubt_price, keep_price
from marketplace.prices.services.observation import Seen, correct_price, note_price, take_back
from marketplace.prices.services.place import add_market, place_for_unit, whole_region

__all__ = [
    "Seen",
    "add_market",
    "correct_price",
    "doubt_price",
    "follow",
    "keep_price",
    "look_at",
    "note_price",
    "note_settled",
    "place_for_unit",
    "take_back",
    "tell_means",
    "unfollow",
    "whole_region",
]
