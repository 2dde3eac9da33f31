"""A charge's life and the kinds of postings."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l

PREFIXES = {
    "order": "DH",
    "deposit": "DC",
    "settlement": "QT",
    "contract_deposit": "CH",
    "pool_share": "TV",
    "due": "HP",
}
OTHER_PREFIX = "HT"
"""How the reference of a transfer begins, by what is paid."""


class ChargeState(StrEnum):
    EXPECTED = "expected"
    REPORTED = "reported"
    SETTLED = "settled"
    CANCELLED = "cancelled"


C = ChargeState
charge_lifecycle = Lifecycle(
    "charge",
    move("report", C.EXPECTED, to=C.REPORTED),
    move("settle", C.EXPECTED, C.REPORTED, to=C.SETTLED),
    move("reopen", C.SETTLED, to=C.EXPECTED),
    move("cancel", C.EXPECTED, C.REPORTED, C.SETTLED, to=C.CANCELLED),
)

CHARGE_LABELS = {
    C.EXPECTED: _l("Not paid yet"),
    C.REPORTED: _l("Buyer says it is paid"),
    C.SETTLED: _l("Paid"),
    C.CANCELLED: _l("Nothing to pay"),
}


class Way(StrEnum):
    TRANSFER = "transfer"
    CASH = "cod"
    CARD = "card"


WAY_LABELS = {
    Way.TRANSFER: _l("Bank transfer by VietQR"),
    Way.CASH: _l("Cash on delivery"),
    Way.CARD: _l("Card"),
}


class Posting(StrEnum):
    """What a ledger row records: owed, owed more or less, money that came, money given back, a claim that fell away.

    Of cards besides: the fee, what a dispute took and gave back, what the alliance handed on and kept back. Of a
    deposit: counted for the sale, as money that came there; or kept, since the buyer backed out.
    """

    CHARGED = "charged"
    RAISED = "raised"
    REDUCED = "reduced"
    CONFIRMED = "confirmed"
    REFUNDED = "refunded"
    WAIVED = "waived"
    FEE = "fee"
    DISPUTED = "disputed"
    RETURNED = "returned"
    PAID_OUT = "paid_out"
    KEPT_BACK = "kept_back"
    COUNTED = "counted"
    KEPT = "kept"


POSTING_LABELS = {
    Posting.CHARGED: _l("Owed"),
    Posting.RAISED: _l("Owed more"),
    Posting.REDUCED: _l("Owed less"),
    Posting.CONFIRMED: _l("Received"),
    Posting.REFUNDED: _l("Paid back"),
    Posting.WAIVED: _l("No longer owed"),
    Posting.FEE: _l("Fee of the card company"),
    Posting.DISPUTED: _l("Taken back by a card dispute"),
    Posting.RETURNED: _l("Given back after a card dispute"),
    Posting.PAID_OUT: _l("Handed on by the alliance"),
    Posting.KEPT_BACK: _l("Kept back by the alliance"),
    Posting.COUNTED: _l("The deposit counts from now on"),
    Posting.KEPT: _l("Deposit kept"),
}
DEPOSIT_POSTING_LABELS = {
    **POSTING_LABELS,
    Posting.CHARGED: _l("Deposit asked, part of the sum"),
    Posting.RAISED: _l("More asked as a deposit"),
    Posting.REDUCED: _l("Less asked as a deposit"),
    Posting.CONFIRMED: _l("Deposit received"),
    Posting.REFUNDED: _l("Deposit paid back"),
    Posting.WAIVED: _l("Deposit no longer asked"),
}
"""The same rows where what is paid is a deposit."""


class RefundState(StrEnum):
    """A refund is due until its payee says that it was paid, or a payment service does; it is never deleted."""

    DUE = "due"
    SENT = "sent"
    PAID = "paid"
    FAILED = "failed"
    DROPPED = "dropped"


R = RefundState
refund_lifecycle = Lifecycle(
    "refund",
    move("send", R.DUE, R.FAILED, to=R.SENT),
    move("pay", R.DUE, R.SENT, R.FAILED, to=R.PAID),
    move("fail", R.SENT, to=R.FAILED),
    move("drop", R.DUE, R.FAILED, to=R.DROPPED),
)
REFUND_LIVE = (R.DUE, R.SENT, R.FAILED)

REFUND_LABELS = {
    R.DUE: _l("To be paid back"),
    R.SENT: _l("On its way back"),
    R.PAID: _l("Paid back"),
    R.FAILED: _l("The refund failed"),
    R.DROPPED: _l("No longer due"),
}


class RefundReason(StrEnum):
    OVERPAID = "overpaid"
    CANCELLED = "cancelled"
    REDUCED = "reduced"
    CLAIM = "claim"


REFUND_REASON_LABELS = {
    RefundReason.OVERPAID: _l("More came than was owed"),
    RefundReason.CANCELLED: _l("Nothing is owed any more"),
    RefundReason.REDUCED: _l("Less is owed than was paid"),
    RefundReason.CLAIM: _l("A claim was accepted"),
}
