"""Charges and their ledger; bank statements and the lines in them."""

from marketplace.payments.models.bank_feed import BankFeed
from marketplace.payments.models.bank_line import BankBook, BankLine, BankPart
from marketplace.payments.models.charge import Charge, PaymentEntry, PaymentReport, Refund
from marketplace.payments.models.statement import Statement, StatementRow

__all__ = [
    "BankBook",
    "BankFeed",
    "BankLine",
    "BankPart",
    "Charge",
    "PaymentEntry",
    "PaymentReport",
    "Refund",
    "Statement",
    "StatementRow",
]
