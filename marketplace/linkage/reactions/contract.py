"""What value chains do when lower areas speak."""

from __future__ import annotations

from marketplace.foundation.events import react
from marketplace.linkage import promising, queries
from marketplace.supply.events import WeekExpected


@react(WeekExpected)
def promise_what_contracts_wait_for(event: WeekExpected) -> None:
    """A week has a forecast: contracts that were signed before it take what they agreed, the oldest first."""
    for contract in queries.live_contracts_of_product(event.product_id):
        promising.promise_week(contract, event.product_id, event.week)
