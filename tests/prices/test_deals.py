"""Settled deals: counted once, told as a mean of many a week later, and never by themselves."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import select

from marketplace.deliveries import queries as deliveries
from marketplace.deliveries import services as delivering
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.insights.invariants import breaks
from marketplace.orders import services as orders
from marketplace.orders.traded import grade_sign
from marketplace.payments import queries as payments_queries
from marketplace.payments import services as payments
from marketplace.prices import queries, services
from marketplace.prices.models import DealUse, Observation, SettledDeal
from marketplace.prices.states import Level, Source
from tests.buyers.company import Company
from tests.client import ReadingClient
from tests.orders.buying import checkout_of
from tests.prices.written import deal, goods, traders
from tests.world import World


def holds() -> None:
    assert not {number: count for number, _sentence, count in breaks() if count}


def told() -> list[Observation]:
    with transaction():
        return services.tell_means()


def means() -> list[Observation]:
    return list(db.session.scalars(select(Observation).where(Observation.source == Source.SETTLED)))


def last_week(day: int = 2) -> dt.date:
    """A day of the last whole week, Monday is 0."""
    today = clock.today()
    return today - dt.timedelta(days=today.weekday() + 7 - day)


def test_deals_become_one_mean_of_the_last_week(world: World, client: ReadingClient) -> None:
    sellers, buyers = traders(world)
    with clock.standing_at(clock.start_of_day(last_week(5))), transaction():
        for number, price in enumerate((7010, 7240)):
            deal(sellers[number], buyers[number], price, 1000, last_week())
        again = deal(sellers[0], buyers[0], 7010, 1000, last_week())
    assert db.session.scalars(select(SettledDeal)).all().__len__() == 2 and again.price == 7010
    assert told() == [], "two sellers are not enough"
    with clock.standing_at(clock.start_of_day(last_week(6))), transaction():
        deal(sellers[2], buyers[2], 8123, 1000, last_week(6))
        deal(sellers[2], buyers[0], 9999, 10, last_week(1), grade="1")
        deal(sellers[1], buyers[0], 9998, 10, last_week(1), level=Level.FIELD)
    (mean,) = told()
    assert (mean.price, mean.day, mean.grade, mean.place.name) == (7500, last_week(6), "", "Cả vùng")
    assert told() == [], "once a week"
    assert len(db.session.scalars(select(DealUse)).all()) == 3
    with transaction():
        deal(sellers[0], buyers[1], 20_000, 1000, last_week(3), about="test:late")
    assert told() == [] and [each.id for each in means()] == [mean.id], "a late deal changes nothing"
    found = queries.reference(goods().id, day=clock.today(), level=Level.WHOLESALE)
    assert found and found.price == 7500 and found.source is Source.SETTLED
    pages = [
        client.get(path).get_data(as_text=True)
        for path in ("/prices?level=wholesale", "/prices/ca-rot?level=wholesale", "/prices/sheet.csv")
    ]
    for page in pages:
        assert "7.500" in page or "7500" in page
        for single in (
            "7.010",
            "7.240",
            "8.123",
            "7010",
            "7240",
            "8123",
            "9999",
            "9.999",
            "HTX số",
            "Siêu thị số",
        ):
            assert single not in page
    holds()


def test_a_week_that_is_not_enough_waits_for_the_next(world: World) -> None:
    sellers, buyers = traders(world)
    monday = last_week(0)
    with clock.standing_at(clock.start_of_day(monday)), transaction():
        deal(sellers[0], buyers[0], 7000, 1000, monday - dt.timedelta(days=3))
        deal(sellers[1], buyers[1], 7100, 1000, monday - dt.timedelta(days=30))
        deal(sellers[1], buyers[1], 7200, 900, monday)
        deal(sellers[2], buyers[2], 7400, 1000, monday)
    with transaction():
        assert services.tell_means(today=monday) == []
    (mean,) = told()
    assert mean.price == 7200  # without the one that is too old
    holds()


def test_an_order_of_an_organisation_counts_once_it_is_completed(world: World) -> None:
    company = Company.built()
    with transaction():
        group = orders.place(**checkout_of(company, world.carrots, company.huy, 60))
    order = group.orders[0]
    with transaction():
        orders.accept(order=order, by=world.director)
    (delivery,) = deliveries.deliveries_of("order", order.id)
    with transaction():
        delivering.dispatch(delivery=delivery, by=world.director)
    with transaction():
        delivering.receive(delivery=delivery)
    assert not db.session.scalars(select(SettledDeal)).all()
    charge = payments_queries.charge_for("order", order.id)
    assert charge is not None
    with transaction():
        payments.confirm(charge=charge, amount=charge.open_amount, by=world.director)
    (counted,) = db.session.scalars(select(SettledDeal)).all()
    assert (counted.about, counted.price, counted.quantity) == (
        f"order:{order.id}:{order.lines[0].position}",
        order.lines[0].unit_price,
        Decimal(60),
    )
    assert (counted.buyer_id, counted.level, counted.goods_id) == (
        company.bigmart.id,
        Level.WHOLESALE,
        goods().id,
    )
    holds()


def test_the_sign_of_a_grade_in_words() -> None:
    signs = {"Loại 1, cỡ M": "1", "loại a": "A", "Loại đặc biệt": "", "": "", "Hàng chọn": ""}
    assert {words: grade_sign(words) for words in signs} == signs
