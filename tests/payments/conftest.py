"""One sum that a buyer owes Đồng Lạc."""

from __future__ import annotations

import pytest

from marketplace.foundation.db import transaction
from marketplace.foundation.money import Money
from marketplace.payments import services
from marketplace.payments.models import Charge
from tests.world import World


def owed(world: World, *, method: str = "transfer", subject_id: int = 1, amount: int = 900_000) -> Charge:
    with transaction():
        return services.open_charge(
            purpose="booth",
            subject_id=subject_id,
            amount=Money(amount),
            payee_organisation_id=world.dong_lac.organisation_id,
            method=method,
            payer_name="Nguyễn Thị Lan",
            title="DL-2026-000001",
        )


@pytest.fixture
def charge(world: World) -> Charge:
    return owed(world)
