"""The secret by which a bank-notification service tells money, and what it tells."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer

from marketplace import config
from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.payments.events import BankFeedRenewed, BankLineWaits
from marketplace.payments.models import BankFeed, BankLine
from marketplace.payments.movements import Movement
from marketplace.payments.queries import bank_lines as queries
from marketplace.payments.services import bank_lines
from marketplace.payments.states import LineState

TOKEN_SECONDS = 600


def renew(*, organisation_id: int, by: Any) -> tuple[BankFeed, str]:
    """A new secret, told this once; the old one opens nothing from now on. The address stays."""
    if organisation_id not in by.organisation_ids:
        raise Refusal(_l("Only the payee can do this."))
    secret = secrets.token_urlsafe(32)
    feed = queries.feed_of(organisation_id)
    if feed is None:
        feed = BankFeed(organisation_id=organisation_id, key=random_ref())
        db.session.add(feed)
    feed.secret_hash, feed.made_by_id, feed.made_at = _digest(secret), by.id, clock.now()
    db.session.flush()
    announce(BankFeedRenewed(organisation_id=organisation_id, actor_id=by.id))
    return feed, secret


def opens(feed: BankFeed, said: Sequence[str]) -> bool:
    """Whether one of these words is the secret, compared in the same time whatever it is, or a token that it got."""
    right = [hmac.compare_digest(_digest(word), feed.secret_hash) for word in said]
    return any(right) or any(_is_token(feed, word) for word in said)


def token_for(feed: BankFeed) -> str:
    """A pass for some minutes, for services that ask for one first. A new secret ends it."""
    return str(_passes().dumps([feed.key, _digest(feed.secret_hash)]))


def _is_token(feed: BankFeed, word: str) -> bool:
    try:
        return bool(_passes().loads(word, max_age=TOKEN_SECONDS) == [feed.key, _digest(feed.secret_hash)])
    except BadData:
        return False


def _passes() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(config.current().secret_key, salt="bank-feed")


def take(*, feed: BankFeed, account: str, movement: Movement) -> BankLine:
    """Enter a credit that a service tells, and match it. The same again changes nothing.

    Raises Refusal for an account that is not the payee's.
    """
    own = next((own for own in cooperatives.accounts_of(feed.organisation_id) if own.number == account), None)
    if own is None:
        raise Refusal(_l("This account is not one of the payee's."), field="account")
    book = bank_lines.book_of(organisation_id=feed.organisation_id, bin=own.bin, number=own.number)
    [(line, new)] = bank_lines.enter(book=book, movements=[movement])
    if new:
        bank_lines.match(lines=[line])
        if line.state is LineState.OPEN:
            announce(BankLineWaits(line_id=line.id, amount=int(line.amount)))
    return line


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
