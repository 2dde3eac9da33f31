"""The alliance's settings."""

from __future__ import annotations

from flask import Flask

from marketplace.alliance import overlay, policies
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l


def install(app: Flask) -> None:
    today = overlay.Today()
    app.extensions["settings_today"] = today
    app.extensions["own_words"] = today.words


area = Area(
    package="marketplace.alliance",
    blueprints=["views.wording:bp", "views.setting:bp"],
    navigation=[
        Place(
            "office",
            _l("Settings"),
            "office_settings.list",
            "edit",
            order=82,
            shown=policies.keeps_settings.shows,
            group="settings",
        ),
    ],
    install="area:install",
)
