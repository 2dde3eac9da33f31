"""What was sown becomes what is expected, when the director says so."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db, transaction
from marketplace.supply import queries, services
from marketplace.supply.models import Forecast
from marketplace.supply.states import ForecastSource
from tests.client import ReadingClient
from tests.growing.conftest import field, sown
from tests.world import World


def test_sowings_are_taken_over_once_with_their_source(world: World, client: ReadingClient) -> None:
    plot = field(world)
    sowing = sown(world, plot, kg=24_000, first=20, last=40)
    client.sign_in("donglac@demo.vn")
    path = f"/desk/supply/ahead/{world.carrots.ref}"
    assert "Đưa vào dự kiến" in client.get(path).get_data(as_text=True)
    assert client.get(f"/desk/plots/sowings/{sowing.ref}").status_code in (200, 404)
    first = str(week_of(sowing.first_on))
    with transaction():
        services.forecast(product=world.carrots, week=first, likely=Decimal(7), by=world.director)
    assert client.send(f"{path}/sowings", {}).status_code == 303
    rows = queries.sown_ahead(world.carrots)
    assert rows and not any(each.differs for each in rows)
    assert abs(sum(each.quantity for each in rows) - 24_000) <= len(rows), "nothing is lost but roundings"
    taken = [*db.session.scalars(select(Forecast).where(Forecast.source == ForecastSource.SOWING))]
    assert len(taken) == len(rows) and all(plot.name in each.note for each in taken)
    assert all(each.low < each.likely < each.high for each in taken)
    assert queries.said_before(world.carrots.id, [first])[first].version == 2
    assert client.send(f"{path}/sowings", {}).status_code == 303, "pressed twice"
    assert len(db.session.scalars(select(Forecast)).all()) == len(rows) + 1
    page = client.get(path).get_data(as_text=True)
    assert "Đưa vào dự kiến" not in page
    client.sign_in("kinhmon@demo.vn")
    assert client.send(f"{path}/sowings", {}).status_code == 404


def test_weeks_said_by_grade_stay_as_they_are(world: World) -> None:
    sowing = sown(world, field(world), first=20, last=40)
    week = str(week_of(sowing.first_on))
    with transaction():
        services.forecast(product=world.carrots, week=week, grade="A", likely=Decimal(7), by=world.director)
        services.take_over_sowings(product=world.carrots, by=world.director)
    assert week not in {each.week for each in queries.sown_ahead(world.carrots)}
    assert queries.said_before(world.carrots.id, [week]) == {}


def test_what_is_promised_and_no_longer_sown_falls_short(world: World) -> None:
    sowing = sown(world, field(world), kg=2_100, first=20, last=40)
    week = str(week_of(sowing.first_on))
    with transaction():
        services.forecast(product=world.carrots, week=week, likely=Decimal(9_000), by=world.director)
        services.promise(product_id=world.carrots.id, week=week, quantity=Decimal(8_000), holder="contract:7")
        services.take_over_sowings(product=world.carrots, by=world.director)
    stock = queries.week_stock(world.carrots.id, week)
    assert stock is not None and queries.live_shortfall(stock.id) is not None
