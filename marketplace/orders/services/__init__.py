"""Verbs of buying."""

from marketplace.orders.services.answer import (
    accept,
    complete_if_done,
    confirm_counter,
    counter,
    lapse,
    refuse,
    withdraw,
)
from marketplace.orders.services.cart import adopt, change, empty_old_carts, put, remove, renew_holds
from marketplace.orders.services.checkout import Buyer, PricesChanged, place
from marketplace.orders.services.thread import ask_alliance, close_report, report, say

__all__ = [
    "Buyer",
    "PricesChanged",
    "accept",
    "adopt",
    "ask_alliance",
    "change",
    "close_report",
    "complete_if_done",
    "confirm_counter",
    "counter",
    "empty_old_carts",
    "lapse",
    "place",
    "put",
    "refuse",
    "remove",
    "renew_holds",
    "report",
    "say",
    "withdraw",
]
