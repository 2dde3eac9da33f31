"""The Flask application, set up from the settings."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask.templating import Environment
from flask.typing import ResponseReturnValue
from jinja2 import FileSystemBytecodeCache
from werkzeug.middleware.proxy_fix import ProxyFix

from marketplace import config
from marketplace.config import ROOT, Settings
from marketplace.foundation import wording
from marketplace.foundation.db.session import with_retries
from marketplace.foundation.web import signs
from marketplace.foundation.words import later, pick


class Pages(Environment):
    """Jinja whose templates share one plain dict of globals: an import asks for its keys, which is slow in a chain."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **d} if d else self.globals


class Market(Flask):
    """Flask whose whole request is done again when the database asks for it (a deadlock, a busy lock)."""

    jinja_environment = Pages

    @classmethod
    def of(cls, settings: Settings) -> Market:
        app = cls(
            "marketplace",
            root_path=str(ROOT / "marketplace"),
            template_folder=str(ROOT / "templates"),
            static_folder=None,
            instance_path=str(settings.instance),
        )
        app.extensions["settings"] = settings
        app.config.from_mapping(_flask_settings(settings))
        app.jinja_options = {
            "trim_blocks": True,
            "lstrip_blocks": True,
            "bytecode_cache": _compiled(ROOT / "instance" if settings.testing else settings.instance),
        }
        app.jinja_env.auto_reload = settings.testing
        app.jinja_env.globals.update(
            site_name=later(_site_name),
            alliance_name=later(_alliance_name),
            alliance_phone=later(lambda: config.current().alliance_phone),
            own_words=wording.own,
            logo_img=signs.on_page,
            paper_sign=signs.on_paper,
            letter_sign=signs.in_letter,
            tab_sign=signs.in_tab,
            base_url=settings.base_url,
            demo=settings.demo,
        )
        app.jinja_env.add_extension("jinja2.ext.do")
        if settings.trusted_proxies:
            n = settings.trusted_proxies
            app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
        return app

    def dispatch_request(self) -> ResponseReturnValue:
        return with_retries(super().dispatch_request)


def _site_name() -> str:
    """As it is called today, in the reader's language."""
    settings = config.current()
    return pick(settings.site_name, settings.site_name_en)


def _alliance_name() -> str:
    settings = config.current()
    return pick(settings.alliance_name, settings.alliance_name_en)


def _compiled(instance: Path) -> FileSystemBytecodeCache:
    """Templates as Python code, by their content: every process and every start reads what the first one compiled."""
    folder = instance / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def _flask_settings(settings: Settings) -> dict[str, Any]:
    secure = settings.https
    return {
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.testing,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings),
        "MAX_CONTENT_LENGTH": settings.max_upload_bytes,
        "MAX_FORM_MEMORY_SIZE": 2_000_000,
        "MAX_FORM_PARTS": 3000,
        "TRUSTED_HOSTS": list(settings.trusted_hosts) or None,
        "SESSION_COOKIE_NAME": "__Host-market" if secure else "market",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        # A cookie that outlives its sign-in opens nothing: the server has its own end.
        "PERMANENT_SESSION_LIFETIME": 60 * 60 * 24 * settings.sign_in_longest_days,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PREFERRED_URL_SCHEME": "https" if secure else "http",
        "TRANSLATIONS": str(ROOT / "translations"),
        "JSON_AS_ASCII": False,
    }


def _engine_options(settings: Settings) -> dict[str, Any]:
    if not settings.sqlite:
        return {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 8, "pool_recycle": 1800}
    import pysqlite3.dbapi2

    return {"module": pysqlite3.dbapi2, "connect_args": {"check_same_thread": False}}
