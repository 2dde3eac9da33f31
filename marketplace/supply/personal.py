"""What the ledger of goods holds about people: who moved them, who said what a week will bring, and why."""

from __future__ import annotations

from marketplace.accounts.holdings import by, did, holds, keeps
from marketplace.supply.models import Claim, ClaimTaking, Forecast, Shortfall, StockMove

did(StockMove, "actor_id")
keeps(Claim, "a right to goods: `holder` names a cart or an order by its number, never a person")
holds(Forecast, by(Forecast.by_id), words=("note", "told_by"), mention=True)
did(Forecast, "by_id")
holds(ClaimTaking, by(ClaimTaking.by_id), words=("reason",), mention=True)
did(ClaimTaking, "by_id")
keeps(Shortfall, "what a week lacks, and why; nothing about anybody")
