"""Letters about accounts. They carry keys, so they go by mail only and are never shown in the app."""

from __future__ import annotations

from typing import Any

from flask import current_app

from marketplace.accounts import letters, proofs, queries, services
from marketplace.accounts.models import Invitation, Person
from marketplace.accounts.states import ROLE_LABELS
from marketplace.foundation import mail
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.foundation.reference import random_ref


@job
def write_resets(identifier: str) -> None:
    """The letters with which a forgotten password is renewed. Written by the worker: the page that asks for them
    answers as fast for somebody unknown."""
    in_transaction(lambda: _write_resets(identifier))


def _write_resets(identifier: str) -> None:
    for person in queries.whom_to_write(identifier):
        mark = services.request_reset(person=person, by_letter=True)
        _post(person, "reset", _url(person, f"/reset/{mark}"))


def address_letter(person: Person) -> None:
    """Asks whether the e-mail of this account is theirs, unless its owner is known: then its owner is told."""
    if not person.email or person.email_confirmed_at:
        return
    owner = queries.owner_of(person.email)
    if owner is not None:
        _post(owner, "known", _url(owner, "/forgot"))
        return
    key = proofs.key_for(person.ref, person.email)
    _post(person, "confirm", _url(person, f"/account/email/{key}"))


def invitation_letter(invitation: Invitation, mark: str, *, locale: str) -> None:
    """The link by mail, when they were named by an e-mail; in the language of who invites: theirs nobody knows."""
    if "@" not in invitation.identifier:
        return
    values = {
        "url": _link(f"/join/{mark}", locale),
        "who": invitation.invited_by.name,
        "organisation": invitation.organisation.name,
        "role": ROLE_LABELS[invitation.role],
        "expires_at": invitation.expires_at,
    }
    _post_to(invitation.identifier, locale, f"invitation:{invitation.id}", "invitation", values)


def _post(person: Person, name: str, url: str) -> None:
    if person.email:
        key = f"{name}:{person.id}:{random_ref()}"
        _post_to(person.email, person.locale, key, name, {"url": url})


def _post_to(email: str, locale: str, key: str, name: str, values: dict[str, Any]) -> None:
    subject, text, html = letters.written(letters.LETTERS[name], locale, values)
    mail.post(key=f"accounts.{key}", recipient=email, subject=subject, text=text, html=html, locale=locale)


def _url(person: Person, path: str) -> str:
    return _link(path, person.locale)


def _link(path: str, locale: str) -> str:
    base = current_app.extensions["settings"].base_url
    return f"{base}{'/en' if locale == 'en' else ''}{path}"
