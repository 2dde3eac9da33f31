"""Organisations that buy."""

from __future__ import annotations

from flask import Flask

from marketplace.buyers import policies, receiving
from marketplace.cooperatives.states import PAPER_LABELS
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        depot_hours=receiving.in_words,
        hours_copied=receiving.hours_told,
        paper_kind=PAPER_LABELS.get,
    )


area = Area(
    package="marketplace.buyers",
    blueprints=["views.company:bp", "views.depot:bp"],
    converters={"own_depot": "converters:OwnDepot"},
    navigation=[
        Place(
            "buying",
            _l("My company"),
            "company.home",
            "home",
            order=20,
            shown=policies.buys_for_company,
            group="company",
        )
    ],
    install="area:install",
)
