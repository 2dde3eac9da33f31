"""Paying by card."""

from __future__ import annotations

from flask import Flask

from marketplace.cards import policies, queries
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l


def install(app: Flask) -> None:
    from marketplace.cards import panels

    app.jinja_env.globals["card_side"] = panels.card_side
    app.jinja_env.filters["card_needs"] = panels.needs


area = Area(
    package="marketplace.cards",
    blueprints=["views.pay:bp", "views.webhook:bp", "views.desk:bp", "views.office:bp"],
    converters={
        "card_event": "converters:EventById",
        "card_refund": "converters:OwnRefund",
        "settled_with": "converters:OrganisationByRef",
    },
    navigation=[
        Place(
            "desk_more",
            _l("Card payments"),
            "desk_cards.show",
            "money",
            order=60,
            shown=policies.is_shown,
            group="earning",
        ),
        Place(
            "office",
            _l("Card payments"),
            "office_cards.show",
            "money",
            order=60,
            shown=policies.can_watch,
            queue=queries.parked_ids,
            group="dues",
        ),
    ],
    install="area:install",
)
