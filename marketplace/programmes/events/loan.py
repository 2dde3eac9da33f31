"""Facts about loans; they stand in the history of the loan and of its cooperative."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l


class LoanEvent(Event):
    """`amount` is the sum it is about."""

    loan_id: int
    cooperative_id: int
    amount: int
    sentence = _l("Loan of %(sum)s")
    about = {"loan": "loan_id", "cooperative": "cooperative_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "sum": formats.vnd(data["amount"], locale())}


class LoanAsked(LoanEvent):
    on_behalf: bool
    words: str
    sentence = _l("A loan of %(sum)s was asked for. %(words)s")


class LoanAssessed(LoanEvent):
    fund: str
    sentence = _l("Loan of %(sum)s: looked at for %(fund)s")


class LoanRecommended(LoanEvent):
    fund: str
    words: str
    sentence = _l("Loan of %(sum)s: recommended to %(fund)s. %(words)s")


class LoanTurnedDown(LoanEvent):
    words: str
    sentence = _l("Loan of %(sum)s: not recommended. Reason: %(words)s")


class LoanRefused(LoanEvent):
    fund: str
    words: str
    sentence = _l("Loan of %(sum)s: refused by %(fund)s. Reason: %(words)s")


class LoanWithdrawn(LoanEvent):
    words: str
    sentence = _l("Loan of %(sum)s: withdrawn. Reason: %(words)s")


class LoanGranted(LoanEvent):
    fund: str
    decision: str
    sentence = _l("%(fund)s granted a loan of %(sum)s, decision %(decision)s")


class LoanDisbursed(LoanEvent):
    movement_id: int
    reference: str
    sentence = _l("The fund paid out %(sum)s, voucher %(reference)s")


class LoanRepaid(LoanEvent):
    reference: str
    sentence = _l("%(sum)s of the loan were repaid, voucher %(reference)s")


class LoanMovementVoided(LoanEvent):
    reference: str
    words: str
    sentence = _l("Voucher %(reference)s of %(sum)s was noted by mistake. Reason: %(words)s")


class LoanScheduled(LoanEvent):
    parts: int
    sentence = _l("The fund wants %(sum)s back in %(parts)s parts")


class LoanClosed(LoanEvent):
    sentence = _l("Loan of %(sum)s: repaid in full")
