"""Reading prices."""

from marketplace.prices.queries.alert import alerts_of, alerts_to_look_at, own_alert
from marketplace.prices.queries.board import Figure, board, figures_of, on_board
from marketplace.prices.queries.deal import deals_waiting, rule
from marketplace.prices.queries.doubt import (
    count_doubts,
    doubt_about,
    doubt_ids,
    doubted_among,
    doubts,
    open_doubts_of,
)
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
    shown_observation,
    standing,
    told_beside,
    trusted,
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
    "count_doubts",
    "deals_waiting",
    "doubt_about",
    "doubt_ids",
    "doubted_among",
    "doubts",
    "entries",
    "entries_of",
    "exported",
    "figures_of",
    "goods_of",
    "levels_seen",
    "lines_to_count_by",
    "observation_by_ref",
    "on_board",
    "open_doubts_of",
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
    "shown_observation",
    "standing",
    "told_beside",
    "trusted",
    "usual_price",
    "whole_story",
]
