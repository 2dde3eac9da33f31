"""Handing over what was sold."""

from __future__ import annotations

from typing import Any

from flask import Flask

from marketplace.cooperatives import queries as cooperatives
from marketplace.deliveries import fees, loads, policies, queries
from marketplace.deliveries.states import (
    DELIVERY_LABELS,
    HOW_LABELS,
    MODE_LABELS,
    ROUND_LABELS,
    ROUND_TONES,
    SHARE_LABELS,
    DeliveryState,
)
from marketplace.deliveries.windows import cut_off_in_words, in_words
from marketplace.foundation import formats
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.places import queries as places

TONES = {
    DeliveryState.PLANNED: "wait",
    DeliveryState.PACKED: "ok",
    DeliveryState.DISPATCHED: "wait",
    DeliveryState.RECEIVED: "ok",
    DeliveryState.CANCELLED: "bad",
}


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        delivery_label=DELIVERY_LABELS.get,
        delivery_tone=TONES.get,
        received_how=HOW_LABELS.get,
        mode_label=MODE_LABELS.get,
        share_label=SHARE_LABELS.get,
        round_label=ROUND_LABELS.get,
        round_tone=ROUND_TONES.get,
        clock_time=formats.clock_time,
        much_of=loads.much,
        kg_of=loads.kg_of,
        packages_of=loads.packages_of,
        way_told=queries.told,
        way_named=queries.named,
        due_told=queries.due,
        due_hours=queries.due_hours,
        scale_told=queries.scale_told,
        waits_for_buyer=queries.waits_for_buyer,
        fee_rule=fees.in_words,
        fee_doubts=fees.doubts,
        hours_told=in_words,
        cut_off_told=cut_off_in_words,
        whole_address=places.label,
        short_address=places.short_label,
    )


def _to_send(user: Any) -> int:
    """How many deliveries this person's cooperative still has to send."""
    cooperative = cooperatives.desk_cooperative(user)
    return queries.count_to_send(cooperative.id) if cooperative is not None else 0


area = Area(
    package="marketplace.deliveries",
    blueprints=[
        "views.delivery:bp",
        "views.way:bp",
        "views.day:bp",
        "views.told:bp",
        "views.round:desk",
        "views.round:office",
        "views.driver:bp",
    ],
    converters={
        "delivery": "converters:DeliveryByRef",
        "own_delivery": "converters:OwnDelivery",
        "own_option": "converters:OwnOption",
        "own_point": "converters:OwnPoint",
        "others_point": "converters:OthersPoint",
        "own_share": "converters:OwnShare",
        "own_round": "converters:OwnRound",
        "others_round": "converters:OthersRound",
        "round_load": "converters:LoadByDelivery",
    },
    navigation=[
        Place(
            "desk",
            _l("Deliveries"),
            "deliveries.list",
            "truck",
            order=40,
            shown=policies.has_deliveries,
            badge=_to_send,
        ),
        Place(
            "desk_more",
            _l("Packing lists"),
            "packing_day.show",
            "box",
            order=30,
            shown=policies.has_deliveries,
            group="stock",
        ),
        Place(
            "desk_more",
            _l("Collection rounds"),
            "rounds.list",
            "truck",
            order=35,
            shown=policies.has_deliveries,
            group="stock",
        ),
        Place(
            "office",
            _l("Deliveries of cooperatives"),
            "office_deliveries.list",
            "truck",
            order=42,
            shown=policies.enters_deliveries,
            group="market",
        ),
        Place(
            "office",
            _l("Rounds"),
            "office_rounds.list",
            "truck",
            order=43,
            shown=policies.runs_for_alliance,
            group="market",
        ),
    ],
    install="area:install",
)
