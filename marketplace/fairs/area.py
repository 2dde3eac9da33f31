"""Fairs, from the call to the report."""

from __future__ import annotations

from flask import Flask

from marketplace.fairs.placing import booths_told
from marketplace.foundation import formats
from marketplace.foundation.area import Area
from marketplace.foundation.web.locale import locale


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        booths_told=booths_told,
        day_span=lambda first, last: formats.day_span(first, last, locale()),
    )


area = Area(
    package="marketplace.fairs",
    blueprints=["views.stand:bp", "views.office_stand:bp"],
    converters={
        "fair": "converters:ShownFair",
        "any_fair": "converters:AnyFair",
        "stand": "converters:AnyStand",
        "stand_swap": "converters:OwnSwap",
    },
    navigation=[],
    install="area:install",
)
