"""Đồng Lạc's carrots in weeks to come, for tests that need some."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.catalogue.models import Product
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import transaction
from marketplace.supply import services
from marketplace.supply.models import Claim, Forecast
from marketplace.supply.states import ClaimKind
from tests.world import World


def ahead(count: int) -> str:
    """The week so many weeks from this one, as the ledger writes it."""
    return str(week_of(clock.today()) + count)


def say(world: World, week: str, likely: int, product: Product | None = None, **more: Any) -> Forecast:
    """The director says what a week will bring."""
    more.setdefault("by", world.director)
    with transaction():
        return services.forecast(product=product or world.carrots, week=week, likely=Decimal(likely), **more)


def promised(world: World, week: str, quantity: int, holder: str, **more: Any) -> Claim:
    """So much of a week is somebody's."""
    more.setdefault("kind", ClaimKind(holder.partition(":")[0]))
    with transaction():
        return services.promise(
            product_id=world.carrots.id, week=week, quantity=Decimal(quantity), holder=holder, **more
        )
