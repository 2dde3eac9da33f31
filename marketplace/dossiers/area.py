"""Papers for buyers."""

from __future__ import annotations

from flask import Flask

from marketplace.dossiers import policies, told
from marketplace.dossiers.states import STANDING_LABELS, STANDING_SIGNS, STANDING_TONES
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        standing=STANDING_LABELS.get,
        standing_tone=STANDING_TONES.get,
        standing_sign=STANDING_SIGNS.get,
        want_conditions=told.conditions,
    )


area = Area(
    package="marketplace.dossiers",
    rooms=(*Area.rooms, "expiry"),
    blueprints=["views.wants:bp", "views.desk:bp", "views.link:bp", "views.buyer:bp", "views.office:bp"],
    converters={
        "dossier_link": "converters:LinkByRef",
        "own_dossier_link": "converters:OwnLink",
        "offered_product": "converters:OfferedProduct",
    },
    navigation=[
        Place(
            "desk_more",
            _l("Papers for buyers"),
            "dossiers.list",
            "doc",
            order=55,
            shown=policies.has_dossiers,
            group="house",
        ),
        Place(
            "buying",
            _l("Suppliers' papers"),
            "buyer_dossiers.list",
            "doc",
            order=40,
            shown=policies.reads_suppliers,
            group="asking",
        ),
        Place(
            "office",
            _l("Papers for buyers"),
            "office_dossiers.list",
            "doc",
            order=27,
            shown=policies.watches_dossiers,
            group="chains",
        ),
    ],
    install="area:install",
)
