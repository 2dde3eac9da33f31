"""A person's notices; for officers, every letter in preview and the outbox."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, redirect, request

from marketplace import config
from marketplace.accounts import letters as accounts
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.mail import Letter, LetterState
from marketplace.foundation.mail.models import letter_lifecycle
from marketplace.foundation.text import fold
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render, signed_in
from marketplace.foundation.wording import said_otherwise
from marketplace.foundation.words import LANGUAGES, _
from marketplace.inbox import policies, queries, services
from marketplace.inbox.acts import ACTS
from marketplace.inbox.letters import ACCOUNTS, LETTERS, Topic

bp = Blueprint("inbox", __name__)
STYLES = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@bp.route("/notices", methods=["GET", "POST"])
@allow(signed_in)
def notices() -> Any:
    if request.method == "POST":
        with transaction():
            services.mark_read(person=person())
        return redirect_to("inbox.notices")
    return render("inbox/notices.html", page=queries.notices_of(person(), request.args.get("after")))


@bp.route("/notices/<int:notice_id>", methods=["POST"])
@allow(signed_in)
def go(notice_id: int) -> Any:
    """Read it and go to what it is about."""
    notice = queries.notice_of(person(), notice_id)
    if notice is None:
        abort(404)
    url = notice.url
    with transaction():
        services.mark_read(person=person(), notice_id=notice_id)
    return redirect(request.script_root + url, 303)


@bp.route("/office/letters", methods=["GET"])
@allow(policies.keeps_letters)
def letters() -> Any:
    """By topic, searched by words."""
    asked = request.args.get("q", "").strip()[:80]
    wanted = fold(asked).split()
    topics: dict[str, tuple[Topic, list[Any]]] = {}
    for topic, kind, words, (vi, en) in _every_letter():
        if all(word in fold(" ".join((kind, *vi, *en, str(topic.label)))) for word in wanted):
            found = topics.setdefault(topic.name, (topic, []))[1]
            found.append({"kind": kind, "vi": vi, "en": en, "words": words, "own": said_otherwise(words)})
    return render(
        "inbox/office/letters.html",
        topics=sorted(topics.values(), key=lambda each: each[0].order),
        asked=asked,
    )


def _every_letter() -> Iterator[tuple[Topic, str, str, list[tuple[str, str]]]]:
    """Topic, kind, name of its own words, subject and first sentences in both languages."""
    for each in accounts.LETTERS.values():
        sample = each.sample()
        yield ACCOUNTS, each.words, each.words, [accounts.words_of(each, one, sample) for one in LANGUAGES]
    for kind, letter in sorted(LETTERS.items()):
        sample = letter.sample()
        yield letter.topic, kind, letter.words, [services.words_of(letter, one, sample) for one in LANGUAGES]


@bp.route("/office/letters/<kind>/<any(vi, en):language>", methods=["GET"])
@allow(policies.keeps_letters)
def letter(kind: str, language: str) -> Any:
    """The letter as its reader gets it."""
    html = _of_account(kind, language) or _of_kind(kind, language)
    if not html:
        abort(404)
    answer = Response(html, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = _only_its_own_styles(html)
    return answer


def _of_account(kind: str, language: str) -> str:
    found = next((each for each in accounts.LETTERS.values() if each.words == kind), None)
    return accounts.written(found, language, {**found.sample(), "url": "/"})[2] if found is not None else ""


def _of_kind(kind: str, language: str) -> str:
    found = LETTERS.get(kind)
    if found is None:
        return ""
    name = "Nguyễn Thị Lan"
    return services.written(
        found,
        name,
        language,
        "/",
        found.sample(),
        links=[(ACTS[act].button, f"#{act}") for act in found.acts],
        stop_url="" if found.topic.fixed else "#stop",
    )[2]


def _only_its_own_styles(html: str) -> str:
    """A letter carries its styles within, as mail programs want it: they, and nothing else, may work here."""
    digests = [hashlib.sha256(style.encode()).digest() for style in STYLES.findall(html)]
    allowed = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests) or "'none'"
    seen = f"style-src {allowed}; img-src 'self' {_origin()}"
    return f"default-src 'none'; {seen}; base-uri 'none'; frame-ancestors 'none'"


def _origin() -> str:
    """Where a letter finds its pictures."""
    parts = urlsplit(config.current().base_url)
    return f"{parts.scheme}://{parts.netloc}"


@bp.route("/office/outbox", methods=["GET"])
@allow(policies.keeps_letters)
def outbox() -> Any:
    asked = request.args.get("state", "")
    state = LetterState(asked) if asked in set(LetterState) else None
    return render(
        "inbox/office/outbox.html",
        page=queries.outbox(state, request.args.get("after")),
        state=state,
        states=list(LetterState),
    )


@bp.route("/office/outbox/<int:letter_id>/retry", methods=["POST"])
@allow(policies.keeps_letters)
def retry(letter_id: int) -> Any:
    form = Form()
    with form.reporting(), transaction():
        waiting = db.session.get(Letter, letter_id)
        if waiting is None:
            abort(404)
        letter_lifecycle.advance(waiting, "retry")
        waiting.attempts, waiting.next_try_at = 0, clock.now()
        flash(_("The letter will be tried again now."))
    for problem in form.problems:
        flash(problem, "bad")
    return redirect_to("inbox.outbox")
