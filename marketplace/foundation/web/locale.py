"""Vietnamese without prefix, English under /en, by one set of routes.

A layer in front of Flask moves "/en" from the path to the mount point, so `url_for` and redirects carry it by
themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, has_request_context, request
from flask_babel import Babel, get_locale

LOCALES = ("vi", "en")
DEFAULT = "vi"


class LocalePrefix:
    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == "/en" or path.startswith("/en/"):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + "/en"
            environ["PATH_INFO"] = path[3:] or "/"
            environ["market.locale"] = "en"
        return self.app(environ, start_response)


def locale() -> str:
    """The reader's language: what the path says, or what `in_language` asks for."""
    chosen = get_locale()
    return chosen.language if chosen else DEFAULT


def other_language_url() -> str:
    """The same page in the other language."""
    path = request.full_path.rstrip("?")
    return path if request.script_root.endswith("/en") else "/en" + path


def in_language_url(path: str, language: str) -> str:
    return path if language == DEFAULT else f"/{language}{path}"


def _chosen() -> str:
    """What the path says; outside of a request the default."""
    return str(request.environ.get("market.locale", DEFAULT)) if has_request_context() else DEFAULT


def install(app: Flask) -> None:
    app.config.update(BABEL_DEFAULT_LOCALE=DEFAULT, BABEL_DEFAULT_TIMEZONE="Asia/Ho_Chi_Minh")
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = app.config["TRANSLATIONS"]
    Babel(app, locale_selector=_chosen)
    app.wsgi_app = LocalePrefix(app.wsgi_app)  # type: ignore[method-assign]
    app.jinja_env.globals.update(other_language_url=other_language_url)
    app.context_processor(lambda: {"locale": locale()})
