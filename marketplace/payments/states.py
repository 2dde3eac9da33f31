"""A charge's life and the kinds of postings."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


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
    move("cancel", C.EXPECTED, C.REPORTED, to=C.CANCELLED),
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


WAY_LABELS = {Way.TRANSFER: _l("Bank transfer by VietQR"), Way.CASH: _l("Cash on delivery")}


class Posting(StrEnum):
    """What a ledger row records: owed, money that came, money given back, a claim that fell away."""

    CHARGED = "charged"
    CONFIRMED = "confirmed"
    REFUNDED = "refunded"
    WAIVED = "waived"


POSTING_LABELS = {
    Posting.CHARGED: _l("Owed"),
    Posting.CONFIRMED: _l("Received"),
    Posting.REFUNDED: _l("Paid back"),
    Posting.WAIVED: _l("No longer owed"),
}
