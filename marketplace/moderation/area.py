"""What visitors find wrong, what is taken down, and appeals."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.area import Area, Place, Waits
from marketplace.foundation.words import _l
from marketplace.moderation import policies, queries


def to_appeal(user: Any) -> Waits:
    cooperative = cooperatives.desk_cooperative(user)
    return queries.to_appeal_ids(cooperative.organisation_id) if cooperative is not None else ()


area = Area(
    package="marketplace.moderation",
    blueprints=["views.public:bp", "views.office:bp", "views.desk:bp"],
    converters={
        "office_takedown": "converters:OfficeTakedown",
        "own_takedown": "converters:OwnTakedown",
    },
    rooms=(*Area.rooms, "panels"),
    navigation=[
        Place(
            "office",
            _l("Reports and take-downs"),
            "office_moderation.queue",
            "warn",
            order=45,
            shown=policies.moderates.shows,
            queue=queries.waiting_ids,
            group="market",
        ),
        Place(
            "desk_more",
            _l("What was taken down"),
            "desk_takedowns.list",
            "warn",
            order=72,
            shown=policies.has_desk,
            badge=to_appeal,
            group="house",
        ),
    ],
)
