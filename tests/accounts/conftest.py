"""People for the tests of accounts: a buyer, a director with a colleague, an officer."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask

from marketplace.accounts import services
from marketplace.accounts.models import Organisation, Person
from marketplace.accounts.states import OrganisationKind, Role
from marketplace.foundation.db.session import in_transaction
from tests.client import ReadingClient

PASSWORD = "ruong-lua-xanh"


@dataclass(frozen=True)
class People:
    """`buyer` has a phone only, `lan` directs `shop`, `minh` is nobody's, `officer` is of the alliance."""

    buyer: Person
    lan: Person
    minh: Person
    officer: Person
    shop: Organisation


@pytest.fixture
def people(app: Flask) -> People:
    return in_transaction(_people)


def _people() -> People:
    buyer = services.create_person(name="Nguyễn Văn Bình", phone="+84912345678", password=PASSWORD)
    lan = services.create_person(name="Trần Thị Lan", email="lan@thu.vn", password=PASSWORD)
    minh = services.create_person(name="Lê Văn Minh", email="minh@thu.vn", password=PASSWORD)
    shop = services.create_organisation(kind=OrganisationKind.BUYER, name="Bếp ăn Thành Đông")
    services.add_member(organisation=shop, person=lan, role=Role.DIRECTOR)
    officer = services.create_officer(
        name="Phạm Thị Mai",
        phone=None,
        email="mai@lienminh.vn",
        password=PASSWORD,
        alliance_name="Liên minh HTX",
    )
    return People(buyer, lan, minh, officer, shop)


@pytest.fixture
def lan(client: ReadingClient, people: People) -> ReadingClient:
    client.sign_in("lan@thu.vn", PASSWORD)
    return client


@pytest.fixture
def officer(client: ReadingClient, people: People) -> ReadingClient:
    client.sign_in("mai@lienminh.vn", PASSWORD)
    return client
