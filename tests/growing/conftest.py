"""Đồng Lạc's field, sown with carrots."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.growing import services
from marketplace.growing.models import Lot, Plot, Sowing
from marketplace.growing.services import PlotFacts, SowingFacts
from tests.world import World


def field(world: World, name: str = "Đồng Mạc Động", **more: Any) -> Plot:
    unit = world.dong_lac.address.unit_as_written_id if world.dong_lac.address else None
    assert unit is not None
    facts: dict[str, Any] = {
        "name": name,
        "unit_id": unit,
        "area": Decimal(12),
        "household_group": "Tổ 3",
        **more,
    }
    with transaction():
        return services.add_plot(
            cooperative=world.dong_lac,
            facts=PlotFacts(**facts),
            by=world.director,
        )


def sown(world: World, plot: Plot, kg: int = 24_000, first: int = 60, last: int = 80) -> Sowing:
    """Sown a month ago, expected from `first` days from now to `last`."""
    today = clock.today()
    facts = SowingFacts(
        product=world.carrots,
        sown_on=today - dt.timedelta(days=30),
        first_on=today + dt.timedelta(days=first),
        last_on=today + dt.timedelta(days=last),
        kg=Decimal(kg),
    )
    with transaction():
        return services.sow(plot=plot, facts=facts, by=world.director)


def harvested(world: World, plot: Plot, kg: int = 100, days_ago: int = 0, **more: Any) -> Lot:
    with transaction():
        return services.harvest(
            product=world.carrots,
            plots=[plot],
            harvested_on=clock.today() - dt.timedelta(days=days_ago),
            kg=Decimal(kg),
            by=world.director,
            **more,
        )


@pytest.fixture
def plot(world: World) -> Plot:
    return field(world)
