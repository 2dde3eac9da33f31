"""What the clock and the queue do in value chains."""

from marketplace.linkage.tasks.call_off import (
    close_late_calls,
    plan_what_is_missing,
)
from marketplace.linkage.tasks.contract import close_contracts
from marketplace.linkage.tasks.need import (
    close_late_asks,
    close_requests,
    tell_of_new_requests,
)
from marketplace.linkage.tasks.need_match import (
    look_for_suppliers,
    tell_buyers_of_suppliers,
)
from marketplace.linkage.tasks.pool import (
    compute_shares,
    go_on_sharing,
)
from marketplace.linkage.tasks.quote import warn_of_quotes

__all__ = [
    "close_contracts",
    "close_late_asks",
    "close_late_calls",
    "close_requests",
    "compute_shares",
    "go_on_sharing",
    "look_for_suppliers",
    "plan_what_is_missing",
    "tell_buyers_of_suppliers",
    "tell_of_new_requests",
    "warn_of_quotes",
]
