"""The money of a contract on its page: what sheets settle, what came, what is open."""

from __future__ import annotations

from typing import Any

from marketplace.fulfilment import policies
from marketplace.fulfilment.queries import settlement as queries
from marketplace.linkage import beside
from marketplace.linkage.models import Contract


@beside.block
def money(contract: Contract, user: Any) -> beside.Block | None:
    if not policies.reads_settlements(user, contract):
        return None
    told = {"standing": queries.standing_of(contract.id)}
    return beside.Block("fulfilment/settlement/block.html", told, beside=True)
