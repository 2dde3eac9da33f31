"""Telling people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from marketplace import config
from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Person
from marketplace.foundation import clock, mail
from marketplace.foundation.db import db
from marketplace.foundation.web.pages import text_of
from marketplace.foundation.words import in_language
from marketplace.inbox.letters import LETTERS, LetterKind
from marketplace.inbox.models import Notice


@dataclass(frozen=True)
class Contact:
    """Somebody without an account."""

    name: str
    email: str = ""
    phone: str = ""
    locale: str = "vi"


def tell(
    *,
    kind: str,
    url: str,
    key: str,
    person_id: int | None = None,
    organisation_id: int | None = None,
    contact: Contact | None = None,
    officers: bool = False,
    **values: Any,
) -> None:
    """Tell a person, everyone who acts for an organisation, all officers, or a guest by letter.

    In the caller's transaction. The same `key` to the same person tells nothing again. `url` is a path without
    language.
    """
    letter = LETTERS[kind]
    for person in _people(person_id, organisation_id, officers):
        _tell_person(letter, person, url, key, values)
    if contact is not None and contact.email:
        _write(letter, contact.name, contact.email, contact.locale, url, key, values)


def _people(person_id: int | None, organisation_id: int | None, officers: bool) -> list[Person]:
    if person_id is not None:
        person = db.session.get(Person, person_id)
        return [person] if person is not None and person.active else []
    if officers:
        alliance = accounts.alliance()
        organisation_id = alliance.id if alliance else None
    return list(accounts.people_of(organisation_id)) if organisation_id is not None else []


def _tell_person(letter: LetterKind, person: Person, url: str, key: str, values: dict[str, Any]) -> None:
    if db.session.scalar(select(Notice.id).where(Notice.person_id == person.id, Notice.key == key)):
        return
    told = {language: words_of(letter, language, values) for language in ("vi", "en")}
    db.session.add(
        Notice(
            person_id=person.id,
            key=key,
            kind=letter.kind,
            subject_vi=told["vi"][0],
            sentence_vi=told["vi"][1],
            subject_en=told["en"][0],
            sentence_en=told["en"][1],
            url=url,
            at=clock.now(),
        )
    )
    if person.email and person.letters:
        _write(letter, person.name, person.email, person.locale, url, key, values)


def _write(
    letter: LetterKind, name: str, email: str, locale: str, url: str, key: str, values: dict[str, Any]
) -> None:
    subject, text, html = written(letter, name, locale, url, values)
    mail.post(
        key=f"{key}>{email}"[:120], recipient=email, subject=subject, text=text, html=html, locale=locale
    )


def words_of(letter: LetterKind, locale: str, values: dict[str, Any]) -> tuple[str, str]:
    """Subject and sentence in a language."""
    with in_language(locale):
        return str(letter.subject) % values, (str(letter.sentence) % values).strip()


def written(
    letter: LetterKind, name: str, locale: str, url: str, values: dict[str, Any]
) -> tuple[str, str, str]:
    """(subject, text, html) of the letter in its reader's language."""
    subject, sentence = words_of(letter, locale, values)
    link = f"{config.current().base_url}{'/en' if locale == 'en' else ''}{url}"
    with in_language(locale):
        context = {**values, "subject": subject, "sentence": sentence, "name": name, "url": link}
        return (
            subject,
            text_of(f"{letter.template}.txt", **context),
            text_of(f"{letter.template}.html", **context),
        )


def mark_read(*, person: Person, notice_id: int | None = None) -> None:
    """One notice, or all of them."""
    query = update(Notice).where(Notice.person_id == person.id, Notice.read_at.is_(None))
    if notice_id is not None:
        query = query.where(Notice.id == notice_id)
    db.session.execute(query.values(read_at=clock.now()))
