"""A signed key that proves that a letter reached its address."""

from __future__ import annotations

from itsdangerous import BadData, URLSafeTimedSerializer

from marketplace import config

LASTS = 14 * 24 * 3600


def key_for(ref: str, email: str) -> str:
    """For the link of the letter to this address."""
    return _serializer().dumps([ref, email])


def proves(key: str, ref: str, email: str | None) -> bool:
    """Whether the key went to this address of this person, within two weeks."""
    try:
        return _serializer().loads(key, max_age=LASTS) == [ref, email]
    except BadData:
        return False


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(config.current().secret_key, salt="accounts.email")
