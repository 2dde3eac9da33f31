"""Registering: what is kept, and that nobody learns who has an account."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from marketplace.accounts import queries
from marketplace.accounts.models import Consent, Organisation, Person
from marketplace.accounts.states import OrganisationKind, Role
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


def test_a_person_registers_and_signs_in(client: ReadingClient) -> None:
    answer = client.post("/register", data=FORM)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/registered")
    assert client.get("/registered").status_code == 200
    client.sign_in("0987654321", "mua-rau-moi-sang")
    assert "Đỗ Thị Hoa" in client.get("/account").get_data(as_text=True)


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


@pytest.mark.parametrize("known", [{"phone": "0912345678"}, {"phone": "", "email": "lan@thu.vn"}])
def test_a_known_phone_or_email_gets_the_same_answer(
    client: ReadingClient, people: People, known: dict[str, str]
) -> None:
    before = how_many(Person)
    fresh = client.post("/register", data=FORM)
    again = client.post("/register", data={**FORM, **known})
    assert (fresh.status_code, fresh.headers["Location"], fresh.get_data()) == (
        again.status_code,
        again.headers["Location"],
        again.get_data(),
    )
    assert how_many(Person) == before + 1


def test_the_owner_of_a_known_email_is_told(client: ReadingClient, people: People) -> None:
    client.post("/register", data={**FORM, "phone": "", "email": "lan@thu.vn"})
    letter = db.session.scalars(select(Letter)).one()
    assert letter.recipient == "lan@thu.vn"
    assert "/forgot" in letter.text
    client.sign_in("lan@thu.vn", PASSWORD)


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
