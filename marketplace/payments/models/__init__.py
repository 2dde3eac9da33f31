"""Charges and the ledger; credit terms and what was bought on them; bank statements and the lines in them."""

from marketplace.payments.models.bank_feed import BankFeed
from marketplace.payments.models.bank_line import BankBook, BankLine, BankPart
from marketplace.payments.models.bank_statement import Statement, StatementRow
from marketplace.payments.models.charge import Charge, PaymentEntry, PaymentReport, Refund
from marketplace.payments.models.credit import CreditDecision, CreditTerms, CreditUse
from marketplace.payments.models.deposit import DepositTerms

__all__ = [
    "BankBook",
    "BankFeed",
    "BankLine",
    "BankPart",
    "Charge",
    "CreditDecision",
    "CreditTerms",
    "CreditUse",
    "DepositTerms",
    "PaymentEntry",
    "PaymentReport",
    "Refund",
    "Statement",
    "StatementRow",
]
