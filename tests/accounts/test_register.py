"""Registering: what is kept, and that nobody learns who has an account."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from marketplace.accounts import passwords, queries, throttle
from marketplace.accounts.models import Consent, Organisation, Person
from marketplace.accounts.states import OrganisationKind, Role
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db
from marketplace.foundation.mail import Letter
from tests.accounts.conftest import PASSWORD, People
from tests.client import ReadingClient

FORM: dict[str, Any] = {
    "name": "Đỗ Thị Hoa",
    "phone": "0987 654 321",
    "email": "",
    "password": "mua-rau-moi-sang",
    "kind": "person",
    "agree": "y",
}


def how_many(model: Any) -> int:
    return int(db.session.scalar(select(func.count()).select_from(model)) or 0)


def test_a_person_registers_and_is_in_at_once(app: Flask, client: ReadingClient) -> None:
    answer = client.post("/register", data=FORM)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/registered")
    assert client.get("/registered").status_code == 200
    assert "Đỗ Thị Hoa" in client.get("/account").get_data(as_text=True)
    other = app.test_client()
    other.sign_in("0987654321", "mua-rau-moi-sang")
    assert "Đỗ Thị Hoa" in other.get("/account").get_data(as_text=True)


def test_consent_is_kept_with_the_version_of_its_text(client: ReadingClient) -> None:
    client.post("/register", data=FORM)
    kept = db.session.scalars(select(Consent)).one()
    assert (kept.purpose, kept.text_version, kept.withdrawn_at) == ("account", "2026-11", None)


def test_without_consent_nothing_is_kept(client: ReadingClient) -> None:
    page = client.get("/register").get_data(as_text=True)
    assert 'id="agree"' in page and "checked" not in page.split('id="agree"')[1].split(">")[0]
    assert client.post("/register", data={**FORM, "agree": ""}).status_code == 422
    assert how_many(Person) == 0


def test_an_organisation_gets_its_director(client: ReadingClient) -> None:
    client.post("/register", data={**FORM, "kind": "organisation", "organisation_name": "Nhà hàng Bến Sông"})
    person = queries.person_by_identifier("0987654321")
    assert person is not None
    (membership,) = person.memberships
    assert (membership.organisation.name, membership.role) == ("Nhà hàng Bến Sông", Role.DIRECTOR)
    assert membership.organisation.kind is OrganisationKind.BUYER


def test_an_organisation_needs_its_name(client: ReadingClient) -> None:
    assert client.post("/register", data={**FORM, "kind": "organisation"}).status_code == 422
    assert how_many(Organisation) == 0


def test_one_way_to_reach_the_person_is_needed(client: ReadingClient) -> None:
    assert client.post("/register", data={**FORM, "phone": ""}).status_code == 422


@pytest.mark.parametrize("weak", ["1234567", "matkhau123", "anhyeuem", "aaaaaaaaaa", "do thi hoa", "x" * 257])
def test_a_password_that_everybody_guesses_is_refused(client: ReadingClient, weak: str) -> None:
    assert client.post("/register", data={**FORM, "password": weak}).status_code == 422
    assert how_many(Person) == 0


def test_a_long_sentence_in_any_letters_is_a_password(client: ReadingClient) -> None:
    sentence = "Cà rốt Đồng Lạc ngọt nhất tỉnh, ai cũng bảo thế cả đấy nhé!" * 2
    client.post("/register", data={**FORM, "password": sentence})
    client.sign_in("0987654321", sentence)


@pytest.mark.parametrize(
    "known",
    [
        {"phone": "0912345678"},
        {"phone": "", "email": "lan@thu.vn"},
        {"phone": "0987654322", "email": "lan@thu.vn"},
    ],
)
def test_whoever_registers_learns_nothing(app: Flask, people: People, known: dict[str, str]) -> None:
    """The answer, the session that opens, and signing in elsewhere: the same for a known phone or e-mail."""
    fresh = {"phone": "0987654321", "email": "hoa@thu.vn"}
    unknown = {name: fresh[name] if value else value for name, value in known.items()}
    assert _story(app, {**FORM, **known}) == _story(app, {**FORM, **unknown})


def _story(app: Flask, form: dict[str, Any]) -> list[Any]:
    here, elsewhere = app.test_client(), app.test_client()
    sent = here.post("/register", data=form)
    story: list[Any] = [sent.status_code, sent.headers["Location"], sent.get_data()]
    story += [here.get("/registered").get_data(), here.get("/me").get_data()]
    for identifier in filter(None, (form["phone"], form["email"])):
        answer = elsewhere.sign_in(identifier, form["password"])
        story += [answer.headers["Location"], elsewhere.get("/me").get_data()]
        elsewhere.send("/sign-out")
    story.append(how_many(Letter) > 0)
    account = here.get("/account").get_data(as_text=True)
    for shown in ("0912 345 678", "0987 654 321", "0987 654 322", "lan@thu.vn", "hoa@thu.vn"):
        account = account.replace(shown, "")
    story.append(re.sub(r'name="csrf_token" value="\w+"|\b(?:[0-9A-Z]{4}-){2}[0-9A-Z]{4}\b', "", account))
    return story


def test_the_owner_keeps_the_account(app: Flask, client: ReadingClient, people: People) -> None:
    client.post("/register", data={**FORM, "phone": "0912345678"})
    owner = app.test_client()
    owner.sign_in("0912345678", PASSWORD)
    assert "Nguyễn Văn Bình" in owner.get("/account").get_data(as_text=True)


def test_many_strangers_do_not_crowd_the_owner_out(app: Flask, people: People) -> None:
    for n in range(5):
        form = {**FORM, "phone": "0912345678", "password": f"khac-nhau-lan-{n}"}
        assert app.test_client().post("/register", data=form).status_code == 303
    app.test_client().sign_in("0912345678", PASSWORD)


def test_many_strangers_do_not_crowd_out_who_was_first(app: Flask) -> None:
    """A number that nobody has confirmed yet."""
    app.test_client().post("/register", data=FORM)
    for n in range(5):
        form = {**FORM, "password": f"khac-nhau-lan-{n}"}
        assert app.test_client().post("/register", data=form).status_code == 303
    app.test_client().sign_in("0987654321", str(FORM["password"]))
    app.test_client().sign_in("0987654321", "khac-nhau-lan-4")


def test_with_the_password_of_the_account_that_is_there_one_is_in_it(
    client: ReadingClient, people: People
) -> None:
    before = how_many(Person)
    answer = client.post("/register", data={**FORM, "phone": "0912345678", "password": PASSWORD})
    assert answer.headers["Location"] == "/account"
    assert how_many(Person) == before
    assert "Nguyễn Văn Bình" in client.get("/account").get_data(as_text=True)


def test_registering_is_no_way_around_the_limit_of_guesses(client: ReadingClient, people: People) -> None:
    for n in range(10):
        client.post("/sign-in", data={"identifier": "lan@thu.vn", "password": f"doan-mo-lan-{n}"})
    again = {**FORM, "phone": "", "email": "lan@thu.vn", "password": PASSWORD}
    assert client.post("/register", data=again).status_code == 429


def test_one_phone_is_not_registered_for_ever(client: ReadingClient) -> None:
    codes = [
        client.post(
            "/register",
            data={**FORM, "password": f"khac-nhau-lan-{n}"},
            environ_base={"REMOTE_ADDR": f"10.0.0.{n}"},
        ).status_code
        for n in range(11)
    ]
    assert codes == [303] * 10 + [429]


@pytest.mark.parametrize("identifier", ["0912345678", "0987000111", "lan@thu.vn", "khong@co.vn"])
def test_as_many_passwords_are_tried_for_everybody(
    client: ReadingClient, people: People, identifier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    whole = passwords.fits
    monkeypatch.setattr(passwords, "fits", lambda typed, hashed: tried.append(typed) or whole(typed, hashed))
    client.post("/sign-in", data={"identifier": identifier, "password": "khong-phai-the"})
    assert len(tried) == queries.SHARED


def test_the_owner_of_a_known_email_is_told(client: ReadingClient, people: People) -> None:
    client.post("/register", data={**FORM, "phone": "", "email": "lan@thu.vn"})
    letter = db.session.scalars(select(Letter)).one()
    assert letter.recipient == "lan@thu.vn"
    assert "/forgot" in letter.text and "/account/email/" not in letter.text


def link_in_letter() -> str:
    letter = db.session.scalars(select(Letter)).one()
    found = re.search(r"http://localhost(/account/email/\S+)", letter.text)
    assert found is not None
    return found[1]


def test_a_letter_confirms_the_email(app: Flask, client: ReadingClient) -> None:
    client.post("/register", data={**FORM, "email": "hoa@thu.vn"})
    link = link_in_letter()
    assert client.get(link).status_code == 200
    assert queries.owner_of("hoa@thu.vn") is None
    assert client.send(link).status_code == 303
    owner = queries.owner_of("hoa@thu.vn")
    assert owner is not None and owner.name == "Đỗ Thị Hoa"
    assert history_of("person", owner.id)[0].kind == "EmailConfirmed"


def test_whoever_reads_the_letter_must_be_signed_in_to_that_account(
    app: Flask, client: ReadingClient, people: People
) -> None:
    app.test_client().post("/register", data={**FORM, "email": "hoa@thu.vn"})
    link = link_in_letter()
    assert client.get(link).status_code == 303
    client.sign_in("minh@thu.vn", PASSWORD)
    assert client.send(link).status_code == 422
    assert client.send("/account/email/mot-khoa-bia-dat").status_code == 422
    assert queries.owner_of("hoa@thu.vn") is None


def test_the_letter_is_good_for_two_weeks(client: ReadingClient) -> None:
    with time_machine.travel("2026-11-24T01:00:00Z", tick=False) as clock:
        client.post("/register", data={**FORM, "email": "hoa@thu.vn"})
        clock.shift(14 * 86_400 + 2)
        assert client.send(link_in_letter()).status_code == 422


def test_of_two_who_say_so_one_becomes_the_owner(app: Flask, client: ReadingClient) -> None:
    client.post("/register", data={**FORM, "email": "hoa@thu.vn"})
    link = link_in_letter()
    second = app.test_client()
    second.post("/register", data={**FORM, "password": "mot-mat-khau-khac", "email": "hoa@thu.vn"})
    newest = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    other_link = re.search(r"http://localhost(/account/email/\S+)", newest.text)[1]
    assert client.send(link).status_code == 303
    assert second.send(other_link).status_code == 422


def test_the_letter_is_sent_again_but_not_for_ever(client: ReadingClient) -> None:
    client.post("/register", data={**FORM, "email": "hoa@thu.vn"})
    for _ in range(6):
        assert client.send("/account/email").status_code == 303
    assert how_many(Letter) == 1 + throttle.CONFIRM_ACCOUNT.tries


def test_extra_fields_give_no_rights(client: ReadingClient) -> None:
    extra = {
        "role": "officer",
        "is_admin": "1",
        "memberships": "1",
        "is_active": "0",
        "id": "1",
        "kind[]": "x",
    }
    client.post("/register", data={**FORM, **extra})
    person = queries.person_by_identifier("0987654321")
    assert person is not None
    assert (person.active, person.is_officer, list(person.memberships)) == (True, False, [])


def test_registering_is_limited_by_address(client: ReadingClient) -> None:
    codes = [
        client.post("/register", data={**FORM, "phone": f"09876543{n:02}"}).status_code for n in range(21)
    ]
    assert codes == [303] * 20 + [429]
