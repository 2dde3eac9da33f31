"""Facts of money."""

from marketplace.payments.events.bank_line import (
    BankFeedRenewed,
    BankLineAssigned,
    BankLineCounted,
    BankLineDismissed,
    BankLineRecognised,
    BankLineReopened,
    BankLineWaits,
)
from marketplace.payments.events.charge import (
    ChargeAdjusted,
    ChargeCancelled,
    ChargeEvent,
    ChargeOpened,
    ChargeReopened,
    ChargeSettled,
    PaymentConfirmed,
    PaymentRefunded,
    PaymentReported,
    RefundFailed,
    RefundOwed,
)
from marketplace.payments.events.statement import StatementRead

__all__ = [
    "BankFeedRenewed",
    "BankLineAssigned",
    "BankLineCounted",
    "BankLineDismissed",
    "BankLineRecognised",
    "BankLineReopened",
    "BankLineWaits",
    "ChargeAdjusted",
    "ChargeCancelled",
    "ChargeEvent",
    "ChargeOpened",
    "ChargeReopened",
    "ChargeSettled",
    "PaymentConfirmed",
    "PaymentRefunded",
    "PaymentReported",
    "RefundFailed",
    "RefundOwed",
    "StatementRead",
]
