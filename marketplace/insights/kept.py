"""What must be true of what is kept beside the facts: secrets, files, counters, and the goods that left."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator

from sqlalchemy import func, select, text
from sqlalchemy.engine import make_url

from marketplace import config
from marketplace.accounts.models import Invitation, PasswordReset, SignIn
from marketplace.accounts.states import InvitationState
from marketplace.foundation import clock
from marketplace.foundation.audit import AuditEntry, AuditWords
from marketplace.foundation.db import db, schema
from marketplace.foundation.mail import Letter
from marketplace.foundation.media import queries as media
from marketplace.inbox.models import Link
from marketplace.payments.models import BankFeed

KEY = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])", re.ASCII)
"""How every key that opens something is written: 256 bits in letters and digits."""
SWEPT = dt.timedelta(days=3)
"""A file that no row needs is swept away after a day, at the next daily round; the third day is too long."""


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


def _unguarded() -> int:
    return len(schema.unguarded(db.session.connection()))


def _told_secrets() -> int:
    """Texts that stay, in which a secret of the settings stands, or a key that still opens something."""
    secrets, opens = _secrets(), _live_keys()
    return sum(
        any(secret in written for secret in secrets)
        or any(hashlib.sha256(key.encode()).hexdigest() in opens for key in KEY.findall(written))
        for written in _written()
    )


def _secrets() -> set[str]:
    settings = config.current()
    passwords = {
        make_url(url).password
        for url in (settings.database_url, settings.smtp_url, settings.redis_url)
        if url
    }
    told = {settings.secret_key, settings.stripe_secret_key, settings.stripe_webhook_secret}
    return {secret for secret in told | passwords if secret and len(secret) >= 8}


def _live_keys() -> set[str]:
    now = clock.now()
    return set(
        db.session.scalars(
            select(SignIn.token_hash)
            .where(SignIn.ended_at.is_(None), SignIn.good_until > now)
            .union_all(
                select(PasswordReset.token_hash).where(
                    PasswordReset.used_at.is_(None), PasswordReset.expires_at > now
                ),
                select(Invitation.token_hash).where(Invitation.state == InvitationState.OPEN),
                select(Link.key_hash).where(Link.used_at.is_(None), Link.expires_at > now),
                select(BankFeed.secret_hash),
            )
        )
    )


def _written() -> Iterator[str]:
    for query in (select(AuditEntry.data), select(AuditWords.words)):
        for told in db.session.scalars(query.execution_options(yield_per=500)):
            yield str(told)
    letters = select(Letter.subject, Letter.text, Letter.html, Letter.last_error)
    for letter in db.session.execute(letters.execution_options(yield_per=200)):
        yield "\n".join(letter)


def _files() -> int:
    """Files without a row, and rows without a file."""
    strays = sum(1 for _stray in media.stray_files(clock.now() - SWEPT))
    return strays + len(media.lost_files())


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "S7": (
        "what left the stock of a product is what its deliveries sent, and what they sent left it",
        _rows(
            """SELECT s.id FROM stocks s
            LEFT JOIN (SELECT stock_id, SUM(quantity) AS gone FROM stock_moves WHERE kind = 'handed_over'
              GROUP BY stock_id) m ON m.stock_id = s.id
            LEFT JOIN (SELECT c.stock_id, SUM(d.dispatched) AS sent FROM delivery_lines d
              JOIN claims c ON c.id = d.claim_id GROUP BY c.stock_id) d ON d.stock_id = s.id
            WHERE COALESCE(m.gone, 0) + COALESCE(d.sent, 0) <> 0"""
        ),
    ),
    "A3": ("every table that may only be written once refuses to be changed", _unguarded),
    "A9": (
        "what is kept beside what it was counted from says the same: slip numbers, shown prices, the search index",
        _rows(
            """SELECT d.cooperative_id FROM deliveries d LEFT JOIN delivery_counters c
              ON c.cooperative_id = d.cooperative_id AND c.year = CAST(substr(d.number, 4, 4) AS INTEGER)
            GROUP BY d.cooperative_id, substr(d.number, 4, 4), c.last
            HAVING c.last IS NULL OR c.last <> max(CAST(substr(d.number, 9) AS INTEGER))
              OR count(DISTINCT d.number) <> count(*)
            UNION ALL SELECT p.id FROM products p
            LEFT JOIN price_tiers t ON t.product_id = p.id AND t.from_quantity = 0
            WHERE t.id IS NULL OR t.price <> p.price
            UNION ALL SELECT p.id FROM products p JOIN cooperatives c ON c.id = p.cooperative_id
            LEFT JOIN search_products i ON i.id = p.id
            WHERE (p.state = 'published' AND c.state = 'admitted') <> (i.id IS NOT NULL)
              OR i.price <> p.price"""
        ),
    ),
}

LONG: dict[str, tuple[str, Callable[[], int]]] = {
    "A4": ("no secret and no key that opens something stands in history or in a letter", _told_secrets),
    "A6": ("no file without a row that needs it, and no row without its file", _files),
}
"""They read every letter and every file: asked by the command alone."""
