"""Reputation from facts, and buyers' words."""

from __future__ import annotations

from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.reputation import policies, queries

area = Area(
    package="marketplace.reputation",
    blueprints=["views.public:bp", "views.buyer:bp", "views.desk:bp", "views.office:bp"],
    converters={"buyers_words": "converters:WordsForOffice"},
    rooms=(*Area.rooms, "panels"),
    navigation=[
        Place(
            "desk_more",
            _l("How buyers see us"),
            "desk_reputation.show",
            "chat",
            order=70,
            shown=policies.has_desk,
            group="house",
        ),
        Place(
            "office",
            _l("Buyers' words"),
            "office_words.queue",
            "chat",
            order=44,
            shown=policies.moderates,
            queue=queries.waiting_ids,
            group="market",
        ),
    ],
)
