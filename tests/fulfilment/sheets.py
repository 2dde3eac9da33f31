"""What the addresses of settlement sheets name, for the reading of every page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import update

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.fulfilment import services
from marketplace.fulfilment.queries import settlement as queries
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import Contract
from tests.buyers.company import Company
from tests.fulfilment.settled import confirmed, drawn, slip
from tests.fulfilment.world import fresh, good, kept
from tests.world import World


@dataclass(frozen=True)
class SheetPages:
    contract: str
    settlement: str

    def values(self, endpoint: str) -> dict[str, Any]:
        """Pages of sheets are of the contract that has some."""
        if not endpoint.startswith(("settlements.", "desk_settlements.", "buyer_settlements.")):
            return {}
        return {"contract": self.contract, "settlement": self.settlement, "part": self.settlement}


def sheets(world: World, company: Company) -> SheetPages:
    """A pool's sheet, confirmed; a newer slip that stands in none; inputs that wait for the seller's word."""
    contract = kept(world, company)
    slip(world, company, contract, good(1900), good(100, "2"))
    with transaction():
        db.session.execute(update(Contract).where(Contract.id == contract.id).values(origin="pool:9999"))
    first = drawn(contract, company.huy, deductions=[("Bốc xếp", Money(200_000))])
    with transaction():
        second = services.settlement.disagree(
            settlement=queries.settlement_by_id(first.id), words="Tiền bốc xếp chưa đúng", by=world.director
        )
    sheet = confirmed(second, world, company)
    fresh()
    with transaction():
        db.session.execute(update(Contract).where(Contract.id == contract.id).values(origin=""))
    slip(world, company, contract, good(700), slot=1)
    fresh()
    with transaction():
        services.ahead.give_inputs(
            contract=linkage.contract_by_id(contract.id),
            item="Hạt giống cà rốt Ti-103",
            quantity=Decimal(20),
            unit="kg",
            value=Money(5_000_000),
            given_on=clock.today(),
            once="1",
            by=company.huy,
        )
    return SheetPages(contract.ref, sheet.ref)
