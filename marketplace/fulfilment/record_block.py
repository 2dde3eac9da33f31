"""The way from a contract to its record."""

from __future__ import annotations

from typing import Any

from marketplace.fulfilment import policies
from marketplace.fulfilment.queries import shortfall as queries
from marketplace.linkage import beside
from marketplace.linkage.models import Contract


@beside.block
def record(contract: Contract, user: Any) -> beside.Block | None:
    if not policies.reads_record(user, contract):
        return None
    told = {"sums": queries.sums_of(contract.id), "wholes": queries.shortfalls_of(contract.id)}
    return beside.Block("fulfilment/record/block.html", told)
