"""Goods of a call that leave and arrive."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.models import Person
from marketplace.deliveries.events import DeliveryDispatched, DeliveryEvent, DeliveryReceived
from marketplace.deliveries.models import Delivery
from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.fulfilment import loading, services
from marketplace.fulfilment.notices import acceptance as notices


@react(DeliveryDispatched)
def left(event: DeliveryDispatched) -> None:
    """The buyer hears of it, and its time to write begins."""
    if event.source_kind == loading.SOURCE:
        load = services.load.note_sent(delivery=_delivery(event), by=_doer(event))
        if load is not None:
            notices.sent(load)


@react(DeliveryReceived)
def arrived(event: DeliveryReceived) -> None:
    """A driver put the goods down at the depot: they wait there to be weighed."""
    if event.source_kind == loading.SOURCE:
        services.acceptance.open_slip(delivery=_delivery(event), by=_doer(event))


def _delivery(event: DeliveryEvent) -> Delivery:
    return db.session.get_one(Delivery, event.delivery_id)


def _doer(event: DeliveryEvent) -> Any:
    return db.session.get(Person, event.actor_id) if event.actor_id is not None else None
