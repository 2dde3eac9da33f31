"""Forgotten and changed passwords, devices, closed accounts."""

from __future__ import annotations

import re

import time_machine
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select

from marketplace.accounts import passwords, queries
from marketplace.accounts.models import PasswordReset, Person
from marketplace.foundation import jobs
from marketplace.foundation.db import db, transaction
from marketplace.foundation.mail import Letter, keys
from tests.accounts.conftest import PASSWORD, People
from tests.client import ReadingClient

NEW = "vai-thieu-thang-sau"


def letter_link() -> str:
    db.session.expire_all()
    letter = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert letter is not None
    found = re.search(r"http://localhost(/reset/\S+)", keys.cut(letter.text))
    assert found is not None
    return found[1]


def ask(client: ReadingClient, identifier: str):
    """Ask, and let the worker write."""
    answer = client.post("/forgot", data={"identifier": identifier})
    jobs.drain(client.application)
    return answer


def test_a_letter_leads_to_a_new_password(client: ReadingClient, people: People) -> None:
    assert ask(client, "lan@thu.vn").headers["Location"] == "/forgot/sent"
    link = letter_link()
    assert client.get(link).status_code == 200
    assert client.get(link).headers["Referrer-Policy"] == "same-origin"
    assert client.post(link, data={"password": NEW}).status_code == 303
    client.sign_in("lan@thu.vn", NEW)


def test_the_link_works_once(client: ReadingClient, people: People) -> None:
    ask(client, "lan@thu.vn")
    link = letter_link()
    client.post(link, data={"password": NEW})
    assert client.post(link, data={"password": "mat-khau-khac-nua"}).status_code == 422
    client.sign_in("lan@thu.vn", NEW)


def test_the_link_works_for_one_hour(client: ReadingClient, people: People) -> None:
    with time_machine.travel("2026-11-24T01:00:00Z", tick=False) as clock:
        ask(client, "lan@thu.vn")
        clock.shift(3601)
        assert client.post(letter_link(), data={"password": NEW}).status_code == 422


def test_a_second_letter_ends_the_first(client: ReadingClient, people: People) -> None:
    ask(client, "lan@thu.vn")
    first = letter_link()
    ask(client, "lan@thu.vn")
    assert letter_link() != first
    assert client.post(first, data={"password": NEW}).status_code == 422


def test_nobody_learns_who_has_an_account(client: ReadingClient, people: People) -> None:
    answers = [ask(client, who) for who in ("lan@thu.vn", "0912345678", "khong@co.vn", "0900000000", "x")]
    assert len({(a.status_code, a.headers["Location"], a.get_data()) for a in answers}) == 1
    assert [letter.recipient for letter in db.session.scalars(select(Letter))] == ["lan@thu.vn"]


def test_the_database_holds_no_key(client: ReadingClient, people: People) -> None:
    ask(client, "lan@thu.vn")
    reset = db.session.scalars(select(PasswordReset)).one()
    assert reset.token_hash not in letter_link()
    assert reset.token_hash == queries.hash_of(letter_link().removeprefix("/reset/"))


def test_a_weak_password_is_refused_and_the_link_stays(client: ReadingClient, people: People) -> None:
    ask(client, "lan@thu.vn")
    assert client.post(letter_link(), data={"password": "12345678"}).status_code == 422
    assert client.post(letter_link(), data={"password": NEW}).status_code == 303


def test_a_reset_ends_every_sign_in(app: Flask, lan: ReadingClient) -> None:
    other = app.test_client()
    ask(other, "lan@thu.vn")
    assert other.post(letter_link(), data={"password": NEW}).status_code == 303
    assert lan.get("/account").status_code == 303


def register(client: ReadingClient, **said: str) -> None:
    form = {"name": "Đỗ Thị Hoa", "password": "mua-rau-moi-sang", "kind": "person", "agree": "y", **said}
    assert client.post("/register", data=form).status_code == 303


def test_the_reset_letter_confirms_its_address(app: Flask, client: ReadingClient) -> None:
    register(client, email="hoa@thu.vn")
    other = app.test_client()
    ask(other, "hoa@thu.vn")
    assert other.post(letter_link(), data={"password": NEW}).status_code == 303
    assert queries.owner_of("hoa@thu.vn") is not None
    assert client.get("/account").status_code == 303


def test_the_owner_gets_the_reset_letter_and_no_stranger(app: Flask, people: People) -> None:
    register(app.test_client(), email="ke.la@thu.vn", phone="0912345678")
    register(app.test_client(), email="lan@thu.vn")
    ask(app.test_client(), "0912345678")
    ask(app.test_client(), "lan@thu.vn")
    (reset,) = db.session.scalars(select(PasswordReset))
    assert reset.person_id == people.lan.id


def test_an_address_that_never_answered_takes_no_confirmed_account(
    client: ReadingClient, people: People
) -> None:
    client.sign_in("0912345678", PASSWORD)
    typo = {"name": "Nguyễn Văn Bình", "phone": "0912345678", "email": "bihn@thu.vn", "locale": "vi"}
    assert client.send("/account", typo).status_code == 303
    ask(client, "bihn@thu.vn")
    assert db.session.scalars(select(PasswordReset)).all() == []


def test_changing_the_password_ends_the_other_devices(app: Flask, lan: ReadingClient) -> None:
    other = app.test_client()
    other.sign_in("lan@thu.vn", PASSWORD)
    assert lan.send("/account/password", {"current": PASSWORD, "password": NEW}).status_code == 303
    assert lan.get("/account").status_code == 200
    assert other.get("/account").status_code == 303


def test_the_password_of_now_is_asked_for(lan: ReadingClient) -> None:
    assert lan.send("/account/password", {"current": "sai-mat-khau", "password": NEW}).status_code == 422
    lan.sign_in("lan@thu.vn", PASSWORD)


def test_sign_out_everywhere(app: Flask, lan: ReadingClient) -> None:
    other = app.test_client()
    other.sign_in("lan@thu.vn", PASSWORD)
    page = lan.get("/account/devices").get_data(as_text=True)
    assert page.count("Thiết bị này") == 1
    assert lan.send("/account/devices").status_code == 303
    assert {lan.get("/account").status_code, other.get("/account").status_code} == {303}


def test_the_hash_follows_the_cost(client: ReadingClient, people: People) -> None:
    dear = PasswordHasher(time_cost=2, memory_cost=1024, parallelism=1).hash(PASSWORD)
    with transaction():
        db.session.get_one(Person, people.lan.id).password_hash = dear
    client.sign_in("lan@thu.vn", PASSWORD)
    db.session.expire_all()
    now = db.session.get_one(Person, people.lan.id).password_hash or ""
    assert now != dear and not passwords.is_stale(now)
    client.sign_in("lan@thu.vn", PASSWORD)


def test_a_person_without_a_password_does_not_get_in(client: ReadingClient, people: People) -> None:
    assert not passwords.fits("", None)
    assert not passwords.fits("nobody's password", None)
