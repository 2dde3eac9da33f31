"""The demonstration province: enough of everything, true to its own rules, loaded once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select
from stdnum.vn import mst

from marketplace.accounts.services import check_credentials
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Commodity, Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import BankAccount, Cooperative
from marketplace.cooperatives.states import Kind, MemberState
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.states import DeliveryState
from marketplace.foundation import jobs
from marketplace.foundation.db import db, transaction
from marketplace.foundation.mail.models import Letter
from marketplace.foundation.media import Photo, PhotoState
from marketplace.insights.invariants import breaks
from marketplace.orders.models import Order
from marketplace.orders.states import OrderState
from marketplace.payments.models import Charge
from marketplace.payments.states import ChargeState
from marketplace.site.demo.loading import load
from marketplace.site.demo.offers import OFFERS
from marketplace.site.demo.people import KEY_TO_THE_DEMONSTRATION
from marketplace.supply import queries as supply
from tests.client import ReadingClient


@pytest.fixture
def province(app: Flask) -> None:
    with transaction():
        load(tell=lambda line: None, provinces={"30", "31"}, pictures=2)


def states_of(model: type, column: object) -> set[object]:
    return set(db.session.scalars(select(column).select_from(model).distinct()))


def test_a_province_full_of_produce(app: Flask, province: None) -> None:
    admitted = db.session.scalar(select(func.count()).where(Cooperative.state == MemberState.ADMITTED))
    published = db.session.scalar(select(func.count()).where(Product.state == ProductState.PUBLISHED))
    offered = select(Product.commodity_id).where(Product.state == ProductState.PUBLISHED)

    assert admitted >= 60
    assert published >= 150
    assert db.session.scalar(select(func.count()).where(Commodity.id.not_in(offered))) == 0
    assert len(OFFERS) == 46
    assert states_of(Cooperative, Cooperative.kind) == set(Kind)
    assert states_of(Cooperative, Cooperative.state) == set(MemberState)
    assert states_of(Product, Product.state) == set(ProductState)
    assert states_of(Order, Order.state) == set(OrderState)
    assert {
        DeliveryState.PLANNED,
        DeliveryState.PACKED,
        DeliveryState.DISPATCHED,
        DeliveryState.RECEIVED,
    } <= (states_of(Delivery, Delivery.state))
    assert {ChargeState.EXPECTED, ChargeState.REPORTED, ChargeState.SETTLED} <= states_of(
        Charge, Charge.state
    )
    assert {number: count for number, _sentence, count in breaks() if count} == {}
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 0


def test_everybody_and_every_number_is_invented(app: Flask, province: None) -> None:
    codes = [code for code in db.session.scalars(select(Cooperative.tax_code)) if code]
    assert len(set(codes)) == len(codes) > 60
    assert [code for code in codes if not code.startswith("99") or not mst.is_valid(code)] == []
    accounts = db.session.execute(select(BankAccount.bin, BankAccount.number)).all()
    assert len(set(accounts)) == len(accounts) > 60


def test_the_demonstration_signs_in(app: Flask, province: None) -> None:
    for name in ("officer", "donglac", "ducchinh", "tanminhduc", "bigmart", "household", "gate"):
        person = check_credentials(identifier=f"{name}@demo.vn", password=KEY_TO_THE_DEMONSTRATION)
        assert person is not None, name
    assert check_credentials(identifier="donglac@demo.vn", password="ca-rot-2025") is None


def test_carrots_and_onions_are_there_on_any_day(app: Flask, client: ReadingClient, province: None) -> None:
    carrots = catalogue.product_by_slug("ca-rot-dong-lac")
    onions = catalogue.product_by_slug("hanh-cu-kinh-mon")
    assert carrots is not None and carrots.cooperative.name == "HTX Dịch vụ nông nghiệp Đồng Lạc"
    assert onions is not None and "Kinh Môn" in onions.name_vi
    assert supply.available(carrots.id) >= Decimal(50)
    assert supply.available(onions.id) >= Decimal(20)
    assert "Cà rốt Đồng Lạc" in client.get("/products/ca-rot-dong-lac").text


def test_pictures_are_drawn_and_developed_like_any_photo(app: Flask, province: None) -> None:
    jobs.drain(app)
    db.session.rollback()
    photos = db.session.scalars(select(Photo)).all()
    assert [photo.state for photo in photos] == [PhotoState.READY] * 2
    assert all((photo.width, photo.height) == (1200, 900) for photo in photos)


def test_a_database_in_use_is_left_alone(app: Flask, province: None) -> None:
    before = db.session.scalar(select(func.count()).select_from(Product))
    db.session.rollback()
    runner = app.test_cli_runner()

    quiet = runner.invoke(args=["demo", "load", "--if-empty"])
    refused = runner.invoke(args=["demo", "load"])

    assert (quiet.exit_code, quiet.output) == (0, "")
    assert refused.exit_code == 1 and "empty" in refused.output
    assert db.session.scalar(select(func.count()).select_from(Product)) == before
