"""Buying on account: granting and ending it, holding a purchase within it, and the day it is due."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.payments import credits
from marketplace.payments.events import ChargeDue, CreditChanged, CreditEnded, CreditEvent, CreditGranted
from marketplace.payments.models import Charge, CreditDecision, CreditTerms, CreditUse
from marketplace.payments.parties import Account
from marketplace.payments.services.standing import event, only_payee, take_turn
from marketplace.payments.statements import OPEN
from marketplace.payments.states import CreditState, CreditStep, credit_lifecycle


def grant_credit(*, account: Account, most: Money, days: int, reason: str, by: Any) -> CreditTerms:
    """Trust a buyer with a sum for some days after each delivery; or trust them with more or less from now on.

    Less than what is owed already is fine: nothing new is free until enough is paid.
    """
    if not account.buyer.known:
        raise Refusal(_l("Only a buyer with an account can buy on account."))
    terms = _locked(account)
    if terms is None:
        terms = CreditTerms(
            payee_organisation_id=account.payee.id,
            organisation_id=account.buyer.organisation_id,
            person_id=account.buyer.person_id,
            most=most,
            days=days,
        )
        db.session.add(terms)
        step = CreditStep.GRANTED
    elif terms.state is CreditState.ENDED:
        credit_lifecycle.advance(terms, "grant")
        step = CreditStep.GRANTED
    else:
        step = CreditStep.CHANGED
    terms.most, terms.days = most, days
    db.session.flush()
    _decide(terms, step, CreditGranted if step is CreditStep.GRANTED else CreditChanged, reason, by)
    return terms


def end_credit(*, account: Account, reason: str, by: Any) -> None:
    """No new purchase on account; what is owed stays as agreed."""
    terms = _locked(account)
    if terms is None:
        raise Refusal(_l("This buyer has no credit with you."))
    credit_lifecycle.advance(terms, "end")
    db.session.flush()
    _decide(terms, CreditStep.ENDED, CreditEnded, reason, by)


def use_credit(
    *,
    purpose: str,
    subject_id: int,
    amount: Money,
    payee_organisation_id: int,
    person_id: int | None,
    organisation_id: int | None,
) -> CreditUse:
    """Hold a purchase within the buyer's credit, or say how much is free. Waits for whoever buys on it at once."""
    terms = credits.terms_for(
        payee_organisation_id, person_id=person_id, organisation_id=organisation_id, lock=True
    )
    if terms is None or terms.state is not CreditState.GRANTED:
        raise Refusal(
            _l(
                "This buyer has no credit with this cooperative. Please look at whom you are buying for, or choose "
                "another way to pay."
            )
        )
    free = credits.Credit(terms, credits.used(terms)).free
    if amount > free:
        raise Refusal(
            _l(
                "%(free)s is free on account, and this order costs %(sum)s. Please order less, pay what is open, or "
                "choose another way to pay.",
                free=formats.vnd(free, locale()),
                sum=formats.vnd(amount, locale()),
            )
        )
    held = CreditUse(
        terms=terms, purpose=purpose, subject_id=subject_id, amount=amount, days=terms.days, at=clock.now()
    )
    db.session.add(held)
    db.session.flush()
    return held


def release_credit(*, purpose: str, subject_id: int) -> None:
    """The purchase came to nothing before it was charged: its sum is free again."""
    held = credits.use_for(purpose, subject_id)
    if held is not None and held.charge_id is None and held.released_at is None:
        held.released_at = clock.now()
        db.session.flush()


def charge_opened(*, charge: Charge) -> None:
    """From now on it is the charge that counts."""
    held = credits.use_for(charge.purpose, charge.subject_id)
    if held is not None and held.released_at is None:
        held.charge_id = charge.id
        db.session.flush()


def goods_came(*, purpose: str, subject_id: int, by: Any = None) -> None:
    """What was bought on account is due so many days after the goods came; an agreed day stays."""
    held = credits.use_for(purpose, subject_id)
    if held is not None and held.charge is not None and held.charge.due_on is None:
        _due(held.charge, clock.today() + dt.timedelta(days=held.days), by)


def agree_day(*, charge: Charge, day: dt.date, by: Any) -> None:
    """The payee gives a day by which to pay; what has a day already can only get a later one."""
    take_turn(charge)
    only_payee(charge, by)
    if charge.state not in OPEN:
        raise Refusal(_l("Nothing is open here any more."), field="day")
    if day < clock.today():
        raise Refusal(_l("This day has passed. Please choose today or later."), field="day")
    if charge.due_on is not None and day < charge.due_on:
        raise Refusal(_l("The buyer has time until then: you can give more, not less."), field="day")
    _due(charge, day, by)


def _due(charge: Charge, day: dt.date, by: Any) -> None:
    charge.due_on = day
    db.session.flush()
    announce(event(ChargeDue, charge, charge.to_pay, by, due_on=day.isoformat()))


def _locked(account: Account) -> CreditTerms | None:
    buyer = account.buyer
    return credits.terms_for(
        account.payee.id, person_id=buyer.person_id, organisation_id=buyer.organisation_id, lock=True
    )


def _decide(terms: CreditTerms, step: CreditStep, fact: type[CreditEvent], reason: str, by: Any) -> None:
    db.session.add(
        CreditDecision(
            terms_id=terms.id,
            step=step,
            most=terms.most,
            days=terms.days,
            reason=reason,
            by_id=by.id,
            at=clock.now(),
        )
    )
    db.session.flush()
    announce(fact(terms_id=terms.id, most=int(terms.most), days=terms.days, reason=reason, actor_id=by.id))
