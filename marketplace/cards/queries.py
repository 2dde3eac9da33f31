"""Reading accounts, card pages, refunds, events, disputes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import joinedload

from marketplace import config
from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Organisation
from marketplace.cards.models import CardAccount, CardDispute, CardEvent, CardRefund, CardSession
from marketplace.cards.states import SESSION_LIVE, CardRefundState, DisputeState, EventState, SessionState
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.payments.models import Charge, PaymentEntry, Refund
from marketplace.payments.states import ChargeState, RefundState, Way

PAYABLE = (ChargeState.EXPECTED, ChargeState.REPORTED)


# --- accounts -----------------------------------------------------------------------------------------


def account_of(organisation_id: int) -> CardAccount | None:
    return db.session.scalar(select(CardAccount).where(CardAccount.organisation_id == organisation_id))


def account_by_stripe(stripe_id: str) -> CardAccount | None:
    return db.session.scalar(select(CardAccount).where(CardAccount.stripe_id == stripe_id))


def takes_cards(organisation_id: int, amount: Money | None = None) -> bool:
    """Whether a payee can be paid by card now, and a sum like this at all."""
    settings = config.current()
    if not settings.cards or (amount is not None and not settings.card_least <= amount <= settings.card_most):
        return False
    if settings.cards_collected or accounts.is_alliance(organisation_id):
        return True
    account = account_of(organisation_id)
    return account is not None and account.charges_enabled


def stale_accounts(before: dt.datetime, limit: int = 20) -> Sequence[int]:
    """Accounts that are being opened and about which nothing was heard for a while."""
    return db.session.scalars(
        select(CardAccount.id)
        .where(
            CardAccount.charges_enabled.is_(False),
            or_(CardAccount.told_at.is_(None), CardAccount.told_at < before),
            CardAccount.begun_at < before,
        )
        .order_by(CardAccount.told_at, CardAccount.id)
        .limit(limit)
    ).all()


# --- card pages ---------------------------------------------------------------------------------------


def live_session(charge_id: int) -> CardSession | None:
    return db.session.scalar(
        select(CardSession).where(CardSession.charge_id == charge_id, CardSession.state.in_(SESSION_LIVE))
    )


def last_session(charge_id: int) -> CardSession | None:
    return db.session.scalar(
        select(CardSession).where(CardSession.charge_id == charge_id).order_by(CardSession.id.desc()).limit(1)
    )


def last_left(charge_id: int) -> int | None:
    """The page of this charge that is to be closed."""
    return db.session.scalar(
        select(CardSession.id)
        .where(CardSession.charge_id == charge_id, CardSession.state == SessionState.LEAVING)
        .order_by(CardSession.id.desc())
        .limit(1)
    )


def pages_to_close(charge_id: int) -> Sequence[int]:
    return db.session.scalars(
        select(CardSession.id)
        .where(CardSession.charge_id == charge_id, CardSession.state == SessionState.LEAVING)
        .order_by(CardSession.id)
    ).all()


def could_be_paid(charge_id: int) -> bool:
    """Whether a page of this charge may still be open at the company."""
    open_there = CardSession.state.in_((*SESSION_LIVE, SessionState.LEAVING))
    query = select(CardSession.id).where(CardSession.charge_id == charge_id, open_there)
    return db.session.scalar(query.limit(1)) is not None


def session_named(stripe_id: str, ref: str, account: str) -> CardSession | None:
    """By the company's name, or by ours where a crash lost the company's; only on its own account."""
    return db.session.scalar(
        select(CardSession)
        .where(
            or_(CardSession.stripe_id == stripe_id, CardSession.ref == ref), CardSession.account == account
        )
        .options(joinedload(CardSession.charge))
    )


def session_by_intent(intent: str, account: str) -> CardSession | None:
    return db.session.scalar(
        select(CardSession).where(CardSession.intent == intent, CardSession.account == account)
    )


def sessions_to_look_at(now: dt.datetime, limit: int = 50) -> Sequence[int]:
    """Asked and not stored, open and not heard of, to be closed, paid and not booked: due by their own clock."""
    return db.session.scalars(
        select(CardSession.id).where(CardSession.look_at <= now).order_by(CardSession.look_at).limit(limit)
    ).all()


def sessions_for_another_sum(limit: int = 50) -> Sequence[int]:
    """Open pages of charges that are no longer payable."""
    return db.session.scalars(
        select(CardSession.id)
        .join(CardSession.charge)
        .where(CardSession.state.in_(SESSION_LIVE), Charge.state.not_in(PAYABLE))
        .limit(limit)
    ).all()


# --- refunds ------------------------------------------------------------------------------------------


def refunds_to_send(limit: int = 50) -> Sequence[int]:
    """Due back onto a card."""
    return db.session.scalars(
        select(Refund.id)
        .where(Refund.state == RefundState.DUE, Refund.way == Way.CARD)
        .order_by(Refund.id)
        .limit(limit)
    ).all()


def refunds_to_look_at(now: dt.datetime, limit: int = 50) -> Sequence[int]:
    return db.session.scalars(
        select(CardRefund.id).where(CardRefund.look_at <= now).order_by(CardRefund.look_at).limit(limit)
    ).all()


def own_refund(ref: str, organisation_ids: Collection[int]) -> Refund | None:
    """A refund that one of these organisations owes."""
    return db.session.scalar(
        select(Refund)
        .join(Refund.charge)
        .where(Refund.ref == ref, Charge.payee_organisation_id.in_(list(organisation_ids)))
        .options(joinedload(Refund.charge))
    )


def card_refund_by_key(key: str, account: str) -> CardRefund | None:
    return db.session.scalar(
        select(CardRefund)
        .join(CardRefund.session)
        .where(CardRefund.key == key, CardSession.account == account)
        .options(joinedload(CardRefund.refund), joinedload(CardRefund.session))
    )


def card_refund_by_stripe(stripe_id: str) -> CardRefund | None:
    return db.session.scalar(select(CardRefund).where(CardRefund.stripe_id == stripe_id))


def tries_of(refund_id: int) -> int:
    return int(
        db.session.scalar(select(func.count(CardRefund.id)).where(CardRefund.refund_id == refund_id)) or 0
    )


def room_on_cards(charge_id: int) -> list[tuple[CardSession, Money]]:
    """Card payments of a charge that can still give back, newest first, with how much."""
    gone = func.sum(case((CardRefund.state != CardRefundState.FAILED, CardRefund.amount), else_=0))
    rows = db.session.execute(
        select(CardSession, func.coalesce(gone, 0))
        .outerjoin(CardRefund, CardRefund.session_id == CardSession.id)
        .where(CardSession.charge_id == charge_id, CardSession.state == SessionState.PAID)
        .group_by(*CardSession.__table__.columns)
        .order_by(CardSession.id.desc())
    )
    left = [(session, int(session.came or 0) - int(spent)) for session, spent in rows]
    return [(session, Money(amount)) for session, amount in left if amount > 0]


def problem_of(charge_id: int) -> Sequence[CardRefund]:
    """The failed tries of a charge's refunds, newest first."""
    return db.session.scalars(
        select(CardRefund)
        .join(CardRefund.refund)
        .where(Refund.charge_id == charge_id, CardRefund.state == CardRefundState.FAILED)
        .order_by(CardRefund.id.desc())
    ).all()


# --- events and disputes ------------------------------------------------------------------------------


def event_known(stripe_id: str) -> bool:
    return db.session.scalar(select(CardEvent.id).where(CardEvent.stripe_id == stripe_id)) is not None


def event_by_id(text: str) -> CardEvent | None:
    return db.session.get(CardEvent, int(text)) if text.isdecimal() and len(text) < 10 else None


def parked_about(about: str, account: str) -> Sequence[CardEvent]:
    """Events that wait for this payment, in the order in which they happened."""
    return db.session.scalars(
        select(CardEvent)
        .where(CardEvent.about == about, CardEvent.account == account, CardEvent.state == EventState.PARKED)
        .order_by(CardEvent.created_at, CardEvent.id)
    ).all()


def parked_known(since: dt.datetime) -> Sequence[int]:
    """Events that came since then before the payment they are about, which is known by now."""
    return db.session.scalars(
        select(CardEvent.id)
        .join(
            CardSession, (CardSession.intent == CardEvent.about) & (CardSession.account == CardEvent.account)
        )
        .where(CardEvent.state == EventState.PARKED, CardEvent.received_at > since)
        .order_by(CardEvent.created_at, CardEvent.id)
    ).all()


def parked(after: str | None = None, size: int = 30) -> Page[CardEvent]:
    query = select(CardEvent).where(CardEvent.state == EventState.PARKED)
    return page_of(query, CardEvent.id, after=after, size=size, descending=True).map(lambda row: row[0])


def parked_ids() -> Select[Any]:
    """For the office's badge: events that a person has to look at."""
    return select(CardEvent.id).where(CardEvent.state == EventState.PARKED)


def dispute_by_stripe(stripe_id: str) -> CardDispute | None:
    return db.session.scalar(select(CardDispute).where(CardDispute.stripe_id == stripe_id))


def disputes_of(charge_id: int) -> Sequence[CardDispute]:
    return db.session.scalars(
        select(CardDispute).where(CardDispute.charge_id == charge_id).order_by(CardDispute.id)
    ).all()


def disputes(organisation_id: int | None = None, limit: int = 50) -> Sequence[CardDispute]:
    """Open ones first, then the newest; of one payee, or of all."""
    query = (
        select(CardDispute)
        .join(CardDispute.charge)
        .options(joinedload(CardDispute.charge).joinedload(Charge.payee))
    )
    if organisation_id is not None:
        query = query.where(Charge.payee_organisation_id == organisation_id)
    first = case((CardDispute.state == DisputeState.OPEN, 0), else_=1)
    return db.session.scalars(query.order_by(first, CardDispute.id.desc()).limit(limit)).all()


# --- what the alliance collected ----------------------------------------------------------------------


def entry_exists(provider_ref: str) -> bool:
    return (
        db.session.scalar(
            select(PaymentEntry.id).where(
                PaymentEntry.method == Way.CARD, PaymentEntry.provider_ref == provider_ref
            )
        )
        is not None
    )


def _held() -> Any:
    """What a row puts into `held` less what it takes out."""
    return func.sum(
        case(
            (PaymentEntry.debit.like("held:%"), PaymentEntry.amount),
            (PaymentEntry.credit.like("held:%"), -PaymentEntry.amount),
            else_=0,
        )
    )


@dataclass(frozen=True)
class Held:
    """What the alliance owes a cooperative of what cards paid: collected and handed on so far, and the rest."""

    organisation: Organisation
    left: Money | int
    handed_on: Money


def settlements() -> list[Held]:
    """For the office: every cooperative for whom something was collected, the largest rest first."""
    handed = func.sum(
        case(
            (PaymentEntry.kind == "paid_out", PaymentEntry.amount),
            (PaymentEntry.kind == "kept_back", -PaymentEntry.amount),
            else_=0,
        )
    )
    held = _held()
    rows = db.session.execute(
        select(Organisation, held, handed)
        .join(Charge, Charge.payee_organisation_id == Organisation.id)
        .join(PaymentEntry, PaymentEntry.charge_id == Charge.id)
        .where(Charge.collected.is_(True))
        .group_by(*Organisation.__table__.columns)
        .order_by(held.desc(), Organisation.id)
    )
    return [Held(organisation, int(left or 0), Money(int(out or 0))) for organisation, left, out in rows]


def held_by_charge(organisation_id: int) -> list[tuple[Charge, int]]:
    """The same, charge by charge, where something is left either way."""
    held = _held()
    rows = db.session.execute(
        select(Charge, held)
        .join(PaymentEntry, PaymentEntry.charge_id == Charge.id)
        .where(Charge.payee_organisation_id == organisation_id, Charge.collected.is_(True))
        .group_by(*Charge.__table__.columns)
        .having(held != 0)
        .order_by(Charge.id)
    )
    return [(charge, int(left)) for charge, left in rows]


def organisation_by_ref(ref: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.ref == ref))
