"""The code of a pass: twelve clear signs, made from the pass by the shop's key, with a check sign at the end.

Whoever has neither the key nor the paper cannot make one; the database and the devices know only its hash.
"""

from __future__ import annotations

import hashlib
import hmac

from itsdangerous import BadData, URLSafeSerializer

from marketplace import config
from marketplace.fairs.models import FairPass
from marketplace.foundation.reference import read_short_code, short_code

SIGNS = 29
LEAST = SIGNS**10
"""The smallest number that takes eleven signs."""
LENGTH = 12


def code_of(fair_pass: FairPass) -> str:
    return make(fair_pass.ref, fair_pass.version)


def make(ref: str, version: int) -> str:
    """The code of a pass with this ref and version."""
    told = f"fairs.pass:{ref}:{version}".encode()
    signed = hmac.digest(config.current().secret_key.encode(), told, "sha256")
    return short_code(LEAST + int.from_bytes(signed) % (SIGNS**11 - LEAST))


def spoken(code: str) -> str:
    """As it is printed: three groups of four."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def read(typed: str) -> str | None:
    """A code as somebody typed it, or None when it cannot be one of ours."""
    code = "".join(sign for sign in typed.upper() if sign.isalnum())
    return code if len(code) == LENGTH and read_short_code(code) is not None else None


def hash_of(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()[:32]


def path_for(fair_pass: FairPass) -> str:
    """The page of a pass, for whoever holds its link."""
    return f"/fairs/passes/{_serializer().dumps([fair_pass.ref, fair_pass.version])}"


def named_in(key: str) -> tuple[str, int] | None:
    """(ref, version) that a link names, or None."""
    try:
        ref, version = _serializer().loads(key)
    except (BadData, ValueError, TypeError):
        return None
    return str(ref), int(version)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(config.current().secret_key, salt="fairs.pass")
