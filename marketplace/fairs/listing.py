"""What a device at a gate carries: every pass by its hash, signed with the device's own key.

No name, no phone and no code is on it: whoever finds the phone learns that some stand has some passes.
"""

from __future__ import annotations

import hashlib
import hmac
import json

from marketplace.fairs.models import Gate
from marketplace.fairs.presence import PASS_LABELS
from marketplace.fairs.queries import gate as queries
from marketplace.foundation import clock


def hash_of(key: str) -> str:
    """What is kept of a device's key; also what signs its list, for the device can work it out too."""
    return hashlib.sha256(key.encode()).hexdigest()


def key_fits(gate: Gate, key: str) -> bool:
    return bool(gate.key_hash) and hmac.compare_digest(gate.key_hash, hash_of(key))


def told(gate: Gate) -> dict[str, str]:
    """{"list": the text, "signature": of exactly this text}."""
    fair = gate.fair
    text = json.dumps(
        {
            "fair": fair.name,
            "gate": gate.name,
            "version": queries.list_version(fair),
            "made_at": clock.now().isoformat(),
            "first_day": fair.first_day.isoformat(),
            "last_day": fair.last_day.isoformat(),
            "kinds": {kind.value: str(label) for kind, label in PASS_LABELS.items()},
            "passes": [
                [
                    each.code_hash,
                    each.kind.value,
                    each.label,
                    int(each.revoked_at is not None),
                    int(each.inside),
                ]
                for each in queries.listed(fair)
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return {"list": text, "signature": sign(gate.key_hash, text)}


def sign(key_hash: str, text: str) -> str:
    return hmac.digest(key_hash.encode(), text.encode(), "sha256").hex()
