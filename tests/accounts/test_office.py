"""What officers do with people, and that nobody else can."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from marketplace.accounts import queries
from tests.accounts.conftest import PASSWORD, People
from tests.client import ReadingClient


@pytest.mark.parametrize("path", ["/office/people", "/office/letters", "/office/outbox"])
def test_the_office_is_for_officers(client: ReadingClient, people: People, path: str) -> None:
    assert client.get(path).status_code == 303
    client.sign_in("lan@thu.vn", PASSWORD)
    assert client.get(path).status_code == 403


def test_a_stranger_finds_no_person(lan: ReadingClient, people: People) -> None:
    assert lan.get(f"/office/people/{people.minh.ref}").status_code == 404
    assert lan.send(f"/office/people/{people.minh.ref}/closing").status_code == 404


@pytest.mark.parametrize("text", ["Bình", "0912 345 678", "nguyễn"])
def test_an_officer_finds_people(officer: ReadingClient, people: People, text: str) -> None:
    page = officer.get("/office/people", query_string={"q": text}).get_data(as_text=True)
    assert "Nguyễn Văn Bình" in page
    assert "Trần Thị Lan" not in page


def test_a_percent_sign_finds_nobody(officer: ReadingClient, people: People) -> None:
    assert "Bình" not in officer.get("/office/people?q=%25").get_data(as_text=True)


def test_a_link_for_somebody_without_email_is_shown_once(
    app: Flask, officer: ReadingClient, people: People
) -> None:
    path = f"/office/people/{people.buyer.ref}"
    shown = officer.send(f"{path}/reset").get_data(as_text=True)
    found = re.search(r"http://localhost(/reset/[\w-]+)", shown)
    assert found is not None
    assert "/reset/" not in officer.get(path).get_data(as_text=True).replace(f"{path}/reset", "")
    phone = app.test_client()
    assert phone.post(found[1], data={"password": "tu-chon-lay-mot"}).status_code == 303
    phone.sign_in("0912345678", "tu-chon-lay-mot")


def test_a_closed_account_is_out_at_once(app: Flask, officer: ReadingClient, people: People) -> None:
    other = app.test_client()
    other.sign_in("lan@thu.vn", PASSWORD)
    path = f"/office/people/{people.lan.ref}"
    assert officer.send(f"{path}/closing", {"close-reason": ""}).status_code == 422
    assert officer.send(f"{path}/closing", {"close-reason": "Tài khoản trùng"}).status_code == 303
    assert other.get("/account").status_code == 303
    assert other.post("/sign-in", data={"identifier": "lan@thu.vn", "password": PASSWORD}).status_code == 422
    assert officer.send(f"{path}/opening").status_code == 303
    other.sign_in("lan@thu.vn", PASSWORD)


def test_an_officer_who_phoned_confirms_the_number(
    app: Flask, officer: ReadingClient, people: People
) -> None:
    form = {"name": "Đỗ Thị Hoa", "password": "mua-rau-moi-sang", "kind": "person", "agree": "y"}
    for phone in ("0987654321", "0912345678"):
        assert app.test_client().post("/register", data={**form, "phone": phone}).status_code == 303
    hoa, claimant = (queries.people_by_identifier(p)[-1] for p in ("0987654321", "0912345678"))
    assert officer.send(f"/office/people/{hoa.ref}/phone").status_code == 303
    assert queries.owner_of("0987654321").name == "Đỗ Thị Hoa"
    assert officer.send(f"/office/people/{claimant.ref}/phone").status_code == 422
    assert queries.owner_of("0912345678").id == people.buyer.id


def test_an_officer_does_not_close_the_own_account(officer: ReadingClient, people: People) -> None:
    closing = f"/office/people/{people.officer.ref}/closing"
    assert officer.send(closing, {"close-reason": "Nhầm"}).status_code == 422
    assert officer.get("/account").status_code == 200


def officer_args(phone: str, password: str) -> list[str]:
    words = {"name": "Đào Thị Thu", "phone": phone, "email": "", "password": password}
    return ["accounts", "create-officer", *(f"--{name}={value}" for name, value in words.items())]


def test_the_first_officer_is_made_by_a_command(app: Flask, client: ReadingClient) -> None:
    said = app.test_cli_runner().invoke(args=officer_args("0934 567 890", "lien-minh-hai-duong"))
    assert said.exit_code == 0, said.output
    assert "/sign-in" in said.output
    person = queries.person_by_identifier("0934567890")
    assert person is not None and person.is_officer
    client.sign_in("0934567890", "lien-minh-hai-duong")
    assert client.get("/office/people").status_code == 200


def test_the_command_refuses_a_weak_password(app: Flask) -> None:
    said = app.test_cli_runner().invoke(args=officer_args("0934567890", "12345678"))
    assert said.exit_code == 1
    assert queries.person_by_identifier("0934567890") is None
