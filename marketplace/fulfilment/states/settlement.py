"""The life of a settlement sheet, and of what a buyer gave ahead."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l

SETTLEMENT = "settlement"
CONTRACT_DEPOSIT = "contract_deposit"
POOL_SHARE = "pool_share"
SETTLEMENT_BACK = "settlement_back"
"""What a charge is for: a sheet, the deposit of a contract, the part of a member of a pool, what the seller owes the
buyer by a closing sheet."""


class SettlementState(StrEnum):
    """draft: nobody has confirmed it; confirmed by one side, by both, paid; void: another sheet stands for it."""

    DRAFT = "draft"
    CONFIRMED_BY_SELLER = "confirmed_by_seller"
    CONFIRMED_BY_BUYER = "confirmed_by_buyer"
    CONFIRMED = "confirmed"
    PAID = "paid"
    VOID = "void"


S = SettlementState
settlement_lifecycle = Lifecycle(
    "settlement",
    move("confirm_as_seller", S.DRAFT, to=S.CONFIRMED_BY_SELLER),
    move("confirm_as_buyer", S.DRAFT, to=S.CONFIRMED_BY_BUYER),
    move("complete", S.CONFIRMED_BY_SELLER, S.CONFIRMED_BY_BUYER, to=S.CONFIRMED),
    move("pay", S.CONFIRMED, to=S.PAID),
    move("reopen", S.PAID, to=S.CONFIRMED),
    move("replace", S.DRAFT, S.CONFIRMED_BY_SELLER, S.CONFIRMED_BY_BUYER, to=S.VOID),
)
"""reopen: money that had come was paid back."""
TO_CONFIRM = (S.DRAFT, S.CONFIRMED_BY_SELLER, S.CONFIRMED_BY_BUYER)
AGREED = (S.CONFIRMED, S.PAID)
LIVING = (*TO_CONFIRM, *AGREED)

SETTLEMENT_LABELS = {
    S.DRAFT: _l("To be confirmed by both"),
    S.CONFIRMED_BY_SELLER: _l("Confirmed by the seller"),
    S.CONFIRMED_BY_BUYER: _l("Confirmed by the buyer"),
    S.CONFIRMED: _l("Confirmed by both, to be paid"),
    S.PAID: _l("Paid"),
    S.VOID: _l("Replaced by another sheet"),
}
SETTLEMENT_TONES = {
    S.DRAFT: "wait",
    S.CONFIRMED_BY_SELLER: "wait",
    S.CONFIRMED_BY_BUYER: "wait",
    S.CONFIRMED: "wait",
    S.PAID: "ok",
    S.VOID: "off",
}


class DueFrom(StrEnum):
    """From where the days of payment are counted."""

    ACCEPTANCE = "acceptance"
    CONFIRMATION = "confirmation"


DUE_LABELS = {
    DueFrom.ACCEPTANCE: _l("Counted from the last acceptance, as the contract says"),
    DueFrom.CONFIRMATION: _l("The day on which both had confirmed"),
}


class AdvanceState(StrEnum):
    """Written down by the buyer; it counts once the seller says that it came."""

    WRITTEN = "written"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


V = AdvanceState
advance_lifecycle = Lifecycle(
    "advance",
    move("confirm", V.WRITTEN, to=V.CONFIRMED),
    move("decline", V.WRITTEN, to=V.DECLINED),
)
ADVANCE_LABELS = {
    V.WRITTEN: _l("Waits for the seller"),
    V.CONFIRMED: _l("Received"),
    V.DECLINED: _l("Did not come"),
}
ADVANCE_TONES = {V.WRITTEN: "wait", V.CONFIRMED: "ok", V.DECLINED: "bad"}
