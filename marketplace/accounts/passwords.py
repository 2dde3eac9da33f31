"""Argon2id, with a cost from the settings; and passwords too common to be taken."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from marketplace import config
from marketplace.foundation.text import fold

SHORTEST, LONGEST = 8, 256
# The most used ones of public lists, folded; Vietnamese favourites included.
COMMON = frozenset(
    (
        "12345678",
        "123456789",
        "1234567890",
        "password",
        "password1",
        "qwerty123",
        "qwertyui",
        "11111111",
        "00000000",
        "88888888",
        "66666666",
        "99999999",
        "abc12345",
        "abcd1234",
        "1q2w3e4r",
        "iloveyou",
        "sunshine",
        "princess",
        "football",
        "baseball",
        "superman",
        "trustno1",
        "welcome1",
        "matkhau1",
        "matkhau123",
        "anhyeuem",
        "emyeuanh",
        "yeuemnhieu",
        "vietnam1",
        "vietnam123",
        "haiduong1",
        "haiduong123",
        "haiphong1",
        "hoptacxa",
        "hoptacxa1",
        "nongsan1",
        "nongdan1",
        "concac123",
        "123123123",
        "123321123",
        "12341234",
        "11223344",
        "123456aa",
        "a1234567",
        "aa123456",
        "a123456789",
        "1234qwer",
        "qwer1234",
        "asdfghjk",
        "zxcvbnm1",
        "87654321",
        "147258369",
        "987654321",
        "0123456789",
        "01234567",
        "12121212",
        "abcdefgh",
        "1qaz2wsx",
        "dragon123",
        "monkey123",
        "letmein1",
        "master123",
        "admin123",
        "administrator",
    )
)


@cache
def _hasher(cost: int) -> PasswordHasher:
    if cost <= 1:
        return PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
    return PasswordHasher(time_cost=cost, memory_cost=32 * 1024, parallelism=1)


def hasher() -> PasswordHasher:
    return _hasher(config.current().password_cost)


@cache
def _dummy(cost: int) -> str:
    return _hasher(cost).hash("nobody's password")


def make_hash(password: str) -> str:
    return hasher().hash(password)


def fits(password: str, hashed: str | None) -> bool:
    """Whether the password is right; as slow for an unknown person as for a known one."""
    try:
        hasher().verify(hashed or _dummy(config.current().password_cost), password)
    except (VerificationError, InvalidHashError):
        return False
    return hashed is not None


def is_stale(hashed: str) -> bool:
    return hasher().check_needs_rehash(hashed)


def is_common(password: str, *own_words: str) -> bool:
    """On the list of common ones, or the person's own phone, e-mail or name."""
    plain = fold(password).replace(" ", "")
    own = {fold(word).replace(" ", "") for word in own_words if word}
    return plain in COMMON or plain in own or len(set(plain)) < 3
