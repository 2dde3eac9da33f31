"""Posting and delivering."""

from __future__ import annotations

import datetime as dt
import smtplib
import ssl
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import Policy, default
from email.utils import format_datetime, make_msgid, parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

import structlog
from flask import current_app
from sqlalchemy import select, update

from marketplace import config
from marketplace.foundation import clock
from marketplace.foundation.db.base import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job
from marketplace.foundation.mail import keys
from marketplace.foundation.mail.models import Letter, LetterState, letter_lifecycle
from marketplace.foundation.text import clean_line

log = structlog.get_logger()


class AsItIs(UnstructuredHeader):
    """A header whose address is never cut or put in code: mail programs that end letters by it would not find it."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", AsItIs)  # type: ignore[arg-type]
POLICY = default.clone(header_factory=HEADERS)
MOST_ATTEMPTS = 12
CLAIM_MINUTES = 5


def post(
    *,
    key: str,
    recipient: str,
    subject: str,
    text: str,
    html: str,
    locale: str = "vi",
    not_before: dt.datetime | None = None,
    stop_url: str = "",
) -> Letter | None:
    """Put a letter into the outbox, in the caller's transaction. The same key again posts nothing.

    It leaves at once, or `not_before` a moment. A POST to `stop_url` ends letters of this kind.
    """
    if posted(key):
        return None
    now = clock.now()
    letter = Letter(
        key=key,
        recipient=recipient,
        subject=clean_line(subject)[:255],
        text=text,
        html=html,
        locale=locale,
        stop_url=stop_url,
        next_try_at=max(now, not_before or now),
        created_at=now,
    )
    db.session.add(letter)
    db.session.flush()
    deliver_letter.later(letter.id)
    return letter


def posted(key: str) -> bool:
    """Whether a letter with this key was posted before."""
    return db.session.scalar(select(Letter.id).where(Letter.key == key)) is not None


@job
def deliver_letter(letter_id: int) -> None:
    """Send one letter if it is due. Nothing remote happens inside a transaction."""
    letter = in_transaction(lambda: _claim(letter_id))
    if letter is None:
        return
    try:
        _send(letter)
        problem = ""
    except Exception as error:  # an address nobody can write to must not hold up the letters behind it
        problem = f"{type(error).__name__}: {error}"[:255]
        log.warning("letter", letter=letter_id, error=type(error).__name__)
    in_transaction(lambda: _note(letter_id, problem))


@job(every_minutes=1)
def deliver_waiting() -> None:
    """Send every letter that is due: what a lost wake-up or an earlier failure left."""
    due = db.session.scalars(
        select(Letter.id)
        .where(Letter.state == LetterState.WAITING, Letter.next_try_at <= clock.now())
        .order_by(Letter.next_try_at)
        .limit(200)
    ).all()
    db.session.rollback()
    for letter_id in due:
        deliver_letter(letter_id)


def _claim(letter_id: int) -> Letter | None:
    """Take the letter for a few minutes, so that two workers never send it twice."""
    now = clock.now()
    taken = db.session.execute(
        update(Letter)
        .where(Letter.id == letter_id, Letter.state == LetterState.WAITING, Letter.next_try_at <= now)
        .values(next_try_at=now + dt.timedelta(minutes=CLAIM_MINUTES), attempts=Letter.attempts + 1)
    )
    return db.session.get(Letter, letter_id) if taken.rowcount else None  # type: ignore[attr-defined]


def _note(letter_id: int, problem: str) -> None:
    letter = db.session.get_one(Letter, letter_id)
    letter.last_error = problem
    if not problem:
        letter_lifecycle.advance(letter, "send")
        letter.sent_at = clock.now()
    elif letter.attempts >= MOST_ATTEMPTS:
        letter_lifecycle.advance(letter, "give_up")
    else:
        letter.next_try_at = clock.now() + dt.timedelta(minutes=min(2**letter.attempts, 360))


def _message(letter: Letter) -> EmailMessage:
    settings = config.current()
    name, address = parseaddr(settings.mail_from)
    if not name:
        english = settings.site_name_en if letter.locale == "en" else ""
        name = english or settings.site_name
    message = EmailMessage(POLICY)
    message["Subject"] = letter.subject
    message["From"] = Address(display_name=name, addr_spec=address)
    message["To"] = Address(addr_spec=letter.recipient)
    message["Date"] = format_datetime(letter.created_at)
    message["Message-ID"] = make_msgid(idstring=f"letter{letter.id}", domain=address.partition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    if letter.stop_url:
        message["List-Unsubscribe"] = f"<{letter.stop_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(keys.cut(letter.text))
    message.add_alternative(keys.cut(letter.html), subtype="html")
    message["Content-Language"] = letter.locale
    return message


def _send(letter: Letter) -> None:
    settings = current_app.extensions["settings"]
    message = _message(letter)
    if not settings.smtp_url:
        _write_down(letter, message, settings.instance / "outbox")
        return
    where = urlsplit(settings.smtp_url)
    kind = smtplib.SMTP_SSL if where.scheme == "smtps" else smtplib.SMTP
    with kind(
        where.hostname or "localhost", where.port or (465 if kind is smtplib.SMTP_SSL else 25), timeout=20
    ) as server:
        if where.scheme == "smtp" and "starttls" in where.query:
            server.starttls(context=ssl.create_default_context())
        if where.username:
            server.login(unquote(where.username), unquote(where.password or ""))
        server.send_message(message)


def _write_down(letter: Letter, message: EmailMessage, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{letter.id:06d}.eml").write_bytes(message.as_bytes())
