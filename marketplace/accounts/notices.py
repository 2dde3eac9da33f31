"""Letters about accounts. They carry keys, so they go by mail only and are never shown in the app."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import current_app, render_template

from marketplace.accounts import proofs, queries, services
from marketplace.accounts.models import Invitation, Person
from marketplace.accounts.states import ROLE_LABELS
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
        mark = services.request_reset(person=person, by_letter=True)
        _post(person, "reset", _subject_reset, {"url": _url(person, f"/reset/{mark}")})


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


def invitation_letter(invitation: Invitation, mark: str, *, locale: str) -> None:
    """The link by mail, when they were named by an e-mail; in the language of who invites: theirs nobody knows."""
    if "@" not in invitation.identifier:
        return
    values = {
        "url": _link(f"/join/{mark}", locale),
        "invitation": invitation,
        "role": ROLE_LABELS[invitation.role],
    }
    _post_to(
        invitation.identifier,
        locale,
        f"invitation:{invitation.id}",
        "invitation",
        lambda: _("%(name)s invites you", name=invitation.organisation.name),
        values,
    )


def _subject_reset() -> str:
    return _("Choose a new password")


def _subject_confirm() -> str:
    return _("Is this your e-mail address?")


def _subject_known() -> str:
    return _("You already have an account")


def _post(person: Person, name: str, subject: Callable[[], str], values: dict[str, Any]) -> None:
    if person.email:
        key = f"{name}:{person.id}:{random_ref()}"
        _post_to(person.email, person.locale, key, name, subject, {"person": person, **values})


def _post_to(
    email: str, locale: str, key: str, name: str, subject: Callable[[], str], values: dict[str, Any]
) -> None:
    with in_language(locale):
        context = {"subject": subject(), **values}
        mail.post(
            key=f"accounts.{key}",
            recipient=email,
            subject=context["subject"],
            text=render_template(f"accounts/letters/{name}.txt", **context),
            html=render_template(f"accounts/letters/{name}.html", **context),
            locale=locale,
        )


def _url(person: Person, path: str) -> str:
    return _link(path, person.locale)


def _link(path: str, locale: str) -> str:
    base = current_app.extensions["settings"].base_url
    return f"{base}{'/en' if locale == 'en' else ''}{path}"
