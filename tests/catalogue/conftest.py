"""Two cooperatives, their director, an officer, and three products."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Person
from marketplace.accounts.states import Role
from marketplace.catalogue.models import Product
from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Certificate, Cooperative
from marketplace.cooperatives.states import Kind, MemberState, PaperKind
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from tests.client import ReadingClient
from tests.factories.catalogue import product_of

PASSWORD = "ca-rot-2026"


@dataclass
class Market:
    dong_lac: Cooperative
    kinh_mon: Cooperative
    hung: Person
    officer: Person
    vietgap: Certificate
    carrots: Product
    onions: Product
    cabbage: Product


@pytest.fixture
def market(app) -> Market:
    with transaction():
        hung = accounts.create_person(name="Nguyễn Văn Hùng", phone="+84912345678", password=PASSWORD)
        dong_lac = _member("HTX Dịch vụ nông nghiệp Đồng Lạc", "HTX Đồng Lạc")
        kinh_mon = _member("HTX Hành tỏi Kinh Môn", "HTX Kinh Môn")
        accounts.add_member(organisation=dong_lac.organisation, person=hung, role=Role.DIRECTOR)
        officer = _officer()
        vietgap = cooperatives.add_certificate(
            cooperative=dong_lac,
            kind=PaperKind.VIETGAP,
            number="VG-TT-30-0001",
            issued_on=clock.today() - dt.timedelta(days=100),
            expires_on=clock.today() + dt.timedelta(days=100),
        )
        cooperatives.verify_certificate(certificate=vietgap, by=officer)
        return Market(
            dong_lac=dong_lac,
            kinh_mon=kinh_mon,
            hung=hung,
            officer=officer,
            vietgap=vietgap,
            carrots=product_of(
                dong_lac,
                "ca-rot-dong-lac",
                "Cà rốt Đồng Lạc",
                (0, 16_000),
                (50, 12_000),
                (500, 8_000),
                available=3000,
                certificates=(vietgap,),
                name_en="Dong Lac carrots",
                grade="Loại 1, cỡ M–L",
            ),
            onions=product_of(kinh_mon, "hanh-tuoi", "Hành củ Kinh Môn", (0, 30_000), available=400),
            cabbage=product_of(dong_lac, "cai-bap", "Cải bắp Đồng Lạc", (0, 9_000), available=0),
        )


@pytest.fixture
def desk(client, market):
    """The director's browser."""
    client.sign_in("0912345678", PASSWORD)
    return client


@pytest.fixture
def office(client, market):
    """The officer's browser."""
    client.sign_in("lan@lienminh.example", PASSWORD)
    return client


def _member(name: str, short: str) -> Cooperative:
    return cooperatives.enter(
        kind=Kind.COOPERATIVE, name=name, state=MemberState.ADMITTED, short_name=short, phone="+84912000111"
    )


def _officer() -> Person:
    officer = accounts.create_person(name="Trần Thị Lan", email="lan@lienminh.example", password=PASSWORD)
    alliance = accounts.alliance(name="Liên minh HTX")
    accounts.add_member(organisation=alliance, person=officer, role=Role.OFFICER)
    return officer


class FreshClient(ReadingClient):
    """Each request has an app context of its own, as in life: nothing is kept from the request before."""

    def open(self, *args, **kwargs):
        with self.application.app_context():
            return super().open(*args, **kwargs)


@pytest.fixture
def client(app):
    return FreshClient(app, app.response_class)
