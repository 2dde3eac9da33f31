"""What a computation can be repeated from: its inputs under one hash, and a lottery anybody can draw again."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def hash_of(told: Any) -> str:
    """SHA-256 over the inputs as they are kept (JSON, keys in order)."""
    return hashlib.sha256(json.dumps(told, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def lottery(occasion: str, ticket: str, seed: str) -> str:
    """SHA-256 over "occasion|ticket|seed" in UTF-8; the smaller number goes first."""
    return hashlib.sha256(f"{occasion}|{ticket}|{seed}".encode()).hexdigest()
