"""Telling people: always in the app, by letter as they chose."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update

from marketplace import config
from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Person
from marketplace.foundation import clock, mail, wording
from marketplace.foundation.db import db
from marketplace.foundation.web.pages import text_of
from marketplace.foundation.words import in_language
from marketplace.inbox import queries, stopping
from marketplace.inbox.acts import ACTS
from marketplace.inbox.letters import LETTERS, LetterKind
from marketplace.inbox.models import Notice
from marketplace.inbox.quiet import too_late
from marketplace.inbox.services.choice import DIGEST
from marketplace.inbox.services.link import make_link
from marketplace.inbox.states import How

LONGEST = 255
"""What a subject may have, with all that is filled in."""


@dataclass(frozen=True)
class Contact:
    """Somebody without an account."""

    name: str
    email: str = ""
    phone: str = ""
    locale: str = "vi"


@dataclass(frozen=True)
class Reader:
    """Who gets a letter: a person, or a guest. `proven`: nobody but them reads this mailbox, as far as we know."""

    name: str
    email: str
    locale: str
    person: Person | None = None

    @property
    def proven(self) -> bool:
        return self.person is None or self.person.email_confirmed_at is not None


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One thing to tell: its words, where it is read, what its links act on, until when it wants an answer."""

    letter: LetterKind
    url: str
    key: str
    about: int | None
    answer_by: dt.datetime | None
    values: dict[str, Any]


def tell(
    *,
    kind: str,
    url: str,
    key: str,
    person_id: int | None = None,
    organisation_id: int | None = None,
    contact: Contact | None = None,
    officers: bool = False,
    about: int | None = None,
    answer_by: dt.datetime | None = None,
    **values: Any,
) -> None:
    """Tell a person, everyone who acts for an organisation, all officers, or a guest by letter.

    In the caller's transaction. The same `key` to the same person tells nothing again. `url` is a path without
    language. `about` is the thing that the letter's links act on; `answer_by` keeps a letter from waiting too long.
    """
    telling = Telling(letter=LETTERS[kind], url=url, key=key, about=about, answer_by=answer_by, values=values)
    for person in _people(person_id, organisation_id, officers):
        _tell_person(telling, person)
    if contact is not None and contact.email:
        _tell_guest(telling, Reader(contact.name, contact.email, contact.locale))


def _people(person_id: int | None, organisation_id: int | None, officers: bool) -> list[Person]:
    if person_id is not None:
        person = db.session.get(Person, person_id)
        return [person] if person is not None and person.active else []
    if officers:
        alliance = accounts.alliance()
        organisation_id = alliance.id if alliance else None
    return list(accounts.people_of(organisation_id)) if organisation_id is not None else []


def _tell_person(telling: Telling, person: Person) -> None:
    if db.session.scalar(select(Notice.id).where(Notice.person_id == person.id, Notice.key == telling.key)):
        return
    told = {language: words_of(telling.letter, language, telling.values) for language in ("vi", "en")}
    notice = Notice(
        person_id=person.id,
        key=telling.key,
        kind=telling.letter.kind,
        subject_vi=told["vi"][0],
        sentence_vi=told["vi"][1],
        subject_en=told["en"][0],
        sentence_en=told["en"][1],
        url=telling.url,
        at=clock.now(),
    )
    db.session.add(notice)
    if person.email and (person.letters or telling.letter.topic.fixed):
        _as_chosen(telling, Reader(person.name, person.email, person.locale, person), notice)


def _as_chosen(telling: Telling, reader: Reader, notice: Notice) -> None:
    """At once, with the others in the morning, or not at all; but never too late for the answer it asks for."""
    topic, now = telling.letter.topic, clock.now()
    how = How.AT_ONCE if topic.fixed else queries.how_for(topic.name, person_id=notice.person_id)
    quiet = queries.quiet_of(notice.person_id)
    if how is How.DAILY and not too_late(telling.answer_by, quiet.morning(now)):
        notice.digest_at = quiet.morning(now)
    elif how is not How.NEVER:
        comes = quiet.leaves(now)
        pressing = telling.letter.urgent or too_late(telling.answer_by, comes)
        _write(telling, reader, now if pressing else comes)


def _tell_guest(telling: Telling, guest: Reader) -> None:
    """A guest is awake: they have just ordered, or wait for goods."""
    topic = telling.letter.topic
    if topic.fixed or queries.how_for(topic.name, email=guest.email) is not How.NEVER:
        _write(telling, guest, clock.now())


def _write(telling: Telling, reader: Reader, not_before: dt.datetime) -> None:
    topic = telling.letter.topic
    key = f"{telling.key}>{reader.email}"[:120]
    if mail.posted(key):
        return
    stop_url = "" if topic.fixed else _address(reader.locale, stopping.path_for(reader, topic.name))
    subject, text, html = written(
        telling.letter,
        reader.name,
        reader.locale,
        telling.url,
        telling.values,
        links=_links(telling, reader),
        stop_url=stop_url,
    )
    mail.post(
        key=key,
        recipient=reader.email,
        subject=subject,
        text=text,
        html=html,
        locale=reader.locale,
        not_before=not_before,
        stop_url=stop_url,
    )


def _links(telling: Telling, reader: Reader) -> list[tuple[Any, str]]:
    """(words, address) of what may be done from the letter: only in a mailbox that is known to be its reader's."""
    if telling.about is None or not reader.proven:
        return []
    person_id = reader.person.id if reader.person is not None else None
    made = [
        (
            ACTS[name].button,
            make_link(act=name, subject_id=telling.about, sent_to=reader.email, person_id=person_id),
        )
        for name in telling.letter.acts
    ]
    return [(words, _address(reader.locale, path)) for words, path in made if path]


def _address(locale: str, path: str) -> str:
    return f"{config.current().base_url}{'/en' if locale == 'en' else ''}{path}"


def words_of(letter: LetterKind, locale: str, values: dict[str, Any]) -> tuple[str, str]:
    """Subject and sentence in a language: the alliance's own, or the house's."""
    with in_language(locale):
        subject = wording.said(letter.words, "subject", letter.subject, values)
        return subject[:LONGEST], wording.said(letter.words, "sentence", letter.sentence, values).strip()


def written(
    letter: LetterKind,
    name: str,
    locale: str,
    url: str,
    values: dict[str, Any],
    *,
    links: list[tuple[Any, str]] | None = None,
    stop_url: str = "",
) -> tuple[str, str, str]:
    """(subject, text, html) of the letter in its reader's language; `links` are buttons: words and address."""
    subject, sentence = words_of(letter, locale, values)
    with in_language(locale):
        context = {
            **values,
            "subject": subject,
            "sentence": sentence,
            "in_own_words": bool(wording.own(letter.words, "sentence")),
            "closing": wording.said(letter.words, "closing", "", values),
            "name": name,
            "url": _address(locale, url),
            "links": [(str(words), address) for words, address in links or []],
            "stop_url": stop_url,
        }
        return (
            subject,
            text_of(f"{letter.template}.txt", **context),
            text_of(f"{letter.template}.html", **context),
        )


def send_digest(*, person_id: int) -> bool:
    """The morning letter: what waited for it and was not read in the meantime. False when nothing was left."""
    now = clock.now()
    waiting = queries.waiting_for_digest(person_id, now)
    for notice in waiting:
        notice.digested_at = now
    person = db.session.get_one(Person, person_id)
    unread = [notice for notice in waiting if notice.read_at is None]
    if not unread or not person.active or not person.email:
        return False
    reader = Reader(person.name, person.email, person.locale, person)
    stop_url = _address(person.locale, stopping.path_for(reader, DIGEST))
    with in_language(person.locale):
        values = {
            "count": len(unread),
            "lines": [(n.subject, n.sentence, _address(person.locale, n.url)) for n in unread],
        }
    subject, text, html = written(
        LETTERS["inbox.digest"], person.name, person.locale, "/notices", values, stop_url=stop_url
    )
    mail.post(
        key=f"inbox.digest:{unread[-1].id}",
        recipient=person.email,
        subject=subject,
        text=text,
        html=html,
        locale=person.locale,
        stop_url=stop_url,
    )
    return True


def mark_read(*, person: Person, notice_id: int | None = None) -> None:
    """One notice, or all of them."""
    query = update(Notice).where(Notice.person_id == person.id, Notice.read_at.is_(None))
    if notice_id is not None:
        query = query.where(Notice.id == notice_id)
    db.session.execute(query.values(read_at=clock.now()))
