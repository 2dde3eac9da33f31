"""What the ledger of goods holds about people: who moved them."""

from __future__ import annotations

from marketplace.accounts.holdings import did, keeps
from marketplace.supply.models import Claim, StockMove

did(StockMove, "actor_id")
keeps(Claim, "a right to goods: `holder` names a cart or an order by its number, never a person")
