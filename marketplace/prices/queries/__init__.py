"""Reading prices."""

from marketplace.prices.queries.alert import alerts_of, alerts_to_look_at, own_alert
from marketplace.prices.queries.board import Figure, board, figures_of, on_board
from marketplace.prices.queries.deal import deals_waiting, rule
from marketplace.prices.queries.goods import goods_of, season_of
from marketplace.prices.queries.line import Line, lines_to_count_by
from marketplace.prices.queries.observation import (
    entries,
    entries_of,
    exported,
    observation_by_ref,
    own_observation,
    replaced_by,
    same_again,
    standing,
    usual_price,
    whole_story,
)
from marketplace.prices.queries.place import place_by_ref, place_named, places_of_board, region
from marketplace.prices.queries.reference import Reference, reference
from marketplace.prices.queries.series import Point, levels_seen, series

__all__ = [
    "Figure",
    "Line",
    "Point",
    "Reference",
    "alerts_of",
    "alerts_to_look_at",
    "board",
    "deals_waiting",
    "entries",
    "entries_of",
    "exported",
    "figures_of",
    "goods_of",
    "levels_seen",
    "lines_to_count_by",
    "observation_by_ref",
    "on_board",
    "own_alert",
    "own_observation",
    "place_by_ref",
    "place_named",
    "places_of_board",
    "reference",
    "region",
    "replaced_by",
    "rule",
    "same_again",
    "season_of",
    "series",
    "standing",
    "usual_price",
    "whole_story",
]
