"""Verbs of money. Nobody but the payee, a statement or a payment service confirms."""

from marketplace.payments.services.bank_lines import assign, book_of, count, dismiss, recognise, reopen
from marketplace.payments.services.charges import adjust, cancel, open_charge, report_paid
from marketplace.payments.services.money import confirm, fail_refund, pay_back, pay_refund, send_refund

__all__ = [
    "adjust",
    "assign",
    "book_of",
    "cancel",
    "confirm",
    "count",
    "dismiss",
    "fail_refund",
    "open_charge",
    "pay_back",
    "pay_refund",
    "recognise",
    "reopen",
    "report_paid",
    "send_refund",
]
