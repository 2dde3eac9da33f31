"""Letters: a row with the fact, delivered once, tried again, and never more than one letter."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from marketplace.config import Settings
from marketplace.foundation import clock, jobs, mail
from marketplace.foundation.db import db, transaction
from marketplace.foundation.mail import Letter, LetterState
from marketplace.foundation.mail.outbox import MOST_ATTEMPTS, deliver_letter
from tests import services


@pytest.fixture
def taken(app: Flask, settings: Settings) -> Iterator[list[Any]]:
    """What the mail server has taken, while the app knows the server."""
    server = services.need(services.smtp)
    server.letters.clear()
    app.extensions["settings"] = replace(settings, smtp_url=server.url)
    yield server.letters
    server.letters.clear()


@pytest.fixture
def deaf(app: Flask, settings: Settings) -> None:
    """A mail server that does not answer."""
    app.extensions["settings"] = replace(settings, smtp_url=f"smtp://127.0.0.1:{services.free_port()}")


def post(key: str = "order:1", **more: str) -> int | None:
    words = {
        "recipient": "sen@thu.vn",
        "subject": "Đơn hàng đã nhận",
        "text": "Cà rốt Đồng Lạc, 50 kg",
        "html": "<p>Cà rốt Đồng Lạc, <b>50 kg</b></p>",
        **more,
    }
    with transaction():
        letter = mail.post(key=key, **words)
        return letter.id if letter else None


def read(envelope: Any) -> EmailMessage:
    return email.message_from_bytes(envelope.content, policy=email.policy.default)


def the_letter() -> Letter:
    db.session.expire_all()
    return db.session.scalars(select(Letter)).one()


def test_a_letter_arrives_as_it_was_written(app: Flask, taken: list[Any]) -> None:
    post(locale="vi")
    assert taken == []
    assert jobs.drain(app) == 1
    (envelope,) = taken
    message = read(envelope)
    assert envelope.rcpt_tos == ["sen@thu.vn"]
    assert (message["Subject"], message["To"]) == ("Đơn hàng đã nhận", "sen@thu.vn")
    assert message["From"] == "Chợ HTX <cho@htx.example>"
    assert (message["Content-Language"], message["Auto-Submitted"]) == ("vi", "auto-generated")
    assert message["Message-ID"].endswith("@htx.example>") and message["Date"]
    words, page = message.get_body(["plain"]), message.get_body(["html"])
    assert words is not None and words.get_content().strip() == "Cà rốt Đồng Lạc, 50 kg"
    assert page is not None and "<b>50 kg</b>" in page.get_content()
    letter = the_letter()
    assert (letter.state, letter.attempts, letter.last_error) == (LetterState.SENT, 1, "")
    assert letter.sent_at is not None


def test_the_same_key_is_delivered_once(app: Flask, taken: list[Any]) -> None:
    first = post()
    assert post() is None
    assert post("order:2") is not None
    jobs.drain(app)
    assert first is not None
    deliver_letter(first)
    mail.deliver_waiting()
    assert len(taken) == 2


def test_a_fact_taken_back_writes_to_nobody(app: Flask, taken: list[Any]) -> None:
    with pytest.raises(ValueError, match="odd"), transaction():
        mail.post(key="x", recipient="sen@thu.vn", subject="x", text="x", html="x")
        raise ValueError("odd")
    assert jobs.drain(app) == 0
    mail.deliver_waiting()
    assert taken == [] and db.session.scalar(select(Letter)) is None


def test_a_server_that_was_away_gets_it_later(app: Flask, settings: Settings, deaf: None) -> None:
    post()
    jobs.drain(app)
    letter = the_letter()
    assert (letter.state, letter.attempts) == (LetterState.WAITING, 1)
    assert "ConnectionRefusedError" in letter.last_error

    server = services.need(services.smtp)
    server.letters.clear()
    app.extensions["settings"] = replace(settings, smtp_url=server.url)
    mail.deliver_waiting()
    assert server.letters == []
    with time_machine.travel(clock.now() + dt.timedelta(minutes=3)):
        mail.deliver_waiting()
        mail.deliver_waiting()
    assert len(server.letters) == 1
    letter = the_letter()
    assert (letter.state, letter.attempts, letter.last_error) == (LetterState.SENT, 2, "")


def test_the_waits_grow_and_come_to_an_end(app: Flask, deaf: None) -> None:
    letter_id = post()
    assert letter_id is not None
    waits = []
    moment = clock.now()
    for _ in range(MOST_ATTEMPTS):
        with time_machine.travel(moment, tick=False):
            deliver_letter(letter_id)
            letter = the_letter()
            waits.append((letter.next_try_at - moment) / dt.timedelta(minutes=1))
            moment = letter.next_try_at
    assert waits[:4] == [2, 4, 8, 16] and waits == sorted(waits[:-1]) + waits[-1:]
    assert max(waits) == 360
    assert (letter.state, letter.attempts) == (LetterState.GIVEN_UP, MOST_ATTEMPTS)
    with time_machine.travel(moment + dt.timedelta(days=9)):
        deliver_letter(letter_id)
    assert the_letter().attempts == MOST_ATTEMPTS


def test_a_worker_that_died_while_sending_leaves_it_to_the_next(app: Flask, taken: list[Any]) -> None:
    from marketplace.foundation.mail.outbox import _claim

    letter_id = post()
    assert letter_id is not None
    with transaction():
        _claim(letter_id)
    deliver_letter(letter_id)
    assert taken == []
    with time_machine.travel(clock.now() + dt.timedelta(minutes=6)):
        mail.deliver_waiting()
    assert len(taken) == 1


@pytest.mark.parametrize("trick", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x00\n"])
def test_a_subject_cannot_add_a_header(app: Flask, taken: list[Any], trick: str) -> None:
    post(subject=f"Chào{trick}Bcc: ke@xau.vn{trick}{trick}Mua ngay")
    jobs.drain(app)
    (envelope,) = taken
    message = read(envelope)
    assert envelope.rcpt_tos == ["sen@thu.vn"]
    assert "Bcc" not in message and message["Subject"].startswith("Chào")
    assert "50 kg" in message.get_body(["plain"]).get_content()


@pytest.mark.parametrize(
    "address",
    [
        "sen@thu.vn\r\nBcc: ke@xau.vn",
        "sen@thu.vn, ke@xau.vn",
        "sen@thu.vn\n",
        "<sen@thu.vn> ke@xau.vn",
        "sen",
        "",
    ],
)
def test_an_address_is_one_address_or_none(app: Flask, taken: list[Any], address: str) -> None:
    """An odd address reaches nobody else, and does not hold up the letters behind it."""
    post("odd", recipient=address)
    post("good", recipient="lan@thu.vn")
    mail.deliver_waiting()
    assert {name for envelope in taken for name in envelope.rcpt_tos} <= {"lan@thu.vn", "sen@thu.vn"}
    assert [e.rcpt_tos for e in taken].count(["lan@thu.vn"]) == 1
    db.session.expire_all()
    odd = db.session.scalars(select(Letter).where(Letter.key == "odd")).one()
    assert odd.state is LetterState.SENT or odd.last_error


def test_without_a_server_letters_become_files(app: Flask, settings: Settings) -> None:
    letter_id = post()
    jobs.drain(app)
    (file,) = (settings.instance / "outbox").iterdir()
    assert file.name == f"{letter_id:06d}.eml"
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert message["Subject"] == "Đơn hàng đã nhận"
    assert the_letter().state is LetterState.SENT
