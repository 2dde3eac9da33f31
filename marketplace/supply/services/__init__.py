"""Verbs of the ledger. Volume is taken by one conditional statement, never by reading and then writing.

`quantity` is always in the product's sale unit. Whoever takes several products takes them in the order of
their ids, as late in the transaction as possible.
"""

from marketplace.supply.services.claim import (
    change_hold,
    convert,
    hand_over,
    hold,
    lessen,
    promise,
    release,
    renew,
    split,
)
from marketplace.supply.services.forecast import Expected, forecast, forecast_weeks, shelve
from marketplace.supply.services.ledger import NotEnough, NotFree
from marketplace.supply.services.override import override, reassign
from marketplace.supply.services.revision import MOVES, revise
from marketplace.supply.services.shortfall import ask_pool, close, close_past, shift, tell_buyers
from marketplace.supply.services.stock import add_harvest, correct, open_stock, set_aside, take_back

__all__ = [
    "MOVES",
    "Expected",
    "NotEnough",
    "NotFree",
    "add_harvest",
    "ask_pool",
    "change_hold",
    "close",
    "close_past",
    "convert",
    "correct",
    "forecast",
    "forecast_weeks",
    "hand_over",
    "hold",
    "lessen",
    "open_stock",
    "override",
    "promise",
    "reassign",
    "release",
    "renew",
    "revise",
    "set_aside",
    "shelve",
    "shift",
    "split",
    "take_back",
    "tell_buyers",
]
