"""Lives and words of money."""

from marketplace.payments.states.bank_line import (
    LINE_LABELS,
    REASON_LABELS,
    LineReason,
    LineState,
    line_lifecycle,
)
from marketplace.payments.states.charge import (
    CHARGE_LABELS,
    OTHER_PREFIX,
    POSTING_LABELS,
    PREFIXES,
    REFUND_LABELS,
    REFUND_LIVE,
    REFUND_REASON_LABELS,
    WAY_LABELS,
    ChargeState,
    Posting,
    RefundReason,
    RefundState,
    Way,
    charge_lifecycle,
    refund_lifecycle,
)
from marketplace.payments.states.credit import CREDIT_STEP_LABELS, CreditState, CreditStep, credit_lifecycle
from marketplace.payments.states.statement import (
    ROW_LABELS,
    RowResult,
    StatementState,
    statement_lifecycle,
)

__all__ = [
    "CHARGE_LABELS",
    "CREDIT_STEP_LABELS",
    "LINE_LABELS",
    "OTHER_PREFIX",
    "POSTING_LABELS",
    "PREFIXES",
    "REASON_LABELS",
    "REFUND_LABELS",
    "REFUND_LIVE",
    "REFUND_REASON_LABELS",
    "ROW_LABELS",
    "WAY_LABELS",
    "ChargeState",
    "CreditState",
    "CreditStep",
    "LineReason",
    "LineState",
    "Posting",
    "RefundReason",
    "RefundState",
    "RowResult",
    "StatementState",
    "Way",
    "charge_lifecycle",
    "credit_lifecycle",
    "line_lifecycle",
    "refund_lifecycle",
    "statement_lifecycle",
]
