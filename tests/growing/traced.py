"""A field, its diary, a tested lot that was sold, and its recall: what pages are read of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.deliveries import services as deliveries
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.growing import services
from marketplace.growing.services import Done
from marketplace.growing.states import DiaryKind
from marketplace.recalls import services as recalls
from tests.deliveries.conftest import agreed
from tests.growing.conftest import field, harvested, sown
from tests.world import World


def traced(world: World, **contact: Any) -> dict[str, Any]:
    """By the names that addresses give them."""
    plot = field(world, "Đồng Trên", household="Nguyễn Văn Bình")
    sowing = sown(world, plot)
    done = Done(kind=DiaryKind.SPRAYED, day=clock.today(), substance="Abamectin", dose="15 ml", worker="Tám")
    lot = harvested(world, plot, 90)
    with transaction():
        entry = services.write(plot=plot, done=done, by=world.director)
        rule = services.add_rule(
            interval_days=30, valid_from=clock.today(), source="Người mua", by=world.officer
        )
        test = services.add_test(
            lot=lot, number="KN-77", lab="Trung tâm", sampled_on=clock.today(), by=world.director
        )
    delivery = agreed(world, **contact)
    with transaction():
        drawn = ((lot, Decimal(40)),)
        facts = deliveries.LotFacts(harvested_on=clock.today(), drawn=drawn)
        deliveries.pack(delivery=delivery, lots={delivery.lines[0].id: facts}, by=world.director)
        deliveries.dispatch(delivery=delivery, by=world.director)
        recall = recalls.open_recall(lot=lot, reason="Dư lượng", advice="Để riêng", by=world.director)
    return {
        "plot": plot,
        "sowing": sowing,
        "entry": entry,
        "rule": rule,
        "test": test,
        "traced": lot,
        "untouched": harvested(world, field(world, "Đồng Dưới"), 60),
        "recall": recall,
        "holding": recall.holdings[0],
    }
