"""Tables of the ledger of goods."""

from marketplace.supply.models.claim import Claim, ClaimTaking
from marketplace.supply.models.forecast import Forecast
from marketplace.supply.models.shortfall import Shortfall
from marketplace.supply.models.stock import Stock, StockMove

__all__ = ["Claim", "ClaimTaking", "Forecast", "Shortfall", "Stock", "StockMove"]
