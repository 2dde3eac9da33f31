"""A card page's way: asked for, opened, paid or closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from marketplace import config
from marketplace.accounts import queries as accounts
from marketplace.cards import queries
from marketplace.cards.models import CardSession
from marketplace.cards.services.odd import Odd, whole_dong
from marketplace.cards.states import SessionState, session_lifecycle
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.payments import services as payments
from marketplace.payments.models import Charge
from marketplace.payments.services.standing import take_turn
from marketplace.payments.states import Way

# The company refuses a page that closes in less than 30 minutes.
SOON = dt.timedelta(minutes=1)
OFTEN = dt.timedelta(minutes=3)
FEE_DAYS = dt.timedelta(days=3)
STILL_OPEN = _l(
    "The card page cannot be closed just now: somebody is paying there, or the card company does not answer. Nothing "
    "has changed. Please look again in a minute."
)


def begin(*, charge: Charge, back: str, by: Any = None) -> CardSession:
    """The page on which this charge is paid: the one that is open, or a new one to be asked for.

    Raises Refusal when nothing is owed, the payee takes no cards, or the sum is too small or too large for a card.
    """
    take_turn(charge)
    account = _account(charge)
    amount = _payable(charge)
    live = queries.live_session(charge.id)
    if live is not None:
        if live.amount == amount and live.expires_at > clock.now() + SOON:
            return live
        leave(session=live)
    return _new(charge, account, amount, back)


def _new(charge: Charge, account: str, amount: Money, back: str) -> CardSession:
    now = clock.now()
    session = CardSession(
        ref=random_ref(),
        charge=charge,
        account=account,
        amount=amount,
        language=locale(),
        back=back,
        asked_at=now,
        expires_at=now + dt.timedelta(minutes=config.current().card_minutes),
        look_at=now + SOON,
    )
    db.session.add(session)
    db.session.flush()
    return session


def _account(charge: Charge) -> str:
    """Whose account takes the money; empty for the alliance's own, which takes what is owed to it, or collects."""
    if charge.method is not Way.CARD:
        raise Refusal(_l("This is not paid by card."))
    if not config.current().cards:
        raise _not_offered(charge)
    if charge.collected or accounts.is_alliance(charge.payee_organisation_id):
        return ""
    account = queries.account_of(charge.payee_organisation_id)
    if account is None or account.stripe_id is None or not account.charges_enabled:
        raise _not_offered(charge)
    return account.stripe_id


def _not_offered(charge: Charge) -> Refusal:
    return Refusal(
        _l(
            "%(payee)s cannot take cards at the moment. Please call: you can pay in cash or by transfer.",
            payee=charge.payee.name,
        )
    )


def _payable(charge: Charge) -> Money:
    amount, settings = charge.to_pay, config.current()
    if charge.state not in queries.PAYABLE or amount == 0:
        raise Refusal(_l("There is nothing to pay here any more."))
    if amount < settings.card_least:
        least = formats.vnd(settings.card_least, locale())
        raise Refusal(
            _l(
                "A card pays %(least)s or more. Please call %(payee)s and pay in cash.",
                least=least,
                payee=charge.payee.name,
            )
        )
    if amount > settings.card_most:
        most = formats.vnd(settings.card_most, locale())
        raise Refusal(
            _l(
                "A card pays at most %(most)s at once. Please call %(payee)s and pay by transfer.",
                most=most,
                payee=charge.payee.name,
            )
        )
    return amount


def leave(*, session: CardSession) -> None:
    """Another sum is owed, or nothing: the page is to be closed at the company."""
    session_lifecycle.advance(session, "leave")
    session.look_at = clock.now()
    db.session.flush()


def leave_all(*, charge: Charge) -> list[int]:
    """It is to be paid another way: its page is to be closed, and those that others left; their ids."""
    take_turn(charge)
    if (live := queries.live_session(charge.id)) is not None:
        leave(session=live)
    return list(queries.pages_to_close(charge.id))


def check_closed(*, charge: Charge) -> None:
    """Whether no page of it is left at the company where it could still be paid."""
    if queries.could_be_paid(charge.id):
        raise Refusal(STILL_OPEN)


def session_made(*, session: CardSession, told: Mapping[str, Any]) -> None:
    """The company opened the page. The same answer again changes nothing."""
    session.stripe_id = session.stripe_id or str(told["id"])
    session.url = session.url or str(told.get("url") or "")
    if session.state is SessionState.ASKED and session.url:
        session_lifecycle.advance(session, "open")
        session.look_at = clock.now() + OFTEN
    db.session.flush()


def session_declined(*, session: CardSession) -> None:
    """The company would not open it."""
    if session.state in {SessionState.ASKED, SessionState.LEAVING}:
        session_lifecycle.advance(session, "fail" if session.state is SessionState.ASKED else "expire")
    session.look_at = None


def session_told(*, session: CardSession, told: Mapping[str, Any]) -> None:
    """How the page stands, in whatever order it is told. Raises Odd when it does not fit what we asked."""
    session.stripe_id = session.stripe_id or str(told["id"])
    if told.get("payment_status") == "paid":
        _paid(session, told)
    elif told.get("status") == "expired" and session_lifecycle.allows(session, "expire"):
        session_lifecycle.advance(session, "expire")
        session.look_at = None
    db.session.flush()


def _paid(session: CardSession, told: Mapping[str, Any]) -> None:
    """Money came: it is written down as told, whatever is owed by now. What is too much becomes a refund."""
    if session.state is SessionState.PAID:
        return
    intent = told.get("payment_intent")
    if not isinstance(intent, str) or not intent:
        raise Odd("a payment without its name")
    amount = whole_dong(told.get("amount_total"), told.get("currency"))
    session.intent, session.came = intent[:80], amount
    session_lifecycle.advance(session, "pay")
    session.look_at = clock.now()
    payments.confirm(charge=session.charge, amount=amount, by=None, way=Way.CARD, provider_ref=session.intent)


def fee_told(*, session: CardSession, told: Mapping[str, Any]) -> None:
    """What the company kept of a payment, once it has booked it."""
    if session.fee is not None or not told:
        return
    fee = whole_dong(told.get("fee"), told.get("currency"), least=0)
    session.fee, session.look_at = fee, None
    if fee > 0:
        name = f"fee:{told['id']}"[:80]
        payments.keep_fee(charge=session.charge, amount=fee, provider_ref=name)
    db.session.flush()


def look_later(*, session: CardSession) -> None:
    """Ask again in a while: soon at first, then less and less often. A fee that is never booked is given up."""
    now = clock.now()
    if (session.state is SessionState.PAID and now > session.asked_at + FEE_DAYS) or session.state in {
        SessionState.EXPIRED,
        SessionState.FAILED,
    }:
        session.look_at = None
    else:
        session.look_at = now + max(SOON, min((now - session.asked_at) / 2, dt.timedelta(hours=1)))
