"""Signing in and out: who gets in, how often one may try, what a session survives."""

from __future__ import annotations

import re

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from marketplace.accounts import services, tasks
from marketplace.accounts.models import Person, SignIn
from marketplace.accounts.states import OrganisationKind, Role
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from tests.accounts.conftest import PASSWORD, People
from tests.client import ReadingClient


def try_password(
    client: ReadingClient, identifier: str, password: str, address: str = "10.0.0.1"
) -> TestResponse:
    return client.post(
        "/sign-in",
        data={"identifier": identifier, "password": password},
        environ_base={"REMOTE_ADDR": address},
    )


def same_words(answer: TestResponse) -> str:
    """The page without its token, which is another one each time."""
    return re.sub(r'(name="csrf_token" value=)"\w+"', r"\1", answer.get_data(as_text=True))


def is_in(client: ReadingClient) -> bool:
    return client.get("/account").status_code == 200


def test_by_phone_in_any_writing(client: ReadingClient, people: People) -> None:
    for written in ("0912 345 678", "+84912345678", "84 912.345.678"):
        assert try_password(client, written, PASSWORD).status_code == 303
        assert is_in(client)


def test_by_a_phone_as_it_was_written_before_2018(client: ReadingClient) -> None:
    in_transaction(lambda: services.create_person(name="Bùi Thị Mơ", phone="+84382345678", password=PASSWORD))
    for written in ("0168 234 5678", "+84 168 234 5678", "0382345678"):
        assert try_password(client, written, PASSWORD).status_code == 303
        assert "Bùi Thị Mơ" in client.get("/account").get_data(as_text=True)


def test_by_email_in_any_case(client: ReadingClient, people: People) -> None:
    assert try_password(client, "Lan@Thu.VN", PASSWORD).status_code == 303
    assert "Trần Thị Lan" in client.get("/account").get_data(as_text=True)


def test_wrong_and_unknown_get_the_same_answer(client: ReadingClient, people: People) -> None:
    wrong = try_password(client, "lan@thu.vn", "khong-phai-the")
    unknown = try_password(client, "lam@thu.vn", "khong-phai-the")
    assert wrong.status_code == unknown.status_code == 422
    assert same_words(wrong) == same_words(unknown).replace("lam@", "lan@")
    assert len(wrong.get_data()) == len(unknown.get_data())
    assert not is_in(client)


def test_a_closed_account_is_answered_like_a_wrong_password(client: ReadingClient, people: People) -> None:
    wrong = same_words(try_password(client, "lan@thu.vn", "khong-phai-the"))
    in_transaction(
        lambda: services.deactivate(person=db.session.merge(people.lan), by=db.session.merge(people.officer))
    )
    assert same_words(try_password(client, "lan@thu.vn", PASSWORD)) == wrong


def test_ten_tries_then_later(client: ReadingClient, people: People) -> None:
    answers = [try_password(client, "lan@thu.vn", "sai-mat-khau") for _ in range(12)]
    assert [a.status_code for a in answers] == [422] * 10 + [429] * 2
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 900
    assert try_password(client, "lan@thu.vn", PASSWORD).status_code == 429


def test_another_writing_of_the_phone_is_the_same_account(client: ReadingClient, people: People) -> None:
    for _ in range(5):
        try_password(client, "0912345678", "sai-mat-khau")
        try_password(client, "+84 912 345 678", "sai-mat-khau")
    assert try_password(client, "0912.345.678", "sai-mat-khau").status_code == 429


def test_unknown_accounts_are_counted_as_known_ones(client: ReadingClient, people: People) -> None:
    codes = [try_password(client, "khong@co.vn", "sai-mat-khau").status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]


def test_guesses_do_not_lock_the_owner_out(client: ReadingClient, people: People) -> None:
    for _ in range(12):
        try_password(client, "lan@thu.vn", "sai-mat-khau", address="10.0.0.66")
    assert try_password(client, "lan@thu.vn", PASSWORD, address="10.0.0.7").status_code == 303


def test_a_made_up_forwarding_header_is_no_other_address(client: ReadingClient, people: People) -> None:
    codes = [
        client.post(
            "/sign-in",
            data={"identifier": "lan@thu.vn", "password": "sai-mat-khau"},
            headers={"X-Forwarded-For": f"192.0.2.{n}"},
        ).status_code
        for n in range(11)
    ]
    assert codes[-1] == 429


def test_one_address_cannot_walk_through_many_accounts(client: ReadingClient, people: People) -> None:
    codes = [try_password(client, f"nguoi{n}@thu.vn", "sai-mat-khau").status_code for n in range(62)]
    assert codes[59:] == [422, 429, 429]


def test_the_next_window_listens_again(client: ReadingClient, people: People) -> None:
    with time_machine.travel("2026-11-24T01:00:00Z", tick=False) as clock:
        for _ in range(11):
            try_password(client, "lan@thu.vn", "sai-mat-khau")
        clock.shift(900)
        assert try_password(client, "lan@thu.vn", PASSWORD).status_code == 303


def test_next_stays_at_home(client: ReadingClient, people: People) -> None:
    for trick in (
        "//evil.vn",
        "https://evil.vn",
        "/\\evil.vn",
        "\\\\evil.vn",
        "/\t/evil.vn",
        "javascript:alert(1)",
    ):
        answer = client.post(
            "/sign-in", data={"identifier": "lan@thu.vn", "password": PASSWORD, "next": trick}
        )
        assert answer.headers["Location"] == "/start", trick
    answer = client.post(
        "/sign-in", data={"identifier": "lan@thu.vn", "password": PASSWORD, "next": "/account/devices"}
    )
    assert answer.headers["Location"] == "/account/devices"


def test_a_closed_door_asks_to_sign_in_and_comes_back(client: ReadingClient, people: People) -> None:
    asked = client.get("/account/devices")
    assert asked.status_code == 303
    page = client.get(asked.headers["Location"]).get_data(as_text=True)
    assert 'value="/account/devices"' in page


def test_the_cookie_is_new_at_every_sign_in(client: ReadingClient, people: People) -> None:
    with client.session_transaction() as session:
        session["_user_id"] = "planted"
    client.sign_in("lan@thu.vn", PASSWORD)
    with client.session_transaction() as session:
        first = session["_user_id"]
    client.sign_in("lan@thu.vn", PASSWORD)
    with client.session_transaction() as session:
        second = session["_user_id"]
    assert len({"planted", str(people.lan.id), first, second}) == 4


def test_a_new_sign_in_ends_the_one_before_it_in_this_browser(client: ReadingClient, people: People) -> None:
    client.sign_in("lan@thu.vn", PASSWORD)
    client.sign_in("minh@thu.vn", PASSWORD)
    living = db.session.scalars(select(SignIn).where(SignIn.ended_at.is_(None))).all()
    assert [row.person_id for row in living] == [people.minh.id]


HOUR = 3600
DAY = 24 * HOUR


def _kept(client: ReadingClient, who: str, *pauses: int) -> list[bool]:
    """Whether a sign-in still stands after each pause."""
    with time_machine.travel("2026-11-24T01:00:00Z", tick=False) as clock:
        client.sign_in(who, PASSWORD)
        found = []
        for pause in pauses:
            clock.shift(pause)
            found.append(is_in(client))
    return found


def test_a_sign_in_that_nobody_uses_ends(client: ReadingClient, people: People) -> None:
    assert _kept(client, "lan@thu.vn", 29 * DAY, 29 * DAY, 31 * DAY) == [True, True, False]


def test_a_sign_in_ends_however_much_it_is_used(client: ReadingClient, people: People) -> None:
    assert _kept(client, "lan@thu.vn", *[20 * DAY] * 9) == [True] * 8 + [False]


def test_officers_sign_in_more_often(client: ReadingClient, people: People) -> None:
    assert _kept(client, "mai@lienminh.vn", 11 * HOUR, 11 * HOUR, 13 * HOUR) == [True, True, False]
    assert _kept(client, "mai@lienminh.vn", *[8 * HOUR] * 21) == [True] * 20 + [False]


def test_what_ended_is_swept_and_what_lives_stays(app: Flask, client: ReadingClient, people: People) -> None:
    with time_machine.travel("2026-11-24T01:00:00Z", tick=False) as clock:
        app.test_client().sign_in("mai@lienminh.vn", PASSWORD)
        client.sign_in("lan@thu.vn", PASSWORD)
        clock.shift(13 * HOUR)
        assert "Tự hết hạn lúc" in client.get("/account/devices").get_data(as_text=True)
        tasks.forget_ended_sign_ins()
        assert [row.person_id for row in db.session.scalars(select(SignIn))] == [people.lan.id]
        assert is_in(client)


def test_the_database_holds_no_token(client: ReadingClient, people: People) -> None:
    client.sign_in("lan@thu.vn", PASSWORD)
    with client.session_transaction() as session:
        token = session["_user_id"]
    assert token not in {row.token_hash for row in db.session.query(SignIn)}


def test_an_old_cookie_is_nobody_after_signing_out(app: Flask, lan: ReadingClient) -> None:
    stolen = lan.get_cookie("market").value
    assert lan.send("/sign-out").status_code == 303
    thief = app.test_client()
    thief.set_cookie("market", stolen)
    assert not is_in(thief)


def test_signing_out_needs_the_token_of_the_page(lan: ReadingClient) -> None:
    assert lan.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert is_in(lan)


def test_pages_of_a_person_are_not_kept(lan: ReadingClient) -> None:
    assert lan.get("/account").headers["Cache-Control"] == "no-store"


def test_the_corner_knows_who_looks(client: ReadingClient, people: People) -> None:
    assert "name" not in client.get("/me").json
    client.sign_in("lan@thu.vn", PASSWORD)
    answer = client.get("/me")
    assert (answer.json["name"], answer.json["initials"]) == ("Lan", "TL")
    assert (answer.json["office"], answer.json["desk_url"]) == (False, None)
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_corner_shows_the_way_to_ones_desk(client: ReadingClient, people: People) -> None:
    client.sign_in("mai@lienminh.vn", PASSWORD)
    assert client.get("/me").json["office"] is True
    in_transaction(lambda: _directs_a_cooperative(people.lan.id))
    client.sign_in("lan@thu.vn", PASSWORD)
    assert client.get("/me").json["desk_url"] == "/desk"
    assert client.get("/en/me").json["desk_url"] == "/en/desk"


def _directs_a_cooperative(person_id: int) -> None:
    person = db.session.get_one(Person, person_id)
    cooperative = services.create_organisation(kind=OrganisationKind.COOPERATIVE, name="HTX Đồng Lạc")
    services.add_member(organisation=cooperative, person=person, role=Role.DIRECTOR)


def test_a_browser_that_names_no_origin_signs_in_with_the_token_of_the_page(
    app: Flask, people: People
) -> None:
    old = FlaskClient(app, app.response_class)
    form = {"identifier": "lan@thu.vn", "password": PASSWORD}
    assert old.post("/sign-in", data=form).status_code == 403
    found = re.search(r'name="csrf_token" value="(\w+)"', old.get("/sign-in").get_data(as_text=True))
    assert found is not None
    assert old.post("/sign-in", data={**form, "csrf_token": found[1]}).status_code == 303
    stranger = FlaskClient(app, app.response_class)
    assert stranger.post("/sign-in", data={**form, "csrf_token": found[1]}).status_code == 403
    assert old.post("/sign-in", data=form, headers={"Origin": "null"}).status_code == 403
