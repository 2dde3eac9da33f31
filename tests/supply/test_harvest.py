"""What the page of a season tells of weeks to come, and what it does not give away."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import update

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.telling import LADDER, about, may_be_told
from marketplace.supply import queries, services
from marketplace.supply.models import Stock
from tests.client import ReadingClient
from tests.linkage.gathered import Seller, neighbours
from tests.news.told import season
from tests.statements import queries_sent
from tests.supply.weeks import ahead
from tests.world import World

PAGE = "/season/mua-ca-rot-dong-lac"
DAY = dt.timedelta(days=1)


def said(sellers: list[Seller], week: str, *amounts: int, days_ago: int = 1) -> None:
    """What each says of a week, so many days ago."""
    with clock.standing_at(clock.now() - days_ago * DAY), transaction():
        for seller, amount in zip(sellers, amounts, strict=False):
            services.forecast(product=seller.carrots, week=week, likely=Decimal(amount), by=seller.director)


def told(world: World) -> dict[str, int | None]:
    """Week -> what is told of carrots."""
    return {each.week: None if each.kg is None else int(each.kg) for each in carrots(world).weeks}


def carrots(world: World) -> queries.Harvest:
    (harvest,) = queries.harvests_ahead([world.carrots.commodity])
    return harvest


def test_a_sum_of_three_is_told_and_of_two_is_not(client: ReadingClient, world: World) -> None:
    sellers = neighbours(world)
    season(world)
    said(sellers, ahead(2), 4000, 5000, 0, days_ago=9)
    harvest = carrots(world)
    assert harvest.is_hidden and not harvest.is_told
    assert "Too few cooperatives" in client.get(f"/en{PAGE}").text
    said(sellers[2:], ahead(2), 3300, days_ago=2)
    said(sellers, ahead(3), 2000, 2000)
    assert told(world)[ahead(2)] == 10_000
    assert told(world)[ahead(3)] is None
    harvest = carrots(world)
    today = clock.today()
    assert (harvest.oldest, harvest.newest) == (today - 9 * DAY, today - 2 * DAY)
    page = client.get(PAGE).text
    assert "khoảng 10" in page and "ít nơi báo, chưa công bố" in page
    assert "12,3" not in page and "4 tấn" not in page


def test_where_nobody_said_anything_the_page_says_so(client: ReadingClient, world: World) -> None:
    season(world, goods=[world.carrots.commodity_id, world.onions.commodity_id])
    assert client.get(PAGE).text.count("Chưa có dự báo") == 2


def test_one_with_most_of_it_hides_the_sum(world: World) -> None:
    sellers = neighbours(world)
    said(sellers, ahead(2), 9000, 500, 500)
    assert told(world)[ahead(2)] is None


def test_what_is_said_today_counts_from_tomorrow(client: ReadingClient, world: World) -> None:
    sellers = neighbours(world)
    season(world)
    said(sellers, ahead(2), 1000, 1000, 1000, days_ago=3)
    assert told(world)[ahead(2)] == 3000
    with transaction():
        services.forecast(
            product=sellers[0].carrots, week=ahead(2), likely=Decimal(2000), by=sellers[0].director
        )
    assert told(world)[ahead(2)] == 3000
    week = ahead(2)
    with clock.standing_at(clock.now() + DAY):
        assert told(world)[week] == 4000


def test_other_weights_are_added_in_kilograms_and_what_is_counted_is_left_out(world: World) -> None:
    sellers = neighbours(world)
    said(sellers, ahead(2), 1000, 1, 100)
    assert told(world)[ahead(2)] is None
    for unit, seen in (("tan", 2000), ("bo", None)):
        with transaction():
            stocks = update(Stock).where(Stock.product_id == sellers[1].carrots.id)
            db.session.execute(stocks.values(unit=unit))
        assert told(world)[ahead(2)] == seen
    goods = [world.onions.commodity, world.carrots.commodity, sellers[1].carrots.commodity]
    onions, together = queries.harvests_ahead(goods)
    assert together.is_hidden and not onions.is_told and not onions.is_hidden


def test_it_asks_twice_however_many_goods(world: World) -> None:
    goods = [world.carrots.commodity, world.onions.commodity]
    with queries_sent() as sent:
        queries.harvests_ahead(goods)
    assert len(sent) == 2


@pytest.mark.parametrize(
    ("amount", "step"),
    [("1", "1"), ("12.4", "10"), ("12.5", "15"), ("999", "1000"), ("7000", "8000"), ("0.24", "0.2")],
)
def test_amounts_are_told_in_steps(amount: str, step: str) -> None:
    assert about(Decimal(amount)) == Decimal(step)
    assert all(about(each * 100) == each * 100 for each in LADDER)


def test_who_hides_whom() -> None:
    assert may_be_told(3, 60, 100) and not may_be_told(3, 61, 100) and not may_be_told(2, 50, 100)
    with pytest.raises(ValueError, match="not an amount"):
        about(Decimal(0))
