"""A cooperative's account at the card company."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from marketplace import config
from marketplace.accounts.models import Organisation
from marketplace.cards import queries
from marketplace.cards.events import CardAccountBegun, CardAccountReady, CardAccountStopped
from marketplace.cards.models import CardAccount
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l

MOST_NEEDED = 40


def begin_account(*, organisation: Organisation, by: Any) -> CardAccount:
    """The director wants to take cards; asked twice, it is the same account."""
    settings = config.current()
    if not settings.cards or settings.cards_collected:
        raise Refusal(_l("Card payments of cooperatives are not switched on here. Please ask the alliance."))
    if (known := queries.account_of(organisation.id)) is not None:
        return known
    account = CardAccount(ref=random_ref(), organisation=organisation, begun_at=clock.now(), needed=[])
    db.session.add(account)
    db.session.flush()
    announce(CardAccountBegun(organisation_id=organisation.id, actor_id=by.id))
    return account


def account_made(*, account: CardAccount, told: Mapping[str, Any]) -> None:
    """The company was asked, and says how it stands now."""
    account.stripe_id = account.stripe_id or str(told["id"])
    _stands(account, told, clock.now())


def account_told(*, account: CardAccount, told: Mapping[str, Any], at: dt.datetime) -> None:
    """News of it; what is older than what we know changes nothing. The company tells whole seconds."""
    if account.told_at is None or at >= account.told_at.replace(microsecond=0):
        _stands(account, told, at)


def _stands(account: CardAccount, told: Mapping[str, Any], at: dt.datetime) -> None:
    before = account.charges_enabled
    requirements = told.get("requirements") or {}
    needed = [*(requirements.get("past_due") or []), *(requirements.get("currently_due") or [])]
    account.charges_enabled = told.get("charges_enabled") is True
    account.submitted = told.get("details_submitted") is True
    account.needed = [str(name)[:120] for name in dict.fromkeys(needed)][:MOST_NEEDED]
    account.told_at = at
    db.session.flush()
    if account.charges_enabled != before:
        kind = CardAccountReady if account.charges_enabled else CardAccountStopped
        announce(kind(organisation_id=account.organisation_id))
