"""Links in letters. Opening one never does anything: mail programs open links by themselves. Pressing does."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, request

from marketplace.accounts import throttle
from marketplace.accounts.throttle import Limit, TooOften
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, public, redirect_to, render
from marketplace.foundation.web.access import csrf_token
from marketplace.inbox import queries, services
from marketplace.inbox.acts import ACTS, Act
from marketplace.inbox.models import Link

bp = Blueprint("links", __name__)
WRONG_KEYS = Limit("link-wrong", 60, 900)
PRESSES = Limit("link-press", 40, 900)


@bp.context_processor
def _token() -> dict[str, Any]:
    """For browsers that do not say where a form comes from."""
    return {"entrance_token": csrf_token}


@bp.route("/l/<string(minlength=20,maxlength=80):key>", methods=["GET", "POST"])
@public
def link(key: str) -> Any:
    found = queries.link_by_key(key)
    if found is None:
        return _too_often(WRONG_KEYS, _visitor()) or _says("unknown", 404)
    act, form = ACTS[found.act], None
    holder, subject = queries.holder_of(found), act.load(found.subject_id)
    if holder is None or not act.sees(holder, subject):
        return _says("powerless", 403)
    if _is_open(found, act, holder, subject):
        form = act.form(subject)
        if request.method == "POST" and (refused := _too_often(PRESSES, str(found.id))):
            return refused
        if form.submitted():
            with form.reporting(), transaction():
                services.press(link=found, filled=form)
                return redirect_to("links.link", key=key)
    elif request.method == "POST":
        return redirect_to("links.link", key=key)
    return _page(found, act, subject, form, key)


def _is_open(found: Link, act: Act, holder: Any, subject: Any) -> bool:
    return found.used_at is None and found.expires_at > clock.now() and act.may(holder, subject)


def _page(found: Link, act: Act, subject: Any, form: Form | None, key: str) -> Response:
    """The facts and one button; or what was done, or how it stands and the way on."""
    how = "open" if form is not None else "done" if found.used_at is not None else "over"
    late = how == "over" and found.expires_at <= clock.now()
    context = {"form": form} if form is not None else {}
    return render(
        "inbox/link/show.html",
        how=how,
        late=late,
        link=found,
        act=act,
        facts=act.facts(subject),
        key=key,
        **context,
    )


def _says(how: str, status: int) -> Response:
    return render("inbox/link/nothing.html", status=status, how=how)


def _visitor() -> str:
    return request.remote_addr or "unknown"


def _too_often(limit: Limit, key: str) -> Response | None:
    """Count the try; the page that says "later", or None."""
    try:
        with transaction():
            throttle.count(limit, key)
    except TooOften as often:
        page = make_response(_says("often", 429))
        page.headers["Retry-After"] = str(often.seconds)
        return page
    return None


@bp.after_request
def _keep_quiet(response: Response) -> Response:
    """The key stays here: in no cache, no search engine, and in no Referer, not even of our own pictures.

    Not `no-referrer`: a browser then calls the origin of its forms "null", and the door takes them for a stranger's.
    """
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
