"""Vietnamese without prefix, English under /en, by one set of routes.

A layer in front of Flask moves "/en" from the path to the mount point, so `url_for` and redirects carry it by
themselves, and sets the language for as long as the request is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from flask import Flask, request
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from marketplace.foundation.words import DEFAULT, gettext, in_language, ngettext
from marketplace.foundation.words import language as locale

__all__ = ["LocalePrefix", "in_language_url", "install", "locale", "other_language_url"]


class LocalePrefix:
    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path, language = environ.get("PATH_INFO", ""), DEFAULT
        if path == "/en" or path.startswith("/en/"):
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + "/en"
            environ["PATH_INFO"] = path[3:] or "/"
            language = "en"
        with in_language(language):
            return self.app(environ, start_response)


def other_language_url() -> str:
    """The same page in the other language."""
    path = request.full_path.rstrip("?")
    return path if request.script_root.endswith("/en") else "/en" + path


def in_language_url(path: str, language: str) -> str:
    return path if language == DEFAULT else f"/{language}{path}"


@pass_eval_context
def _one(page: EvalContext, text: str, **values: Any) -> str:
    """`_` in a template. Jinja's own way to it costs a page of many words a millisecond."""
    said = _marked(text, locale()) if page.autoescape else gettext(text)
    return said % values if values else said


@pass_eval_context
def _many(page: EvalContext, one: str, many: str, num: int, **values: Any) -> str:
    """`ngettext` in a template."""
    said = ngettext(one, many, num)
    return (Markup(said) if page.autoescape else said) % {"num": num, **values}  # noqa: S704 - see below


@lru_cache(maxsize=8192)
def _marked(text: str, _language: str) -> Markup:
    """Our own words are safe as they are; what is filled into them is escaped."""
    return Markup(gettext(text))  # noqa: S704


def install(app: Flask) -> None:
    app.jinja_env.globals.update(_=_one, ngettext=_many, other_language_url=other_language_url)
    app.context_processor(lambda: {"locale": locale()})
    app.wsgi_app = LocalePrefix(app.wsgi_app)  # type: ignore[method-assign]
