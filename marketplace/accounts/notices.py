"""Letters about accounts. They carry keys, so they go by mail only and are never shown in the app."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template

from marketplace.accounts import proofs, queries, services
from marketplace.accounts.models import Person
from marketplace.foundation import mail
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _, in_language


@job
def write_resets(identifier: str) -> None:
    """The letters with which a forgotten password is renewed. Written by the worker: the page that asks for them
    answers as fast for somebody unknown."""
    in_transaction(lambda: _write_resets(identifier))


def _write_resets(identifier: str) -> None:
    for person in queries.whom_to_write(identifier):
        token = services.request_reset(person=person, by_letter=True)
        _post(person, "reset", _subject_reset, {"url": _url(person, f"/reset/{token}")})


def address_letter(person: Person) -> None:
    """Asks whether the e-mail of this account is theirs, unless its owner is known: then its owner is told."""
    if not person.email or person.email_confirmed_at:
        return
    owner = queries.owner_of(person.email)
    if owner is not None:
        _post(owner, "known", _subject_known, {"url": _url(owner, "/forgot")})
        return
    key = proofs.key_for(person.ref, person.email)
    _post(person, "confirm", _subject_confirm, {"url": _url(person, f"/account/email/{key}")})


def _subject_reset() -> str:
    return _("Choose a new password")


def _subject_confirm() -> str:
    return _("Is this your e-mail address?")


def _subject_known() -> str:
    return _("You already have an account")


def _post(person: Person, name: str, subject: Any, values: dict[str, Any]) -> None:
    if not person.email:
        return
    with in_language(person.locale):
        words = str(subject())
        context = {"subject": words, "person": person, **values}
        mail.post(
            key=f"accounts.{name}:{person.id}:{random_ref()}",
            recipient=person.email,
            subject=words,
            text=render_template(f"accounts/letters/{name}.txt", **context),
            html=render_template(f"accounts/letters/{name}.html", **context),
            locale=person.locale,
        )


def _url(person: Person, path: str) -> str:
    base = current_app.extensions["settings"].base_url
    return f"{base}{'/en' if person.locale == 'en' else ''}{path}"
