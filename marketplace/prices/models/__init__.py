"""Tables of prices."""

from marketplace.prices.models.alert import PriceAlert
from marketplace.prices.models.deal import DealUse, SettledDeal
from marketplace.prices.models.doubt import PriceDoubt
from marketplace.prices.models.observation import Observation
from marketplace.prices.models.place import PricePlace

__all__ = ["DealUse", "Observation", "PriceAlert", "PriceDoubt", "PricePlace", "SettledDeal"]
