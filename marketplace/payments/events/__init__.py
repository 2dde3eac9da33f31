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
    ChargeDue,
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
from marketplace.payments.events.credit import CreditChanged, CreditEnded, CreditEvent, CreditGranted
from marketplace.payments.events.deposit import (
    DepositCounted,
    DepositKept,
    DepositTermsEnded,
    DepositTermsSet,
)
from marketplace.payments.events.statement import StatementRead
from marketplace.payments.events.way import ChargeWayChanged

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
    "ChargeDue",
    "ChargeEvent",
    "ChargeOpened",
    "ChargeReopened",
    "ChargeSettled",
    "ChargeWayChanged",
    "CreditChanged",
    "CreditEnded",
    "CreditEvent",
    "CreditGranted",
    "DepositCounted",
    "DepositKept",
    "DepositTermsEnded",
    "DepositTermsSet",
    "PaymentConfirmed",
    "PaymentRefunded",
    "PaymentReported",
    "RefundFailed",
    "RefundOwed",
    "StatementRead",
]
