"""The payee is told when the buyer says that money was sent."""

from __future__ import annotations

from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.payments import notices
from marketplace.payments.events import PaymentReported
from marketplace.payments.models import Charge


@react(PaymentReported)
def reported(event: PaymentReported) -> None:
    notices.reported(db.session.get_one(Charge, event.charge_id))
