"""Chợ HTX: the trade-promotion marketplace of a provincial cooperative alliance."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from marketplace.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The application, made from its settings (the environment's by default)."""
    from marketplace import config
    from marketplace.areas import AREAS
    from marketplace.foundation import commands, jobs, logs, papers
    from marketplace.foundation.app import Market
    from marketplace.foundation.db import schema
    from marketplace.foundation.web import access, assets, cache, errors, filters, headers, locale, navigation
    from marketplace.menus import HEADINGS

    settings = settings or config.load()
    logs.install(settings)
    app = Market.of(settings)
    schema.install(app)
    headers.install(app, https=settings.https)
    errors.install(app)
    access.install(app)
    filters.install(app)
    papers.install(app)
    for area in AREAS:
        area.enter(app)
    navigation.install(app, AREAS, HEADINGS)
    commands.install(app)
    jobs.install(app)
    access.refuse_unguarded(app)
    locale.install(app)
    cache.install(app)
    app.jinja_env.globals["asset"] = assets.asset
    put_in_front(app)
    return app


def put_in_front(app: Flask) -> None:
    """What answers before Flask is asked, the last first: built files, pictures, public pages from memory."""
    from marketplace.foundation import media
    from marketplace.foundation.web import assets, cache

    cache.put_in_front(app)
    media.install(app)
    app.wsgi_app = assets.StaticFiles(app.wsgi_app)  # type: ignore[method-assign]
