"""What of a contract has left, what was accepted and what is paid: the rungs of its ladder that are told here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from marketplace.fulfilment import queries
from marketplace.linkage import ladder


@ladder.rung("delivered")
def delivered(contract_ids: Collection[int]) -> Mapping[int, Decimal]:
    return queries.load.sent_by(contract_ids)


@ladder.rung("accepted")
def accepted(contract_ids: Collection[int]) -> Mapping[int, Decimal]:
    return queries.acceptance.accepted_by(contract_ids)


@ladder.rung("paid")
def paid(contract_ids: Collection[int]) -> Mapping[int, Decimal]:
    return queries.settlement.paid_by(contract_ids)
