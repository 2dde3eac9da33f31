"""The application stands once in a process; every test finds it moved to a database and a folder of its own.

To make it takes longer than most tests do: a thousand routes, templates and statements are compiled. So only what
knows a place is put in anew: the settings, the connections, the queue, the shelves, the layers in front of Flask.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import make_url

from marketplace import create_app, put_in_front
from marketplace.config import Settings
from marketplace.foundation.db import db
from marketplace.foundation.web.locale import LocalePrefix

# What is asked of the settings at the time, or put in by `Standing.move`: all else is built into the app.
ASKED_LATER: dict[str, Any] = {
    "storage_url": "",
    "instance": Path(),
    "stripe_secret_key": "",
    "stripe_webhook_secret": "",
    "stripe_api_base": "",
    "cards_collected": False,
}


class Standing:
    """An app, and how it was when it had just been made."""

    def __init__(self, settings: Settings) -> None:
        self.app = create_app(settings)
        self.config = dict(self.app.config)
        self.extensions = dict(self.app.extensions)
        self.behind = _layer(self.app, LocalePrefix)
        with self.app.app_context():
            self.engine = db.engine
        event.listen(self.engine, "do_connect", self._connect)

    def move(self, settings: Settings) -> None:
        """To the place that the settings name; nothing done to the app by an earlier test comes along."""
        self.engine.url = make_url(settings.database_url)
        self.engine.dispose()
        for known, kept in ((self.app.config, self.config), (self.app.extensions, self.extensions)):
            known.clear()
            known.update(kept)
        self.app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
        self.app.instance_path = str(settings.instance)
        self.app.extensions["settings"] = settings
        self.app.extensions["huey"].flush()
        self.app.wsgi_app = self.behind
        put_in_front(self.app)

    def _connect(self, dialect: Any, _record: Any, words: list[Any], options: dict[str, Any]) -> None:
        here, named = dialect.create_connect_args(self.engine.url)
        words[:] = here
        options.update(named)


_standing: dict[Settings, Standing] = {}


def at(settings: Settings) -> Flask:
    """The application with these settings: the one that stands, unless it would have to be made otherwise."""
    made = replace(settings, database_url=settings.database_url.partition(":")[0], **ASKED_LATER)
    if made not in _standing:
        _standing.clear()
        _standing[made] = Standing(settings)
    _standing[made].move(settings)
    return _standing[made].app


def _layer(app: Flask, kind: type) -> Any:
    layer: Any = app.wsgi_app
    while not isinstance(layer, kind):
        layer = layer.app
    return layer
