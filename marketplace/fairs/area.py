"""Fairs, from the call to the report."""

from __future__ import annotations

from flask import Flask

from marketplace.cooperatives import policies as cooperatives_policies
from marketplace.fairs import calling
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l


def install(app: Flask) -> None:
    from marketplace.fairs.forms.application import booths_in_words

    app.jinja_env.filters.update(booths_told=booths_in_words)
    assert calling.COUNTED, "fairs are known to selection"


area = Area(
    package="marketplace.fairs",
    blueprints=[
        "views.application:bp",
        "views.entering:bp",
        "views.call:bp",
        "views.call:shown",
        "views.release:bp",
    ],
    converters={
        "fair": "converters:ShownFair",
        "any_fair": "converters:AnyFair",
    },
    navigation=[
        Place(
            "desk_more",
            _l("Fairs"),
            "desk_fairs.list",
            "fair",
            order=45,
            shown=cooperatives_policies.has_desk,
        ),
    ],
    install="area:install",
)
