"""A person's own account, and the people of an organisation."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.accounts import queries, services
from marketplace.accounts.devices import device_name
from marketplace.accounts.models import Organisation, Person
from marketplace.accounts.states import OrganisationKind, Role
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.mail import Letter
from tests.accounts.conftest import PASSWORD, People
from tests.client import ReadingClient

PROFILE = {"name": "Trần Thị Lan Anh", "phone": "", "email": "lan@thu.vn", "locale": "en", "letters": ""}


def roles_in(organisation_id: int) -> dict[str, Role]:
    return {m.person.name: m.role for m in queries.members_of(organisation_id)}


def test_a_person_changes_what_is_kept(lan: ReadingClient, people: People) -> None:
    assert lan.send("/account", PROFILE).status_code == 303
    db.session.expire_all()
    kept = db.session.get_one(Person, people.lan.id)
    assert (kept.name, kept.locale, kept.letters) == ("Trần Thị Lan Anh", "en", False)


def test_a_person_stays_reachable(lan: ReadingClient, people: People) -> None:
    assert lan.send("/account", {**PROFILE, "email": ""}).status_code == 422


def test_nobody_takes_another_phone_and_nobody_learns_whose_it_is(
    app: Flask, lan: ReadingClient, people: People
) -> None:
    known = lan.send("/account", {**PROFILE, "phone": "0912345678"})
    unknown = lan.send("/account", {**PROFILE, "phone": "0912345679"})
    assert (known.status_code, known.get_data()) == (unknown.status_code, unknown.get_data())
    lan.send("/account", {**PROFILE, "phone": "0912345678"})
    owner = queries.owner_of("0912345678")
    assert owner is not None and owner.id == people.buyer.id
    other = app.test_client()
    other.sign_in("0912345678", PASSWORD)
    assert "Nguyễn Văn Bình" in other.get("/account").get_data(as_text=True)


def test_another_email_must_be_confirmed_again(lan: ReadingClient, people: People) -> None:
    assert lan.send("/account", {**PROFILE, "email": "lan.anh@thu.vn"}).status_code == 303
    assert queries.owner_of("lan.anh@thu.vn") is None
    letter = db.session.scalars(select(Letter)).one()
    assert letter.recipient == "lan.anh@thu.vn"
    path = key_in(letter)
    assert lan.send(path).status_code == 303
    assert queries.owner_of("lan.anh@thu.vn").id == people.lan.id


def test_the_same_email_stays_confirmed(lan: ReadingClient, people: People) -> None:
    lan.send("/account", PROFILE)
    assert queries.owner_of("lan@thu.vn").id == people.lan.id
    assert db.session.scalars(select(Letter)).all() == []


def key_in(letter: Letter) -> str:
    found = re.search(r"http://localhost(?:/en)?(/account/email/\S+)", letter.text)
    assert found is not None
    return found[1]


def test_extra_fields_change_nothing(lan: ReadingClient, people: People) -> None:
    lan.send("/account", {**PROFILE, "active": "", "id": "1", "password_hash": "x", "is_officer": "1"})
    db.session.expire_all()
    kept = db.session.get_one(Person, people.lan.id)
    assert kept.active and not kept.is_officer
    assert lan.sign_in("lan@thu.vn", PASSWORD).status_code == 303


def test_pages_read_in_english(lan: ReadingClient) -> None:
    for path in ("/account", "/account/password", "/account/devices", "/account/people", "/notices"):
        answer = lan.get(f"/en{path}")
        assert answer.status_code == 200
        assert 'lang="en"' in answer.get_data(as_text=True)


def test_a_director_lets_a_member_go(app: Flask, lan: ReadingClient, people: People) -> None:
    membership = _join(people.shop.id, people.minh.id)
    other = app.test_client()
    other.sign_in("minh@thu.vn", PASSWORD)
    assert lan.send(f"/account/people/{membership}/removal").status_code == 303
    assert roles_in(people.shop.id) == {"Trần Thị Lan": Role.DIRECTOR}
    assert other.get("/account").status_code == 303


def test_the_last_director_stays(lan: ReadingClient, people: People) -> None:
    (own,) = queries.members_of(people.shop.id)
    lan.send(f"/account/people/{own.id}/removal")
    assert roles_in(people.shop.id) == {"Trần Thị Lan": Role.DIRECTOR}


def test_members_of_others_cannot_be_removed(lan: ReadingClient, people: People) -> None:
    (officers,) = queries.members_of(people.officer.memberships[0].organisation_id)
    assert lan.send(f"/account/people/{officers.id}/removal").status_code == 404


def test_one_chooses_for_whom_one_acts(lan: ReadingClient, people: People) -> None:
    second = in_transaction(lambda: _second(people.lan.id))
    lan.sign_in("lan@thu.vn", PASSWORD)
    assert "Bếp ăn Thành Đông" in _heading(lan)
    assert lan.send("/account/acting", {"organisation": second}).status_code == 303
    assert "Quán cơm Sông Hàn" in _heading(lan)
    alliance = people.officer.memberships[0].organisation.ref
    assert lan.send("/account/acting", {"organisation": alliance}).status_code == 422
    assert "Quán cơm Sông Hàn" in _heading(lan)


def _heading(client: ReadingClient) -> str:
    return client.get("/account/people").get_data(as_text=True).split("<h1>")[1].split("</h1>")[0]


def _join(organisation_id: int, person_id: int) -> int:
    def join() -> int:
        organisation = db.session.get_one(Organisation, organisation_id)
        person = db.session.get_one(Person, person_id)
        return services.add_member(organisation=organisation, person=person, role=Role.MEMBER).id

    return in_transaction(join)


def _second(person_id: int) -> str:
    person = db.session.get_one(Person, person_id)
    shop = services.create_organisation(kind=OrganisationKind.BUYER, name="Quán cơm Sông Hàn", by=person)
    services.add_member(organisation=shop, person=person, role=Role.DIRECTOR)
    return shop.ref


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/131.0.0.0 Mobile Safari/537.36",
            "Android · Chrome",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Version/17.5 Mobile/15E148 Safari/604.1",
            "iPhone · Safari",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
            "Windows · Edge",
        ),
        ("curl/8.5.0", ""),
    ],
)
def test_a_device_is_called_as_its_owner_calls_it(agent: str, name: str) -> None:
    assert device_name(agent) == name
