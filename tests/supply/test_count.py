"""Counting again decides by one statement: what moved in between is never counted away."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import update

from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.supply import queries, services
from marketplace.supply.models import Stock
from tests.orders.buying import order_for
from tests.world import World


def test_goods_that_left_while_somebody_counted_are_not_brought_back(world: World) -> None:
    with pytest.raises(Conflict, match="bây giờ đang có 470\u00a0kg"), transaction():
        stock = queries.stock_of(world.carrots.id)
        # Another connection's commit, seen by the database and not yet by this session.
        quicker = update(Stock).where(Stock.id == stock.id).values(on_hand=Decimal(470))
        db.session.execute(quicker.execution_options(synchronize_session=False))
        services.correct(stock=stock, counted=Decimal(480), reason="count", by=world.director)
    assert queries.stock_of(world.carrots.id).on_hand == 500


def test_a_count_below_what_is_set_aside_says_how_much_that_is(world: World) -> None:
    order_for((world.carrots, 60), person_id=world.household.id)
    with pytest.raises(Refusal, match="Đã giữ 60\u00a0kg cho khách"), transaction():
        stock = queries.stock_of(world.carrots.id)
        services.correct(stock=stock, counted=Decimal(59), reason="count", by=world.director)
