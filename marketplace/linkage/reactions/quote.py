"""Who is told of a quote, and what becomes of quotes when their request ends."""

from __future__ import annotations

from collections.abc import Collection

from marketplace.foundation.db import db
from marketplace.foundation.events import react
from marketplace.linkage import answering, queries, services
from marketplace.linkage.events import (
    NeedCancelled,
    NeedNoneSuitable,
    NeedWithdrawn,
    QuoteCounterDeclined,
    QuoteCountered,
    QuoteEvent,
    QuotePassedOver,
    QuoteRevised,
    QuoteSubmitted,
    QuoteWithdrawn,
)
from marketplace.linkage.models import Need, Quote
from marketplace.linkage.notices import quote as notices
from marketplace.linkage.states import NeedState


@answering.known_by
def quoted(need_id: int) -> Collection[int]:
    return queries.have_quoted(need_id)


def _quote(event: QuoteEvent) -> Quote:
    return db.session.get_one(Quote, event.quote_id)


@react(QuoteSubmitted)
def sent(event: QuoteSubmitted) -> None:
    """Of a sealed one not even that it came: not how many there are, nor when."""
    quote = _quote(event)
    if not quote.need.sealed_now:
        notices.to_buyer(quote, "sent", str(event.number))


@react(QuoteRevised)
def revised(event: QuoteRevised) -> None:
    quote = _quote(event)
    if not quote.need.sealed_now:
        notices.to_buyer(quote, "revised", str(event.number))


@react(QuoteCountered)
def countered(event: QuoteCountered) -> None:
    notices.to_seller(_quote(event), "countered", str(event.number))


@react(QuoteCounterDeclined)
def counter_declined(event: QuoteCounterDeclined) -> None:
    quote = _quote(event)
    notices.to_buyer(quote, "counter_declined", str(quote.latest), reason=event.words)


@react(QuoteWithdrawn)
def withdrawn(event: QuoteWithdrawn) -> None:
    quote = _quote(event)
    if not quote.need.sealed_now:
        notices.to_buyer(quote, "withdrawn", str(quote.latest), reason=event.words)


@react(QuotePassedOver)
def passed_over(event: QuotePassedOver) -> None:
    """Where the request itself ended, everybody reads that already."""
    quote = _quote(event)
    if quote.need.state is NeedState.AWARDED:
        notices.to_seller(quote, "passed_over", "end", reason=event.words)


@react(NeedWithdrawn, NeedCancelled, NeedNoneSuitable)
def request_ended(event: NeedWithdrawn | NeedCancelled | NeedNoneSuitable) -> None:
    """Nothing is held for it any more."""
    need = db.session.get_one(Need, event.need_id)
    services.pass_over_rest(need=need, words=event.words, by=None)
