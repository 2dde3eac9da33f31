"""Keys that letters carry. While a letter waits, the outbox holds a mark; the key is cut when the letter leaves.

So neither the database, nor a copy of it, nor whoever reads the outbox holds a key that opens anything.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets

from marketplace import config

MARK = re.compile(r"\[\[([0-9a-f]{64})\]\]")


def fresh() -> tuple[str, str]:
    """A mark for the letter, and the hash of the key that will stand in its place."""
    seed = secrets.token_hex(32)
    return f"[[{seed}]]", hash_of(_key(seed))


def hash_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def cut(text: str) -> str:
    """The text with a key in place of each mark."""
    return MARK.sub(lambda found: _key(found[1]), text)


def _key(seed: str) -> str:
    """43 signs that only the holder of the shop's secret can make of the seed."""
    secret = config.current().secret_key.encode()
    digest = hmac.digest(secret, b"mail.keys:" + bytes.fromhex(seed), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
