"""Letters for officers: every one in preview, and what waits to be sent."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from marketplace.foundation import mail
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.mail import Letter, LetterState
from marketplace.inbox.letters import LETTERS
from tests.accounts.conftest import PASSWORD, People
from tests.client import ReadingClient


@pytest.fixture
def letter_id(app: Flask) -> int:
    def give_up() -> int:
        letter = mail.post(key="x", recipient="xa@thu.vn", subject="Mùa vải", text="…", html="<p>…</p>")
        assert letter is not None
        letter.state, letter.attempts = LetterState.GIVEN_UP, 12
        return letter.id

    return in_transaction(give_up)


def test_every_letter_is_listed(officer: ReadingClient) -> None:
    page = officer.get("/office/letters").get_data(as_text=True)
    for kind in LETTERS:
        assert page.count(f"/office/letters/{kind}/") == 2, kind


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_letter_reads_in_both_languages(app: Flask, people: People, language: str) -> None:
    client = FlaskClient(app, app.response_class)
    origin = {"Sec-Fetch-Site": "same-origin"}
    client.post("/sign-in", data={"identifier": "mai@lienminh.vn", "password": PASSWORD}, headers=origin)
    for kind in LETTERS:
        answer = client.get(f"/office/letters/{kind}/{language}")
        html = answer.get_data(as_text=True)
        assert answer.status_code == 200, kind
        assert f'<html lang="{language}">' in html, kind
        assert not re.search(r"%\(|\bNone\b|Undefined", html), kind
        _only_its_own_styles(answer.headers["Content-Security-Policy"], html)


def _only_its_own_styles(policy: str, html: str) -> None:
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
    for style in re.findall(r"<style>(.*?)</style>", html, re.DOTALL):
        assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in policy


def test_an_unknown_letter_is_not_there(officer: ReadingClient) -> None:
    assert officer.get("/office/letters/no.such/vi").status_code == 404


def test_the_outbox_by_state(officer: ReadingClient, letter_id: int) -> None:
    assert "xa@thu.vn" in officer.get("/office/outbox").get_data(as_text=True)
    assert "xa@thu.vn" in officer.get("/office/outbox?state=given_up").get_data(as_text=True)
    assert "xa@thu.vn" not in officer.get("/office/outbox?state=sent").get_data(as_text=True)
    assert officer.get("/office/outbox?state=odd").status_code == 200


def test_a_letter_given_up_is_tried_again(officer: ReadingClient, letter_id: int) -> None:
    assert officer.send(f"/office/outbox/{letter_id}/retry").status_code == 303
    db.session.expire_all()
    letter = db.session.get_one(Letter, letter_id)
    assert (letter.state, letter.attempts) == (LetterState.WAITING, 0)
    officer.send(f"/office/outbox/{letter_id}/retry")
    assert db.session.scalars(select(Letter.state)).one() is LetterState.WAITING


def test_only_officers_try_again(lan: ReadingClient, letter_id: int) -> None:
    assert lan.send(f"/office/outbox/{letter_id}/retry").status_code == 403
