"""The life of a change that one side proposes after both agreed."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class ChangeState(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


C = ChangeState
change_lifecycle = Lifecycle(
    "order_change",
    move("accept", C.PROPOSED, to=C.ACCEPTED),
    move("decline", C.PROPOSED, to=C.DECLINED),
    move("withdraw", C.PROPOSED, to=C.WITHDRAWN),
    move("lapse", C.PROPOSED, to=C.LAPSED),
)

CHANGE_LABELS = {
    C.PROPOSED: _l("Waiting for an answer"),
    C.ACCEPTED: _l("Accepted"),
    C.DECLINED: _l("Declined"),
    C.WITHDRAWN: _l("Taken back"),
    C.LAPSED: _l("No longer counts"),
}

CHANGE_TONES = {
    C.PROPOSED: "wait",
    C.ACCEPTED: "ok",
    C.DECLINED: "bad",
    C.WITHDRAWN: "",
    C.LAPSED: "",
}
