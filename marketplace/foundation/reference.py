"""Names for things: unguessable ones for addresses, typable ones for transfers, counted ones for paper."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import Random

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_CLEAR = "23456789ABCDEFGHJKMNPQRSTVWXY"
"""No 0 O, 1 I L, U V pairs and no 2 Z: 29 signs that a voice on the phone and a poor print keep apart."""
_ALNUM = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_RANDOM_SIGNS = 9
_PREFIX = re.compile(r"[A-Z]{2,6}", re.ASCII)
_REFERENCE = re.compile(rf"[A-Z]{{2,6}}[{_CLEAR}]{{{_RANDOM_SIGNS + 1}}}", re.ASCII)
_NUMBER_PREFIX = re.compile(r"[A-Z0-9]{1,6}", re.ASCII)

_source: ContextVar[Random | None] = ContextVar("references_drawn_from", default=None)


@contextmanager
def drawn_from(source: Random) -> Iterator[None]:
    """Inside this block names come from `source`: for an invented history that must come out the same again, never
    for one that somebody else could reach."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


def _chance() -> Random:
    return _source.get() or secrets.SystemRandom()


def random_ref(*, upper: bool = False) -> str:
    """130 random bits as 26 signs of Crockford's base 32: an address nobody can guess."""
    bits = _chance().getrandbits(130)
    ref = "".join(_CROCKFORD[bits >> shift & 31] for shift in range(0, 130, 5))
    return ref.upper() if upper else ref


def spoken_code(ref: str) -> str:
    """The beginning of a random ref as a code to say on the phone: "7K3M-9QXT-B2HD", sixty bits."""
    return "-".join(ref[at : at + 4].upper() for at in (0, 4, 8))


def ref_begins(code: str) -> str | None:
    """What a ref begins with, as a spoken code says it in any writing (O for 0, I and L for 1), or None."""
    plain = re.sub(r"[\s.-]", "", code).lower().translate(str.maketrans("oil", "011"))
    return plain if len(plain) == 12 and set(plain) <= set(_CROCKFORD) else None


def payment_reference(prefix: str) -> str:
    """A text for a bank transfer: prefix (2 to 6 capitals), nine random signs, one check sign.

    12 to 16 signs of A–Z 0–9 (transfers take 19). At least one random sign is a digit, so that no word is
    ever taken for a reference. Raises ValueError for another kind of prefix.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"a prefix is 2 to 6 capital letters, not {prefix[:20]!r}")
    while True:
        body = prefix + "".join(_chance().choice(_CLEAR) for _ in range(_RANDOM_SIGNS))
        check = _check_sign(body)
        if check in _CLEAR and _has_digit(body):
            return body + check


def check_ok(ref: str) -> bool:
    """Whether this could be a reference of ours: right shape, and the check sign fits.

    ISO/IEC 7064 MOD 37,36: any one wrong sign is noticed, and nearly every swap of two neighbours.
    """
    return bool(_REFERENCE.fullmatch(ref)) and _has_digit(ref[:-1]) and _check_sign(ref[:-1]) == ref[-1]


def human_number(prefix: str, year: int, n: int) -> str:
    """A number for paper, counted by year: DL-2026-000127."""
    if not _NUMBER_PREFIX.fullmatch(prefix) or n < 1 or not 2000 <= year <= 9999:
        raise ValueError(f"not a document number: {prefix[:20]!r} {year} {n}")
    return f"{prefix}-{year}-{n:06d}"


def short_code(n: int) -> str:
    """The number of a lot as five clear signs or more, the last one a check; see `read_short_code`."""
    if n < 0:
        raise ValueError("a lot has no negative number")
    signs = ""
    rest = n
    while rest or len(signs) < 4:
        rest, sign = divmod(rest, len(_CLEAR))
        signs = _CLEAR[sign] + signs
    return signs + _weighted_sign(signs)


def read_short_code(code: str) -> int | None:
    """The number behind a short code as somebody typed it, or None when a sign is wrong."""
    signs = code.strip().upper()
    if not 5 <= len(signs) <= 16 or not set(signs) <= set(_CLEAR) or _weighted_sign(signs[:-1]) != signs[-1]:
        return None
    n = 0
    for sign in signs[:-1]:
        n = n * len(_CLEAR) + _CLEAR.index(sign)
    return n


def _has_digit(body: str) -> bool:
    return any(sign.isdigit() for sign in body[-_RANDOM_SIGNS:])


def _check_sign(body: str) -> str:
    product = 36
    for sign in body:
        total = (product + _ALNUM.index(sign)) % 36 or 36
        product = total * 2 % 37
    return _ALNUM[(37 - product) % 36]


def _weighted_sign(signs: str) -> str:
    """A weighted sum in a prime alphabet: every wrong sign and every swap of neighbours changes it."""
    total = sum((place + 2) * _CLEAR.index(sign) for place, sign in enumerate(reversed(signs)))
    return _CLEAR[-total % len(_CLEAR)]
