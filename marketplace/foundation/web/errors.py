"""When something is wrong: a page with a picture, one sentence that helps, and a way on."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from flask import Flask, Response, g, jsonify, make_response, render_template, request
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from marketplace.foundation.db.base import db
from marketplace.foundation.errors import Refusal, TryAgain
from marketplace.foundation.web.pages import wants_json

log = structlog.get_logger()
SHOWN = {400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503}

GONE: list[Callable[[str], str]] = []


def gone(say: Callable[[str], str]) -> Callable[[str], str]:
    """Register `say(path)`: a sentence where a page stood at this path and is no longer shown, else nothing."""
    GONE.append(say)
    return say


def install(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Refusal, _refusal)
    app.register_error_handler(TryAgain, lambda error: _page(503, retry_after=2))
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(Exception, _crash)


def _http(error: HTTPException) -> Response:
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    if error.code == 404 and (sentence := _why_gone()):
        return _page(410, sentence=sentence)
    answer = _page(error.code or 500)
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            answer.headers[name] = value
    return answer


def _why_gone() -> str:
    try:
        return next(filter(None, (say(request.path) for say in GONE)), "")
    except DBAPIError:
        db.session.rollback()
        return ""


def _refusal(refusal: Refusal) -> Response:
    """A refusal that no form caught: said plainly."""
    return _page(409, sentence=str(refusal))


def _database(error: DBAPIError) -> Response:
    """The database is away, full or read-only: nothing was saved, and that is said."""
    log.error("database", error=type(error.orig).__name__)
    db.session.rollback()
    return _page(503, retry_after=5)


def _crash(error: Exception) -> Response:
    log.exception("crash")
    db.session.rollback()
    return _page(500)


def _page(code: int, *, sentence: str = "", retry_after: int = 0) -> Response:
    shown = code if code in SHOWN else (500 if code >= 500 else 400)
    g.error_code = code
    if wants_json():
        answer = make_response(jsonify(error=code, sentence=sentence), code)
    else:
        answer = make_response(render_template("errors/error.html", code=shown, sentence=sentence), code)
    if retry_after:
        answer.headers["Retry-After"] = str(retry_after)
    return answer
