"""Charges and the ledger; credit terms and what was bought on them."""

from marketplace.payments.models.charge import Charge, PaymentEntry, PaymentReport, Refund
from marketplace.payments.models.credit import CreditDecision, CreditTerms, CreditUse

__all__ = [
    "Charge",
    "CreditDecision",
    "CreditTerms",
    "CreditUse",
    "PaymentEntry",
    "PaymentReport",
    "Refund",
]
