"""Answers: a page, or the way to the next one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import flask
from flask import Response, make_response, redirect, render_template, request, url_for

from marketplace.foundation.web.forms import Form


def render(template: str, *, status: int = 200, **context: Any) -> Response:
    """The page; 422 when a form in the context was refused."""
    refused = any(isinstance(value, Form) and value.refused for value in context.values())
    return make_response(render_template(template, **context), 422 if refused else status)


def redirect_to(endpoint: str, **values: Any) -> Any:
    """See other: the next page after something was done."""
    return redirect(url_for(endpoint, **values), 303)


AGAIN_SECONDS = 2


def looks_again(answer: Response, path: str = "") -> Response:
    """Without a script the page asks once more in a moment: itself, or the one at `path`."""
    answer.headers["Refresh"] = f"{AGAIN_SECONDS}; url={path}" if path else str(AGAIN_SECONDS)
    return answer


def flash(sentence: Any, kind: str = "ok") -> None:
    """A sentence on the next page: kind ok, wait or bad."""
    flask.flash(str(sentence), kind)


def safe_next(target: str | None, default: str) -> str:
    """A path of our own to go on to, whatever was asked for (no other host, scheme or trick)."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return default
    if any(ord(c) < 33 or c == "\\" for c in target):
        return default
    parts = urlsplit(target)
    return default if parts.scheme or parts.netloc else target


def wants_json() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def text_of(template: str, **context: Any) -> str:
    """A template as text: letters, documents."""
    return render_template(template, **context)
