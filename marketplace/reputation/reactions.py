"""What follows when orders move, when words are said, and when somebody no longer wants to be shown."""

from __future__ import annotations

from marketplace.accounts.events import ConsentWithdrawn
from marketplace.accounts.states import Purpose
from marketplace.deliveries.events import DeliveryReceived
from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.orders.events import (
    ComplaintAnswered,
    ComplaintRaised,
    ComplaintWithdrawn,
    CounterConfirmed,
    OrderAccepted,
    OrderCancelled,
    OrderCompleted,
    OrderCountered,
    OrderEvent,
    OrderLapsed,
    OrderRefused,
    OrderWithdrawn,
)
from marketplace.orders.services.answer import PURPOSE
from marketplace.payments.events import PaymentRefunded
from marketplace.reputation import notices, queries, services
from marketplace.reputation.events import (
    WordsAnswered,
    WordsAppealAnswered,
    WordsAppealed,
    WordsEvent,
    WordsHidden,
    WordsReported,
    WordsWritten,
)
from marketplace.reputation.models import BuyersWords

LETTERS = {
    WordsWritten: notices.written,
    WordsAnswered: notices.answered,
    WordsHidden: notices.hidden,
    WordsAppealed: notices.appealed,
    WordsAppealAnswered: notices.appeal_answered,
    WordsReported: notices.reported,
}


@react(*LETTERS)
def write(event: WordsEvent) -> None:
    LETTERS[type(event)](db.session.get_one(BuyersWords, event.words_id))


@react(
    OrderAccepted,
    OrderCountered,
    CounterConfirmed,
    OrderRefused,
    OrderWithdrawn,
    OrderLapsed,
    OrderCancelled,
    OrderCompleted,
    ComplaintRaised,
    ComplaintAnswered,
    ComplaintWithdrawn,
)
def order_moved(event: OrderEvent) -> None:
    services.mark_stale(cooperative_id=queries.cooperative_of(event.order_id))


@react(DeliveryReceived)
def goods_came(event: DeliveryReceived) -> None:
    if event.source_kind == PURPOSE:
        services.mark_stale(cooperative_id=queries.cooperative_of(event.source_id))


@react(PaymentRefunded)
def money_went_back(event: PaymentRefunded) -> None:
    if event.purpose == PURPOSE:
        services.mark_stale(cooperative_id=queries.cooperative_of(event.subject_id))


@react(ConsentWithdrawn)
def no_longer_shown(event: ConsentWithdrawn) -> None:
    """At once and everywhere: what was written stays between the two sides."""
    if event.purpose != Purpose.WORDS:
        return
    found = (
        queries.public_of_person(event.person_id)
        if event.person_id is not None
        else queries.public_of_guest(event.guest)
    )
    for words in found:
        services.conceal(words=words)
