"""The alliance's settings."""

from __future__ import annotations

from flask import Flask

from marketplace.alliance import overlay, policies
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l


def install(app: Flask) -> None:
    app.extensions["settings_today"] = overlay.Today()


area = Area(
    package="marketplace.alliance",
    blueprints=["views.setting:bp"],
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
