"""Facts of money."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.events import Event
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.payments.states import DEPOSIT


class ChargeEvent(Event):
    """About one charge; `order_id` is its subject when the purpose is an order, or the deposit of one."""

    charge_id: int
    purpose: str
    subject_id: int
    amount: int
    order_id: int | None = None
    sentence = _l("%(sum)s")
    about = {"charge": "charge_id", "order": "order_id"}

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        told = formats.vnd(data["amount"], locale())
        if data["purpose"] == DEPOSIT:
            told = _("%(sum)s (deposit)", sum=told)
        return {**data, "sum": told}


class ChargeOpened(ChargeEvent):
    sentence = _l("%(sum)s to pay")


class PaymentReported(ChargeEvent):
    sentence = _l("The buyer says that %(sum)s was sent")


class PaymentConfirmed(ChargeEvent):
    sentence = _l("%(sum)s received")


class ChargeSettled(ChargeEvent):
    sentence = _l("Paid in full: %(sum)s")


class ChargeCancelled(ChargeEvent):
    sentence = _l("%(sum)s is no longer owed")


class PaymentRefunded(ChargeEvent):
    sentence = _l("%(sum)s paid back")


class ChargeAdjusted(ChargeEvent):
    """`amount` is what is owed now, `before` what it was."""

    before: int
    reason: str = ""
    sentence = _l("%(sum)s is owed instead of %(was)s: %(reason)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        shaped = super().shape(data)
        return {**shaped, "was": formats.vnd(data["before"], locale()), "reason": data.get("reason") or "–"}


class ChargeReopened(ChargeEvent):
    sentence = _l("%(sum)s is open again")


class ChargeDue(ChargeEvent):
    """`due_on` is the day by which it is to be paid."""

    due_on: str
    sentence = _l("%(sum)s is to be paid by %(day)s")

    @classmethod
    def shape(cls, data: dict[str, Any]) -> dict[str, Any]:
        day = formats.date(dt.date.fromisoformat(data["due_on"]), locale())
        return {**super().shape(data), "day": day}


class RefundOwed(ChargeEvent):
    sentence = _l("%(sum)s is to be paid back")


class RefundFailed(ChargeEvent):
    sentence = _l("Paying back %(sum)s failed")
