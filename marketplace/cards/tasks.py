"""What the clock does for cards: whatever was asked and not answered is asked again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import partial

from marketplace import config
from marketplace.cards import errands, queries, services
from marketplace.cards.models import CardEvent, CardSession
from marketplace.cards.states import SESSION_LIVE, EventState
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.jobs import job

QUIET = dt.timedelta(minutes=30)
FRESH = dt.timedelta(days=1)


@job(every_minutes=1)
def look_after_pages() -> None:
    """Pages asked for and not stored, open without news, to be closed, paid and not booked."""
    if not config.current().cards:
        return
    for number in _read(queries.sessions_for_another_sum()):
        in_transaction(partial(_leave, number))
    for number in _read(queries.sessions_to_look_at(clock.now())):
        errands.run_session(number)


@job(every_minutes=1)
def send_refunds() -> None:
    """Refunds that are due go onto their cards; those on their way are asked about."""
    if not config.current().cards:
        return
    for number in _read(queries.refunds_to_send()):
        errands.send_refund(number)
    for number in _read(queries.refunds_to_look_at(clock.now())):
        errands.run_refund(number)


@job(every_minutes=1)
def place_what_waits() -> None:
    """News of a payment that crossed the news of the payment itself, or came before we asked: tried again for a day.
    What does not fit then waits for a person."""
    for number in _read(queries.parked_known(clock.now() - FRESH)):
        in_transaction(partial(_place, number))


@job(every_minutes=10)
def look_after_accounts() -> None:
    """Accounts that are being opened: the company is asked in case its news got lost."""
    if not config.current().cards:
        return
    for number in _read(queries.stale_accounts(clock.now() - QUIET)):
        errands.look_at_account(number)


def _read(numbers: Iterable[int]) -> list[int]:
    """Read to the end before the first is worked on."""
    found = list(numbers)
    db.session.rollback()
    return found


def _place(number: int) -> None:
    """An officer may have been quicker."""
    event = db.session.get_one(CardEvent, number, with_for_update=True)
    if event.state is EventState.PARKED:
        services.try_parked(event=event)


def _leave(number: int) -> None:
    """It may have been paid in this very moment."""
    session = db.session.get_one(CardSession, number, with_for_update=True)
    if session.state in SESSION_LIVE:
        services.leave(session=session)
