"""Verbs of money. Nobody but the payee, a statement or a payment service confirms."""

from marketplace.payments.services.charges import adjust, cancel, open_charge, report_paid
from marketplace.payments.services.clearing import hand_on, keep_fee, move_disputed
from marketplace.payments.services.money import (
    confirm,
    fail_refund,
    pay_back,
    pay_refund,
    redraw_refunds,
    send_refund,
)

__all__ = [
    "adjust",
    "cancel",
    "confirm",
    "fail_refund",
    "hand_on",
    "keep_fee",
    "move_disputed",
    "open_charge",
    "pay_back",
    "pay_refund",
    "redraw_refunds",
    "report_paid",
    "send_refund",
]
