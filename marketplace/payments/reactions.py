"""Money's own facts become letters."""

from __future__ import annotations

from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.payments import notices
from marketplace.payments.events import (
    ChargeEvent,
    ChargeSettled,
    PaymentNotFound,
    PaymentReported,
    PaymentSetAside,
    RefundRecorded,
)
from marketplace.payments.models import Charge

LETTERS = {
    PaymentReported: notices.to_payee_reported,
    PaymentNotFound: notices.to_payer_not_found,
    PaymentSetAside: notices.to_payee_set_aside,
    ChargeSettled: notices.to_payer_settled,
    RefundRecorded: notices.to_payer_refunded,
}


@react(*LETTERS)
def write(event: ChargeEvent) -> None:
    """Tell the other side."""
    charge = db.session.get_one(Charge, event.charge_id)
    LETTERS[type(event)](charge, event.amount)
