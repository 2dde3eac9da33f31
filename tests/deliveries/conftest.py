"""An agreed sale of Đồng Lạc's carrots, waiting to be handed over."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from marketplace.deliveries import services
from marketplace.deliveries.models import Delivery
from marketplace.foundation.db import transaction
from marketplace.foundation.money import Money
from marketplace.payments import services as payments
from marketplace.supply import services as supply
from tests.world import World

sales = count(1)


def agreed(
    world: World,
    *,
    asked: int = 50,
    accepted: int = 40,
    method: str = "",
    window: dict[str, str] | None = None,
    **contact: Any,
) -> Delivery:
    """A delivery of carrots, its goods set aside, and what is owed for it when a method is given."""
    sale = next(sales)
    with transaction():
        claim = supply.hold(
            product_id=world.carrots.id, quantity=Decimal(accepted), holder=f"fair:{sale}", by=None
        )
        if method:
            payments.open_charge(
                purpose="fair",
                subject_id=sale,
                amount=Money(540_000),
                payee_organisation_id=world.dong_lac.organisation_id,
                method=method,
                payer_name="Nguyễn Thị Lan",
            )
        goods = services.Goods(
            product_id=world.carrots.id,
            claim_id=claim.id,
            name_vi="Cà rốt Đồng Lạc",
            name_en="Đồng Lạc carrots",
            grade="Loại 1",
            grade_en="Grade 1",
            packing="Thùng 10 kg",
            unit="kg",
            kg_per_unit=Decimal(1),
            asked=Decimal(asked),
            accepted=Decimal(accepted),
        )
        return services.plan(
            source_kind="fair",
            source_id=sale,
            cooperative_id=world.dong_lac.id,
            option={"mode": "own", "label": "Xe của hợp tác xã", "lead_days": 1, "window": window},
            fee=Money(60_000),
            contact=services.Contact(name="Nguyễn Thị Lan", phone="+84912000009", **contact),
            address=world.dong_lac.address,
            lines=[goods],
            by=world.director,
        )


@pytest.fixture
def delivery(world: World) -> Delivery:
    return agreed(world)
