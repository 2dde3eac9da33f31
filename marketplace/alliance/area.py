"""The alliance's settings."""

from __future__ import annotations

from flask import Flask

from marketplace.alliance import overlay, policies, queries
from marketplace.alliance.states import DAY_LABELS
from marketplace.foundation.area import Area, Place
from marketplace.foundation.media import queries as media
from marketplace.foundation.words import _l


def install(app: Flask) -> None:
    today = overlay.Today()
    app.extensions["settings_today"] = today
    app.extensions["own_words"] = today.words
    media.also_shown(queries.kept_marks)
    app.jinja_env.filters.update(day_kind=DAY_LABELS.get)


area = Area(
    package="marketplace.alliance",
    blueprints=["views.wording:bp", "views.setting:bp", "views.closed_day:bp", "views.logo:bp"],
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
