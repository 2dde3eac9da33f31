"""Lives and lists of programmes, one noun per file."""

from marketplace.programmes.states.fund import CHECK_LABELS, FUND_LABELS, VERDICT_LABELS, VERDICT_TONES
from marketplace.programmes.states.loan import LOAN_LABELS, LOAN_TONES, MOVEMENT_LABELS

__all__ = [
    "CHECK_LABELS",
    "FUND_LABELS",
    "LOAN_LABELS",
    "LOAN_TONES",
    "MOVEMENT_LABELS",
    "VERDICT_LABELS",
    "VERDICT_TONES",
]
