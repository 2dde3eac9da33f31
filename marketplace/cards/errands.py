"""Errands to the card company: written down in one transaction, run outside any, the answer stored in another.

Whoever dies in between loses nothing: the row says what was asked, and the minute's sweep asks the same again.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

import structlog

from marketplace.cards import calls, queries, services
from marketplace.cards.models import CardAccount, CardRefund, CardSession
from marketplace.cards.services.odd import Odd
from marketplace.cards.states import CardRefundState, SessionState
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.payments.models import Charge, Refund

log = structlog.get_logger()
T = TypeVar("T")
NO_ANSWER = _l(
    "The card company does not answer at the moment. Nothing was charged. Please try again in a minute."
)
DECLINED = _l(
    "The card company does not open its page now. Nothing was charged. Please call the cooperative."
)
SUM_CHANGED = _l("What is to be paid has just changed. Please look at it and press once more.")


def open_card_page(*, charge: Charge, back: str, by: Any) -> str:
    """The address of the company's page where this charge is paid. Raises Refusal with the way out."""
    session = in_transaction(partial(services.begin, charge=charge, back=back, by=by))
    _close_left(charge)
    if session.state is SessionState.ASKED:
        run_session(session.id)
        session = _afresh(CardSession, session.id)
    if session.state is SessionState.OPEN:
        return session.url
    raise Refusal(
        {SessionState.ASKED: NO_ANSWER, SessionState.FAILED: DECLINED}.get(session.state, SUM_CHANGED)
    )


def _close_left(charge: Charge) -> None:
    """A page for another sum is closed before the next one opens."""
    last = queries.last_left(charge.id)
    if last is not None:
        run_session(last)


def close_pages(*, charge: Charge) -> None:
    """Before it is paid another way: no page of it stays open at the company.

    Raises Refusal when that cannot be had now. What was paid there meanwhile is written down, and its charge says so.
    """
    for left in in_transaction(partial(services.leave_all, charge=charge)):
        with suppress(calls.Declined):  # it is as open as it was, and that is said below
            run_session(left)
    db.session.rollback()
    services.check_closed(charge=charge)


def run_session(session_id: int) -> None:
    """What this page needs next: to be opened, looked at, closed, or its fee read."""
    session = _afresh(CardSession, session_id)
    steps: dict[SessionState, Callable[[CardSession], None]] = {
        SessionState.ASKED: _open,
        SessionState.OPEN: _look,
        SessionState.LEAVING: _close,
        SessionState.PAID: _read_fee,
    }
    step = steps.get(session.state)
    try:
        if step is not None:
            step(session)
    except calls.NoAnswer as silence:
        log.warning("cards.no_answer", session=session.ref, kind=str(silence))
    except Odd as odd:
        log.error("cards.odd", session=session.ref, why=str(odd))
    _stored(CardSession, session_id, _later)


def _later(session: CardSession) -> None:
    """Whatever was answered, the next look is later than this one."""
    if session.look_at is not None:
        services.look_later(session=session)


def _open(session: CardSession) -> None:
    try:
        told = calls.make_session(session)
    except calls.Declined as no:
        log.warning("cards.declined", session=session.ref, code=str(no))
        _stored(CardSession, session.id, lambda row: services.session_declined(session=row))
    else:
        _stored(CardSession, session.id, lambda row: services.session_made(session=row, told=told))


def _look(session: CardSession) -> None:
    told = calls.read_session(session)
    _stored(CardSession, session.id, lambda row: services.session_told(session=row, told=told))


def _close(session: CardSession) -> None:
    """Close it, unless somebody was quicker: then it says itself how it ended. One whose answer was lost is asked for
    again, to learn its name."""
    if session.stripe_id is None:
        _open(session)
        session = _afresh(CardSession, session.id)
    if session.stripe_id is None:
        return
    try:
        told = calls.close_session(session)
    except calls.Declined:
        told = calls.read_session(session)
    _stored(CardSession, session.id, lambda row: services.session_told(session=row, told=told))


def _read_fee(session: CardSession) -> None:
    told = calls.read_fee(session)
    _stored(CardSession, session.id, lambda row: services.fee_told(session=row, told=told))


# --- refunds ------------------------------------------------------------------------------------------


def send_refund(refund_id: int) -> None:
    """A refund that is due goes onto the card that paid; the next one when this was drawn up as several."""
    asked = in_transaction(lambda: services.ask_refund(refund=db.session.get_one(Refund, refund_id)))
    if asked is not None:
        run_refund(asked.id, fresh=True)


def run_refund(card_refund_id: int, *, fresh: bool = False) -> None:
    """Ask for it, or how it stands. One that may have been asked before is looked for first."""
    refund = _afresh(CardRefund, card_refund_id)
    try:
        told = _ask_refund(refund, fresh)
    except calls.Declined as no:
        code = str(no)
        _stored(CardRefund, refund.id, lambda row: services.refund_declined(refund=row, code=code))
    except calls.NoAnswer as silence:
        log.warning("cards.no_answer", refund=refund.key, kind=str(silence))
    else:
        _stored(CardRefund, refund.id, lambda row: services.refund_answered(refund=row, told=told))
    _stored(CardRefund, card_refund_id, lambda row: services.refund_later(refund=row))


def _ask_refund(refund: CardRefund, fresh: bool) -> dict[str, Any]:
    if refund.state is not CardRefundState.ASKED:
        return calls.read_refund(refund)
    return (None if fresh else calls.find_refund(refund)) or calls.make_refund(refund)


# --- accounts -----------------------------------------------------------------------------------------


def open_account(*, cooperative: Cooperative, by: Any) -> str:
    """The address where the director goes on with the card account. Raises Refusal with the way out."""
    begun = in_transaction(lambda: services.begin_account(organisation=cooperative.organisation, by=by))
    account = _afresh(CardAccount, begun.id)
    try:
        if account.stripe_id is None:
            told = calls.make_account(account, cooperative.email or "")
            _stored(CardAccount, account.id, lambda row: services.account_made(account=row, told=told))
            account = _afresh(CardAccount, account.id)
        assert account.stripe_id is not None, "an account that was made has its name"
        return calls.make_account_link(account.stripe_id, random_ref())
    except calls.NoAnswer as silence:
        raise Refusal(
            _l("The card company does not answer at the moment. Please try again in a minute.")
        ) from silence
    except calls.Declined as no:
        log.warning("cards.declined", account=begun.ref, code=str(no))
        raise Refusal(_l("The card company does not open an account now. Please call the alliance.")) from no


def look_at_account(account_id: int) -> None:
    """Ask the company how an account stands; it is asked for again when its answer was lost."""
    account = _afresh(CardAccount, account_id)
    try:
        if account.stripe_id is not None:
            told = calls.read_account(account.stripe_id)
            _stored(CardAccount, account_id, lambda row: services.account_made(account=row, told=told))
    except (calls.NoAnswer, calls.Declined) as silence:
        log.warning("cards.no_answer", account=account.ref, kind=str(silence))


# --- rows ---------------------------------------------------------------------------------------------


def _afresh(kind: type[T], number: int) -> T:
    """The row as it stands now."""
    db.session.rollback()
    return db.session.get_one(kind, number)


def _stored(kind: type[T], number: int, act: Callable[[T], None]) -> None:
    in_transaction(lambda: act(db.session.get_one(kind, number)))
