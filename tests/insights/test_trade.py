"""Trade as it is added up: each way once, each figure as an independent statement finds it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.insights import queries, services, tasks
from marketplace.insights.invariants import CHECKS
from marketplace.insights.models import TradeDay, TradeMark, TradeMonth
from marketplace.insights.queries import TradeAsked, Traded
from marketplace.insights.states import Channel, PlaceKind
from marketplace.orders.services.relief import take_off
from tests.buyers.company import Company
from tests.insights.sold import bought, counted, delivered, stood
from tests.orders.agreed import agreed
from tests.world import World


@pytest.fixture
def company(world: World) -> Company:
    return Company.built()


def asked(**more: Any) -> TradeAsked:
    """This year, and a good way into the next one: contracts of tests may deliver then."""
    today = clock.today()
    return TradeAsked(dt.date(today.year, 1, 1), today + dt.timedelta(60), **more)


def by_channel(**more: Any) -> dict[Channel, Traded]:
    told: dict[Channel, Traded] = {}
    for channel, _commodity, now, _before in queries.by_channel_and_commodity(asked(**more)):
        told[channel] = told.get(channel, Traded()) + now
    return told


def holds() -> None:
    db.session.rollback()
    assert [CHECKS[number][1]() for number in ("A10", "A11")] == [0, 0]


def number(sql: str, **values: Any) -> int:
    """An independent statement."""
    return int(db.session.execute(text(sql), values).scalar() or 0)


def local(column: str) -> str:
    """The day in Vietnam of a moment kept in UTC."""
    if db.engine.dialect.name == "postgresql":
        return f"({column} AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
    return f"date({column}, '+7 hours')"


# --- what counts ------------------------------------------------------------------------------------


def test_an_order_counts_on_the_day_it_is_completed(world: World) -> None:
    open_order = agreed(world)
    assert counted() == 0 and by_channel() == {}, "agreed is not sold yet"
    order = bought(world)
    assert open_order.id != order.id
    assert counted() == 1
    assert by_channel() == {Channel.ORDER: Traded(1, Decimal(50), 600_000, 0)}
    goods = """SELECT SUM(l.line_total) FROM order_lines l JOIN orders o ON o.id = l.order_id
        WHERE o.state = 'completed' AND l.ended_by_id IS NULL"""
    assert number(goods) == 600_000
    when = local("o.closed_at")
    day = db.session.execute(text(f"SELECT {when} FROM orders o WHERE o.state = 'completed'")).scalar()
    assert str(day) == str(db.session.query(TradeDay).one().day)
    holds()


def test_what_is_taken_off_later_is_not_sold(world: World) -> None:
    order = bought(world)
    counted()
    with transaction():
        take_off(order=db.session.merge(order), amount=Money(100_001), reason="goods were poor")
    holds()  # the day waits, so nothing is said of it
    assert counted() == 1
    assert by_channel()[Channel.ORDER] == Traded(1, Decimal(50), 499_999, 0)
    assert number("SELECT SUM(amount) FROM order_reliefs") == 100_001
    holds()


def test_a_slip_counts_once_both_signed(world: World, company: Company) -> None:
    delivered(world, company)
    assert counted() == 1
    (channel, told), *more = by_channel().items()
    assert (channel, told.kg, more) == (Channel.CONTRACT, Decimal(2000), [])
    kilograms = """SELECT SUM(l.kg) FROM acceptance_lines l JOIN acceptances a ON a.id = l.acceptance_id
        AND a.revision = l.revision WHERE a.state IN ('agreed', 'decided') AND l.outcome = 'accepted'"""
    assert number(kilograms) == 2000 * 1000
    from marketplace.fulfilment.worth import accepted_worth
    from marketplace.linkage.models import Contract

    contract = db.session.query(Contract).one()
    assert told.value == accepted_worth([contract.id])[contract.id] > 0
    holds()


def test_a_stand_counts_its_cash_once(world: World) -> None:
    stood(world)
    assert counted() == 1
    assert by_channel() == {Channel.FAIR: Traded(2, Decimal(200), 500_000, 300_000)}
    assert number("SELECT SUM(cash) FROM booth_days") == 500_000
    assert number("SELECT SUM(quantity) FROM booth_sales") == 200 * 1000
    alone = queries.sum_of_rows(asked(), unnamed=True)
    assert (alone.value, alone.kg) == (300_000, 0), "what was not told apart has no commodity"
    holds()


def test_all_ways_together_are_each_once(world: World, company: Company) -> None:
    bought(world)
    delivered(world, company)
    stood(world)
    counted()
    told = by_channel()
    assert set(told) == set(Channel)
    total = sum((each.value for each in told.values()), 0)
    assert (
        total == number("SELECT SUM(value) FROM trade_days") == number("SELECT SUM(value) FROM trade_months")
    )
    assert queries.sum_of_rows(asked()).value == total
    months = queries.by_month(asked())
    assert sum(each.value for each in months.values()) == total
    sellers = queries.by_member(asked())
    assert [(seller.name, now.value) for seller, now, _ in sellers] == [("HTX Đồng Lạc", total)]
    for kind in PlaceKind:
        places = queries.by_place(sellers, kind)
        assert sum(place.now.value for place in places) == total
        for place in places:
            if place.key is not None:
                found = queries.sum_of_rows(asked(unit_id=place.key))
                assert found.value == place.now.value, kind
    share = by_channel(channel=Channel.CONTRACT)
    assert set(share) == {Channel.CONTRACT}
    assert queries.count_members_linked(asked()) == (1, number("SELECT count(*) FROM cooperatives"))
    seasons = queries.seasons(asked())
    assert sum(each.total for each in seasons) * 1000 == number("SELECT SUM(kg) FROM trade_days")
    holds()


def test_the_year_before_stands_beside(world: World) -> None:
    bought(world)
    counted()
    with transaction():
        row = db.session.query(TradeDay).one()
        row.day = row.day.replace(year=row.day.year - 1, day=min(row.day.day, 28))
    ((_channel, _commodity, now, before),) = queries.by_channel_and_commodity(asked())
    assert (now, before) == (Traded(), Traded(1, Decimal(50), 600_000, 0))


# --- adding up --------------------------------------------------------------------------------------


def test_counting_twice_changes_nothing(world: World, company: Company) -> None:
    bought(world)
    stood(world)
    delivered(world, company)
    counted()
    before = [(row.id, row.day, row.value) for row in db.session.query(TradeDay).order_by(TradeDay.id)]
    assert tasks.count_all_trade() == 0, "no month said something else"
    with transaction():
        for _id, day, _value in before:
            services.mark_day(day)
    assert counted() >= 1
    after = [(row.id, row.day, row.value) for row in db.session.query(TradeDay).order_by(TradeDay.id)]
    assert before == after


def test_everything_is_found_again(world: World, company: Company) -> None:
    bought(world)
    delivered(world, company)
    counted()
    told = by_channel()
    with transaction():
        db.session.query(TradeDay).delete()
        db.session.query(TradeMonth).delete()
        services.mark_day(None)
    holds()  # all waits
    tasks.count_trade()
    db.session.rollback()
    assert by_channel() == told and db.session.query(TradeMark).count() == 0
    holds()


def test_a_figure_that_was_spoiled_is_seen_and_mended(world: World) -> None:
    bought(world)
    counted()
    with transaction():
        db.session.execute(text("UPDATE trade_days SET value = value + 1"))
    db.session.rollback()
    assert (CHECKS["A10"][1](), CHECKS["A11"][1]() > 0) == (1, True)
    assert tasks.count_all_trade() == 1
    holds()


def test_an_empty_market_has_no_figures(world: World) -> None:
    assert counted() == 0 and tasks.count_all_trade() == 0
    assert queries.by_member(asked()) == [] and queries.by_month(asked()) == {}
    assert queries.concentration([]) is None and queries.seasons(asked()) == []
    holds()


def test_concentration_in_plain_figures() -> None:
    told = queries.concentration([50, 30, 20, 0])
    assert told is not None
    assert (told.sellers, told.first, told.three, told.index) == (3, Decimal(50), Decimal(100), 3800)
    assert told.like == Decimal("2.6")
    alone = queries.concentration([7])
    assert alone is not None and (alone.index, alone.like) == (10_000, Decimal(1))
