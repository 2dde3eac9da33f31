"""Recalls."""

from __future__ import annotations

from typing import Any

from flask import Flask

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation.area import Area, Place, Waits
from marketplace.foundation.words import _l
from marketplace.recalls import policies, queries
from marketplace.recalls.states import HOLDING_LABELS, HOLDING_TONES, RECALL_LABELS, RECALL_TONES


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        recall_label=RECALL_LABELS.get,
        recall_tone=RECALL_TONES.get,
        holding_label=HOLDING_LABELS.get,
        holding_tone=HOLDING_TONES.get,
    )


def _going_on(user: Any) -> Waits:
    """Open recalls of this person's cooperative."""
    cooperative = cooperatives.desk_cooperative(user)
    return queries.open_ids(cooperative.id) if cooperative is not None else ()


area = Area(
    package="marketplace.recalls",
    blueprints=[
        "views.trace:bp",
        "views.trace:office",
        "views.recall:bp",
        "views.recall:office",
        "views.answer:bp",
    ],
    converters={
        "own_recall": "converters:OwnRecall",
        "recall": "converters:RecallByRef",
        "recall_holding": "converters:HoldingByRef",
    },
    navigation=[
        Place(
            "desk_more",
            _l("Recalls"),
            "desk_recalls.list",
            "warn",
            order=24,
            shown=policies.has_recalls,
            badge=_going_on,
            group="fields",
        ),
        Place(
            "office",
            _l("Lots"),
            "office_lots.list",
            "box",
            order=45,
            shown=policies.watches_lots,
            group="origin",
        ),
        Place(
            "office",
            _l("Recalls"),
            "office_recalls.list",
            "warn",
            order=44,
            shown=policies.watches_lots,
            queue=queries.open_ids,
            group="origin",
        ),
    ],
    install="area:install",
)
