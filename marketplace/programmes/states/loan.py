"""The life of a loan: from the need of a cooperative to the last repayment. Overdue is a matter of the clock."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.lifecycle import Lifecycle, move
from marketplace.foundation.words import _l


class LoanState(StrEnum):
    ASKED = "asked"
    ASSESSED = "assessed"
    RECOMMENDED = "recommended"
    GRANTED = "granted"
    DISBURSED = "disbursed"
    REPAYING = "repaying"
    CLOSED = "closed"
    TURNED_DOWN = "turned_down"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


L = LoanState
loan_lifecycle = Lifecycle(
    "loan",
    move("assess", L.ASKED, L.ASSESSED, to=L.ASSESSED),
    move("recommend", L.ASSESSED, to=L.RECOMMENDED),
    move("turn_down", L.ASKED, L.ASSESSED, to=L.TURNED_DOWN),
    move("refuse", L.RECOMMENDED, to=L.REFUSED),
    move("withdraw", L.ASKED, L.ASSESSED, L.RECOMMENDED, L.GRANTED, to=L.WITHDRAWN),
    move("grant", L.RECOMMENDED, to=L.GRANTED),
    move("disburse", L.GRANTED, L.DISBURSED, to=L.DISBURSED),
    move("disburse_more", L.REPAYING, to=L.REPAYING),
    move("repay", L.DISBURSED, L.REPAYING, to=L.REPAYING),
    move("undo_repaying", L.REPAYING, to=L.DISBURSED),
    move("undo_disbursing", L.DISBURSED, to=L.GRANTED),
    move("close", L.DISBURSED, L.REPAYING, to=L.CLOSED),
)
LENT = (L.DISBURSED, L.REPAYING)
"""Money is out, and not all of it is back."""
SCHEDULED = (L.GRANTED, *LENT)
"""The fund says when it wants the principal back."""
ENDS = ("turn_down", "refuse", "withdraw")
"""Steps after which nothing more is lent."""
HELD = (L.GRANTED, *LENT, L.CLOSED)
"""A fund decided to lend."""
LOAN_LABELS = {
    L.ASKED: _l("Loan asked for"),
    L.ASSESSED: _l("Assessed"),
    L.RECOMMENDED: _l("Recommended to the fund"),
    L.GRANTED: _l("Granted by the fund"),
    L.DISBURSED: _l("Paid out"),
    L.REPAYING: _l("Being repaid"),
    L.CLOSED: _l("Repaid in full"),
    L.TURNED_DOWN: _l("Not recommended"),
    L.REFUSED: _l("Refused by the fund"),
    L.WITHDRAWN: _l("Withdrawn"),
}
LOAN_TONES = {
    L.ASKED: "wait",
    L.ASSESSED: "wait",
    L.RECOMMENDED: "wait",
    L.GRANTED: "ok",
    L.DISBURSED: "ok",
    L.REPAYING: "ok",
    L.CLOSED: "ok",
    L.TURNED_DOWN: "bad",
    L.REFUSED: "bad",
    L.WITHDRAWN: "",
}


def paying_step(state: LoanState) -> str:
    """The step by which a fund pays out: the first of it, or more while the cooperative repays already."""
    return "disburse_more" if state is L.REPAYING else "disburse"


class MovementKind(StrEnum):
    DISBURSED = "disbursed"
    REPAID = "repaid"


MOVEMENT_LABELS = {MovementKind.DISBURSED: _l("Paid out"), MovementKind.REPAID: _l("Repaid")}
