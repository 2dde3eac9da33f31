"""The demonstration province: enough of everything, true to its own rules, loaded once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Flask
from phonenumbers import is_valid_number, parse
from sqlalchemy import func, select
from stdnum.vn import mst

from marketplace.accounts.services import check_credentials
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Commodity, Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import BankAccount, Certificate, Cooperative
from marketplace.cooperatives.states import Kind, MemberState, PaperState
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.states import DeliveryState
from marketplace.fairs import queries as fairs
from marketplace.fairs.states import Phase
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
from marketplace.site.demo.people import KEY_TO_THE_DEMONSTRATION
from marketplace.supply import queries as supply
from tests.client import ReadingClient


def test_a_province_full_of_produce(app: Flask, client: ReadingClient) -> None:
    """One loading, since it takes seconds: each part below looks at another side of it."""
    with transaction():
        load(tell=lambda line: None, provinces={"30", "31"}, pictures=2)

    there_is_enough_of_everything()
    every_state_can_be_seen()
    the_books_are_exact_and_no_letter_leaves()
    every_number_is_invented()
    everybody_signs_in()
    carrots_and_onions_are_there_on_any_day()
    fairs_were_come_and_call()
    db.session.rollback()
    assert "Cà rốt Đồng Lạc" in client.get("/products/ca-rot-dong-lac").text
    pictures_are_developed_like_any_photo(app)
    a_database_in_use_is_left_alone(app)


def there_is_enough_of_everything() -> None:
    admitted = select(func.count()).where(Cooperative.state == MemberState.ADMITTED)
    published = select(func.count()).where(Product.state == ProductState.PUBLISHED)
    offered = select(Product.commodity_id).where(Product.state == ProductState.PUBLISHED)
    assert db.session.scalar(admitted) >= 60
    assert db.session.scalar(published) >= 150
    assert db.session.scalar(select(func.count()).select_from(Commodity)) == 47
    assert db.session.scalar(select(func.count()).where(Commodity.id.not_in(offered))) == 0


def fairs_were_come_and_call() -> None:
    phases = {listed.phase for listed in [*fairs.upcoming(), *fairs.past().rows]}
    assert phases == {Phase.OPEN, Phase.ANNOUNCED, Phase.REPORTED}
    assert not fairs.alarmed()


def every_state_can_be_seen() -> None:
    assert states_of(Cooperative.kind) == set(Kind)
    assert states_of(Cooperative.state) == set(MemberState)
    assert states_of(Certificate.state) == set(PaperState)
    assert states_of(Product.state) == set(ProductState)
    assert states_of(Order.state) == set(OrderState)
    assert states_of(Charge.state) == set(ChargeState)
    assert states_of(Delivery.state) == set(DeliveryState)


def states_of(column: Any) -> set[Any]:
    return set(db.session.scalars(select(column).distinct()))


def the_books_are_exact_and_no_letter_leaves() -> None:
    assert {number: count for number, _sentence, count in breaks(thorough=True) if count} == {}
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 0


def every_number_is_invented() -> None:
    codes = [code for code in db.session.scalars(select(Cooperative.tax_code)) if code]
    assert len(set(codes)) == len(codes) > 60
    assert [code for code in codes if not code.startswith("99") or not mst.is_valid(code)] == []
    phones = db.session.scalars(select(Cooperative.phone)).all()
    assert [phone for phone in phones if not is_valid_number(parse(phone))] == []
    accounts = db.session.execute(select(BankAccount.bin, BankAccount.number)).all()
    assert len(set(accounts)) == len(accounts) > 60


def everybody_signs_in() -> None:
    for name in ("officer", "donglac", "ducchinh", "tanminhduc", "bigmart", "household", "gate"):
        person = check_credentials(identifier=f"{name}@demo.vn", password=KEY_TO_THE_DEMONSTRATION)
        assert person is not None, name


def carrots_and_onions_are_there_on_any_day() -> None:
    carrots = catalogue.product_by_slug("ca-rot-dong-lac")
    onions = catalogue.product_by_slug("hanh-cu-kinh-mon")
    assert carrots is not None and carrots.cooperative.name == "HTX Dịch vụ nông nghiệp Đồng Lạc"
    assert onions is not None and "Kinh Môn" in onions.name_vi
    assert supply.available(carrots.id) >= Decimal(50)
    assert supply.available(onions.id) >= Decimal(20)


def pictures_are_developed_like_any_photo(app: Flask) -> None:
    jobs.drain(app)
    db.session.rollback()
    photos = db.session.scalars(select(Photo)).all()
    assert [(photo.state, photo.width, photo.height) for photo in photos] == [
        (PhotoState.READY, 1200, 900)
    ] * 2
    db.session.rollback()


def a_database_in_use_is_left_alone(app: Flask) -> None:
    runner = app.test_cli_runner()
    quiet = runner.invoke(args=["demo", "load", "--if-empty"])
    refused = runner.invoke(args=["demo", "load"])
    assert (quiet.exit_code, quiet.output) == (0, "")
    assert refused.exit_code == 1 and "empty" in refused.output
