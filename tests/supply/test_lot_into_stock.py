"""A lot that was harvested goes into the stock of the shop, when the director says so."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db, transaction
from marketplace.growing.models import Lot
from marketplace.supply import queries, services
from marketplace.supply.invariants import CHECKS
from marketplace.supply.models import StockMove
from tests.client import ReadingClient
from tests.growing.conftest import field, harvested
from tests.world import World


def on_hand(world: World) -> Decimal:
    db.session.expire_all()
    stock = queries.stock_of(world.carrots.id)
    assert stock is not None
    return stock.on_hand


def test_ticked_it_is_in_stock_with_its_lot_and_unticked_it_is_not(
    world: World, client: ReadingClient
) -> None:
    plot, before = field(world), on_hand(world)
    client.sign_in("donglac@demo.vn")
    page = client.get("/desk/lots/new").get_data(as_text=True)
    assert "Nhập vào kho" in page and 'name="for_sale"' in page and "checked" in page
    today = clock.today().strftime("%d/%m/%Y")
    form = {
        "product": str(world.carrots.id),
        "plots": plot.ref,
        "harvested_on": today,
        "kg": "120",
        "for_sale": "y",
    }
    assert client.send("/desk/lots/new", {**form, "kg": "0"}).status_code == 422
    assert on_hand(world) == before, "what was refused moves nothing"
    assert client.send("/desk/lots/new", form).status_code == 303
    assert on_hand(world) == before + 120
    lot = db.session.scalars(select(Lot).order_by(Lot.id.desc())).first()
    assert lot is not None
    move = db.session.scalars(select(StockMove).where(StockMove.cause == f"lot:{lot.id}")).one()
    assert lot.code in move.reason and move.actor_id == world.director.id
    assert lot.code in client.get(f"/desk/supply/{world.carrots.ref}").get_data(as_text=True)
    form.pop("for_sale")
    assert client.send("/desk/lots/new", form).status_code == 303
    assert on_hand(world) == before + 120
    stock = queries.stock_of(world.carrots.id)
    assert stock is not None
    again = {"code": lot.code, "lot_id": lot.id, "kg": Decimal(120), "harvested_on": lot.harvested_on}
    with transaction():
        assert services.bring_lot(stock=stock, **again, by=world.director) == 0
    assert on_hand(world) == before + 120, "a lot comes in once"


def test_what_its_week_was_expected_to_bring_is_moved_and_not_counted_twice(world: World) -> None:
    plot, before, week = field(world), on_hand(world), str(week_of(clock.today()))
    with transaction():
        services.forecast(product=world.carrots, week=week, likely=Decimal(100), by=world.director)
        services.promise(product_id=world.carrots.id, week=week, quantity=Decimal(70), holder="contract:7")
    harvested(world, plot, 120, for_sale=True)
    ahead = queries.week_stock(world.carrots.id, week)
    assert ahead is not None
    db.session.refresh(ahead)
    assert (ahead.on_hand, ahead.reserved) == (70, 70), "what is promised stays with its week"
    assert on_hand(world) == before + 120
    db.session.rollback()
    assert {number: check() for number, (_words, check) in CHECKS.items()} == dict.fromkeys(CHECKS, 0)


def test_goods_that_nobody_counts_are_a_lot_and_no_stock(world: World) -> None:
    stock = queries.stock_of(world.carrots.id)
    assert stock is not None
    lot = harvested(world, field(world), 50)
    assert not db.session.scalars(select(StockMove).where(StockMove.cause == f"lot:{lot.id}")).all()
