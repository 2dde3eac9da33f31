"""How a deposit stands. It has no life of its own: its charge has, and the ledger says what became of the money."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l

DEPOSIT = "deposit"
SALE = "order"
"""Purposes of the two charges: a deposit is asked ahead of the sale with the same subject."""


class DepositState(StrEnum):
    ASKED = "asked"
    REPORTED = "reported"
    LYING = "lying"
    COUNTED = "counted"
    KEPT = "kept"
    RETURNED = "returned"
    WAIVED = "waived"


D = DepositState
DEPOSIT_LABELS = {
    D.ASKED: _l("Not paid yet"),
    D.REPORTED: _l("Buyer says it is paid"),
    D.LYING: _l("It has come"),
    D.COUNTED: _l("Counted for the order"),
    D.KEPT: _l("Kept by the cooperative"),
    D.RETURNED: _l("Given back"),
    D.WAIVED: _l("No longer asked"),
}
DEPOSIT_TONES = {D.ASKED: "wait", D.REPORTED: "wait", D.LYING: "ok", D.COUNTED: "ok", D.KEPT: "bad"}
