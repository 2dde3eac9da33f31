"""Asking for the newsletter, and ending it by the link at a letter's foot."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request

from marketplace.accounts import throttle
from marketplace.accounts.throttle import Limit, TooOften
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.web import allow, public, render
from marketplace.foundation.web.access import csrf_token
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.news import policies, queries, services, stopping
from marketplace.news.forms import AskForm

bp = Blueprint("newsletter", __name__, url_prefix="/newsletter")
FROM_ADDRESS = Limit("newsletter", 20, 3600)
TO_MAILBOX = Limit("newsletter-mailbox", 3, 86_400)


@bp.context_processor
def _token() -> dict[str, Any]:
    """For browsers that do not say where a form comes from."""
    return {"entrance_token": csrf_token}


@bp.route("", methods=["GET", "POST"])
@public
def ask() -> Any:
    """Whoever asks gets a letter first; only who presses its button is on the list."""
    form = AskForm()
    if form.submitted():
        with form.reporting():
            if not form.by_a_program:
                _count_try(form.email.data)
                with transaction():
                    services.ask_for_newsletter(email=form.email.data, locale=locale())
            return render("news/newsletter/asked.html", email=form.email.data)
    return render("news/newsletter/ask.html", form=form)


@bp.route("/stop/<string(minlength=20,maxlength=300):key>", methods=["GET", "POST"])
@allow(policies.holds_key, foreign="letter")
def stop(key: str) -> Any:
    """One press, and it is over. Opening it does nothing: mail programs open links by themselves."""
    told = stopping.read(key)
    found = queries.newsletter.subscription_by_ref(told.ref) if told is not None else None
    if told is None or found is None:
        abort(404)
    if request.method == "POST":
        with transaction():
            services.end_newsletter(subscription=found, issue_id=told.issue_id)
        return render("news/newsletter/stopped.html")
    return render("news/newsletter/stop.html", key=key)


@bp.after_request
def _keep_quiet(response: Response) -> Response:
    """What was typed about a person, and keys, stay in no cache and no search engine."""
    response.headers["Cache-Control"] = "no-store"
    if request.endpoint == "newsletter.stop":
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "strict-origin"
    return response


def _count_try(email: str) -> None:
    try:
        for limit, key in ((FROM_ADDRESS, request.remote_addr or "unknown"), (TO_MAILBOX, email)):
            with transaction():
                throttle.count(limit, key)
    except TooOften as too_often:
        raise Refusal(_l("Too many tries from here. Please try again in an hour.")) from too_often
