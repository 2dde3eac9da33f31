"""What the company tells: stored once, in the same transaction as what it brings about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from marketplace.cards import queries
from marketplace.cards.models import CardEvent
from marketplace.cards.services.accounts import account_told
from marketplace.cards.services.disputes import dispute_told
from marketplace.cards.services.odd import Odd
from marketplace.cards.services.refunds import refund_told
from marketplace.cards.services.sessions import session_told
from marketplace.cards.states import EventState, event_lifecycle
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal

# What we read of an object, and so what is kept of one that waits: no names, no cards.
READ = (
    "id", "object", "status", "payment_status", "payment_intent", "amount", "amount_total", "currency", "fee",
    "client_reference_id", "metadata", "failure_reason", "reason", "evidence_details", "balance_transactions",
    "charges_enabled", "details_submitted", "requirements",
)  # fmt: skip
# Sent along with those that we act on, and told by them.
QUIET = (
    "payment_intent.", "charge.succeeded", "charge.updated", "charge.failed", "charge.pending", "charge.captured",
    "charge.refunded", "balance.", "payout.", "capability.", "person.", "customer.", "checkout.session.async_",
    "account.external_account.", "application_fee.",
)  # fmt: skip


def receive(*, told: Mapping[str, Any]) -> CardEvent | None:
    """Store an event and act on it. The same one again is None: it was done. What cannot be acted on is parked."""
    name = str(told["id"])[:120]
    if queries.event_known(name):
        return None
    thing = {part: told["data"]["object"][part] for part in READ if part in told["data"]["object"]}
    event = CardEvent(
        stripe_id=name,
        kind=str(told["type"])[:80],
        account=str(told.get("account") or "")[:80],
        about=_about(thing),
        state=EventState.PARKED,
        told=thing,
        created_at=_moment(told.get("created")),
        received_at=clock.now(),
    )
    if event.kind.startswith(QUIET) and event.kind not in ACTS:
        event.state, event.told = EventState.IGNORED, {}
    db.session.add(event)
    db.session.flush()
    if event.state is EventState.PARKED:
        try_parked(event=event)
    return event


def try_parked(*, event: CardEvent) -> bool:
    """Act on it, now that more is known; whether it could be done. What it half did is undone."""
    act = ACTS.get(event.kind)
    if act is None:
        event.why = "a kind that is not known"
        return False
    try:
        with db.session.begin_nested():
            act(event)
    except (Odd, Refusal, KeyError, TypeError, ValueError, AttributeError) as problem:
        event.why = (str(problem) if isinstance(problem, (Odd, Refusal)) else "it reads oddly")[:160]
        db.session.flush()
        return False
    event_lifecycle.advance(event, "do")
    event.told, event.why = {}, ""
    db.session.flush()
    return True


def dismiss(*, event: CardEvent, by: Any) -> None:
    """An officer looked, and nothing is to be done."""
    event_lifecycle.advance(event, "dismiss")
    event.dismissed_by_id, event.told = by.id, {}


def _session(event: CardEvent) -> None:
    session = queries.session_named(
        _name(event), str(event.told.get("client_reference_id") or ""), event.account
    )
    if session is None:
        raise Odd("a card page that is not ours")
    session_told(session=session, told=event.told)
    if session.intent:
        for waiting in queries.parked_about(session.intent, event.account):
            if ACTS.get(waiting.kind) in (_refund, _dispute):
                try_parked(event=waiting)


def _refund(event: CardEvent) -> None:
    refund_told(told=event.told, account=event.account)


def _dispute(event: CardEvent) -> None:
    dispute_told(told=event.told, account=event.account)


def _account(event: CardEvent) -> None:
    account = queries.account_by_stripe(_name(event))
    if account is None:
        raise Odd("an account that is not ours")
    account_told(account=account, told=event.told, at=event.created_at)


def _closed(event: CardEvent) -> None:
    """The cooperative cut the tie at the company's own desk."""
    account = queries.account_by_stripe(event.account)
    if account is None:
        raise Odd("an account that is not ours")
    account_told(account=account, told={"details_submitted": account.submitted}, at=event.created_at)


ACTS: dict[str, Callable[[CardEvent], None]] = {
    "checkout.session.completed": _session,
    "checkout.session.async_payment_succeeded": _session,
    "checkout.session.expired": _session,
    "refund.created": _refund,
    "refund.updated": _refund,
    "refund.failed": _refund,
    "charge.refund.updated": _refund,
    "charge.dispute.created": _dispute,
    "charge.dispute.updated": _dispute,
    "charge.dispute.closed": _dispute,
    "charge.dispute.funds_withdrawn": _dispute,
    "charge.dispute.funds_reinstated": _dispute,
    "account.updated": _account,
    "account.application.deauthorized": _closed,
}


def _name(event: CardEvent) -> str:
    name = event.told["id"]
    if not isinstance(name, str):
        raise Odd("a thing without a name")
    return name


def _about(thing: Mapping[str, Any]) -> str:
    """The payment that it is about, else the thing itself."""
    return str(thing.get("payment_intent") or thing.get("id") or "")[:120]


def _moment(created: Any) -> dt.datetime:
    if isinstance(created, int) and 0 < created < 2**33:
        return dt.datetime.fromtimestamp(created, dt.UTC)
    return clock.now()
