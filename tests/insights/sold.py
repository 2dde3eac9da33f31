"""A completed order, a slip that counts and a stand's sheet: what was traded, by every way."""

from __future__ import annotations

from marketplace.foundation.db import db
from marketplace.fulfilment.models import Acceptance
from marketplace.insights.tasks import count_trade
from marketplace.orders.models import Order
from tests.buyers.company import Company
from tests.fairs.showing import Showing, showing, sold
from tests.fulfilment.settled import slip
from tests.fulfilment.world import good, kept
from tests.orders.agreed import received
from tests.world import World


def bought(world: World) -> Order:
    """50 kg of carrots at 12.000 ₫, received and paid."""
    return received(world)


def delivered(world: World, company: Company) -> Acceptance:
    """1.900 kg of grade 1 and 100 kg of grade 2 under a contract."""
    return slip(world, company, kept(world, company), good(1900), good(100, "2"))


def stood(world: World) -> Showing:
    """200 kg of carrots for 200.000 ₫ of the 500.000 ₫ that a stand took today."""
    at = showing(world)
    sold(world, at.carrots, 500_000, kg=200)
    return at


def counted() -> int:
    """The worker's turn."""
    db.session.rollback()
    days: int = count_trade()
    db.session.rollback()
    db.session.expire_all()
    return days
