"""What is said about stands."""

from __future__ import annotations

from marketplace.accounts.holdings import by, did, holds, keeps
from marketplace.fairs.models import AllocationRun, StandMove, StandSwap

holds(StandMove, by(StandMove.by_id), words=("reason",))
did(AllocationRun, "by_id")
keeps(StandSwap, "what one exhibitor wrote to another about exchanging booths, for their organisations")
