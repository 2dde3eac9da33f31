"""The life of a purchase above somebody's limit: nothing is sent before it is approved."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class PurchaseState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


P = PurchaseState
purchase_lifecycle = Lifecycle(
    "purchase_request",
    move("approve", P.ASKED, to=P.APPROVED),
    move("decline", P.ASKED, to=P.DECLINED),
    move("withdraw", P.ASKED, to=P.WITHDRAWN),
    move("lapse", P.ASKED, to=P.LAPSED),
)

PURCHASE_LABELS = {
    P.ASKED: _l("Waits for approval"),
    P.APPROVED: _l("Approved and sent"),
    P.DECLINED: _l("Not approved"),
    P.WITHDRAWN: _l("Taken back"),
    P.LAPSED: _l("Nobody answered in time"),
}

PURCHASE_TONES = {
    P.ASKED: "wait",
    P.APPROVED: "ok",
    P.DECLINED: "bad",
    P.WITHDRAWN: "",
    P.LAPSED: "bad",
}
