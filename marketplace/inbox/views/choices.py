"""Which letters come, and when; and the link at a letter's foot that ends them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, request

from marketplace.accounts import queries as accounts
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render, signed_in
from marketplace.foundation.words import _
from marketplace.inbox import queries, services, stopping
from marketplace.inbox.forms import choices_form
from marketplace.inbox.letters import TOPICS, Topic
from marketplace.inbox.services.choice import DIGEST
from marketplace.inbox.states import HOW_LABELS

bp = Blueprint("choices", __name__)


@bp.route("/account/notices", methods=["GET", "POST"])
@allow(signed_in)
def choices() -> Any:
    who = person()
    shown = sorted((t for t in TOPICS.values() if t.shown(who)), key=lambda topic: topic.order)
    form = choices_form(
        [topic for topic in shown if not topic.fixed], queries.choices_of(who), queries.quiet_of(who.id)
    )
    if form.submitted():
        with form.reporting(), transaction():
            services.choose(
                person=who,
                how=form.how(),
                kept=form.kept.data,
                begins=form.begins.data,
                ends=form.ends.data,
                by=who,
            )
            flash(_("Saved. Letters come as you chose."))
            return redirect_to("choices.choices")
    return render("inbox/choice/form.html", form=form, topics=shown, labels=HOW_LABELS, who=who)


def anybody(_user: Any, *_subjects: Any) -> bool:
    """Whoever holds the key; mail programs press it for their reader, and name no page they come from."""
    return True


@bp.route("/letters/stop/<string(minlength=20,maxlength=300):key>", methods=["GET", "POST"])
@allow(anybody, foreign="letter")
def stop(key: str) -> Any:
    """One press, and letters of this topic end. Opening it does nothing."""
    stop = stopping.read(key)
    if stop is None or not (stop.topic == DIGEST or _can_end(stop.topic)):
        abort(404)
    if request.method == "POST":
        with transaction():
            _end(stop)
        return render("inbox/choice/stopped.html", topic=TOPICS.get(stop.topic), member=stop.person_ref)
    return render("inbox/choice/stop.html", topic=TOPICS.get(stop.topic), key=key)


def _can_end(name: str) -> Topic | None:
    topic = TOPICS.get(name)
    return None if topic is None or topic.fixed else topic


def _end(stop: stopping.Stop) -> None:
    if not stop.person_ref:
        services.stop_address(address_hash=stop.address_hash, topic=stop.topic)
        return
    who = accounts.person_by_ref(stop.person_ref)
    if who is None:
        abort(404)
    services.stop(person=who, topic=stop.topic)


@bp.after_request
def _keep_quiet(response: Response) -> Response:
    if request.endpoint == "choices.stop":
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "strict-origin"
    return response
