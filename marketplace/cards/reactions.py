"""People are told when a card needs them."""

from __future__ import annotations

from marketplace.cards import notices, queries
from marketplace.cards.events import CardAccountReady, CardAccountStopped, DisputeOpened
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.payments.events import RefundFailed
from marketplace.payments.models import Charge


@react(DisputeOpened)
def disputed(event: DisputeOpened) -> None:
    notices.disputed(queries.disputes_of(event.charge_id)[-1])


@react(RefundFailed)
def refund_failed(event: RefundFailed) -> None:
    charge = db.session.get_one(Charge, event.charge_id)
    notices.refund_failed(charge, event.amount, f"{charge.id}:{clock.now():%Y%m%d%H%M%S%f}")


@react(CardAccountReady, CardAccountStopped)
def account(event: CardAccountReady | CardAccountStopped) -> None:
    kind = "cards.ready" if isinstance(event, CardAccountReady) else "cards.stopped"
    notices.account(event.organisation_id, kind, f"{clock.now():%Y%m%d%H%M%S}")
