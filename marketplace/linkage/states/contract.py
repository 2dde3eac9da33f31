"""The life of a contract, of each of its versions, and who signs."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class ContractState(StrEnum):
    """agreeing: nothing is in force yet; how far it is, its first version says."""

    AGREEING = "agreeing"
    ACTIVE = "active"
    ON_HOLD = "on_hold"
    FULFILLED = "fulfilled"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    DROPPED = "dropped"


C = ContractState
contract_lifecycle = Lifecycle(
    "contract",
    move("activate", C.AGREEING, to=C.ACTIVE),
    move("drop", C.AGREEING, to=C.DROPPED),
    move("hold", C.ACTIVE, to=C.ON_HOLD),
    move("resume", C.ON_HOLD, to=C.ACTIVE),
    move("fulfil", C.ACTIVE, C.ON_HOLD, to=C.FULFILLED),
    move("expire", C.ACTIVE, C.ON_HOLD, to=C.EXPIRED),
    move("terminate", C.ACTIVE, C.ON_HOLD, to=C.TERMINATED),
)
LIVE = (C.ACTIVE, C.ON_HOLD)
UNSIGNED = (C.AGREEING, C.DROPPED)
"""No contract: still being agreed, or never concluded."""
CONTRACT_LABELS = {
    C.AGREEING: _l("Being agreed"),
    C.ACTIVE: _l("In force"),
    C.ON_HOLD: _l("On hold"),
    C.FULFILLED: _l("Fulfilled"),
    C.EXPIRED: _l("Ended by its date"),
    C.TERMINATED: _l("Terminated"),
    C.DROPPED: _l("Not concluded"),
}
CONTRACT_TONES = {
    C.AGREEING: "wait",
    C.ACTIVE: "ok",
    C.ON_HOLD: "wait",
    C.FULFILLED: "ok",
    C.EXPIRED: "",
    C.TERMINATED: "bad",
    C.DROPPED: "",
}


class VersionState(StrEnum):
    DRAFTED = "drafted"
    OFFERED = "offered"
    SIGNED_BY_SELLER = "signed_by_seller"
    SIGNED_BY_BUYER = "signed_by_buyer"
    IN_FORCE = "in_force"
    DROPPED = "dropped"


V = VersionState
version_lifecycle = Lifecycle(
    "contract_version",
    move("offer", V.DRAFTED, to=V.OFFERED),
    move("reopen", V.OFFERED, to=V.DRAFTED),
    move("seller_signs", V.OFFERED, to=V.SIGNED_BY_SELLER),
    move("buyer_signs", V.OFFERED, to=V.SIGNED_BY_BUYER),
    move("both_signed", V.SIGNED_BY_SELLER, V.SIGNED_BY_BUYER, to=V.IN_FORCE),
    move("drop", V.DRAFTED, V.OFFERED, V.SIGNED_BY_SELLER, V.SIGNED_BY_BUYER, to=V.DROPPED),
)
"""From the first signature on a version is frozen: it is signed by the other side too, or dropped."""

OPEN = (V.DRAFTED, V.OFFERED, V.SIGNED_BY_SELLER, V.SIGNED_BY_BUYER)
TO_SIGN = (V.OFFERED, V.SIGNED_BY_SELLER, V.SIGNED_BY_BUYER)
VERSION_LABELS = {
    V.DRAFTED: _l("Still being written"),
    V.OFFERED: _l("Offered: nobody has signed yet"),
    V.SIGNED_BY_SELLER: _l("Signed by the seller"),
    V.SIGNED_BY_BUYER: _l("Signed by the buyer"),
    V.IN_FORCE: _l("Signed by both"),
    V.DROPPED: _l("Not concluded"),
}
VERSION_TONES = {
    V.DRAFTED: "",
    V.OFFERED: "wait",
    V.SIGNED_BY_SELLER: "wait",
    V.SIGNED_BY_BUYER: "wait",
    V.IN_FORCE: "ok",
    V.DROPPED: "bad",
}


class ContractSide(StrEnum):
    """On which side somebody stands. The office writes and witnesses; it never signs for a party."""

    SELLER = "seller"
    BUYER = "buyer"
    OFFICE = "office"


SIDE_LABELS = {
    ContractSide.SELLER: _l("Selling party"),
    ContractSide.BUYER: _l("Buying party"),
    ContractSide.OFFICE: _l("The alliance, as witness"),
}
PARTIES = (ContractSide.SELLER, ContractSide.BUYER)


class SigningWay(StrEnum):
    CODE = "code"
    PAPER = "paper"
    STAMP = "stamp"


WAY_LABELS = {
    SigningWay.CODE: _l("with a one-time code"),
    SigningWay.PAPER: _l("on paper; the scan was confirmed by the other side"),
    SigningWay.STAMP: _l("as witness"),
}


class ScanState(StrEnum):
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


scan_lifecycle = Lifecycle(
    "contract_scan",
    move("confirm", ScanState.WAITING, to=ScanState.CONFIRMED),
    move("refuse", ScanState.WAITING, to=ScanState.REFUSED),
)


class LegalKey(StrEnum):
    """Figures of law that contracts are judged by: dated data, kept by officers."""

    PENALTY_CAP = "penalty_cap"
    YEARS_SHORT_CYCLE = "years_short_cycle"
    YEARS_LONG_CYCLE = "years_long_cycle"


LEGAL_LABELS = {
    LegalKey.PENALTY_CAP: _l("Highest penalty, in per cent of the part that was breached"),
    LegalKey.YEARS_SHORT_CYCLE: _l("Fewest years of a linkage whose production cycle is shorter than a year"),
    LegalKey.YEARS_LONG_CYCLE: _l("Fewest years of a linkage whose production cycle is a year or longer"),
}
