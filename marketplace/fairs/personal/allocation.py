"""Who computed and chose; what is said there is about cooperatives."""

from __future__ import annotations

from marketplace.accounts.holdings import did, keeps
from marketplace.fairs.models import AllocationRules, AllocationRun, AllocationSeat

did(AllocationRules, "by_id")
did(AllocationRun, "by_id")
keeps(AllocationSeat, "where a cooperative is to stand at a fair, and an officer's reason for another place")
