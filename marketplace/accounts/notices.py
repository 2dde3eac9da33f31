"""Letters about accounts. They carry keys, so they go by mail only and are never shown in the app."""

from __future__ import annotations

from typing import Any

from flask import current_app, render_template

from marketplace.accounts.models import Person
from marketplace.foundation import mail
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _, in_language


def reset_letter(person: Person, token: str) -> None:
    _post(person, "reset", _subject_reset, {"url": _url(person, f"/reset/{token}")})


def known_letter(person: Person) -> None:
    """Somebody tried to register with what this person has an account for."""
    _post(person, "known", _subject_known, {"url": _url(person, "/forgot")})


def _subject_reset() -> str:
    return _("Choose a new password")


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
