"""Whether the card company sent this, and just now."""

from __future__ import annotations

import json
import re
from typing import Any

from marketplace.foundation import clock

TOLERANCE = 300
_TIME = re.compile(r"(?:^|,)t=([0-9]{1,12})(?:,|$)", re.ASCII)


class NotTheirs(Exception):
    """Unsigned, signed by another, too old, from the future, or no event."""


def read_event(body: bytes, header: str, secret: str) -> dict[str, Any]:
    """The event in a request, once its signature fits and its time is within five minutes of ours, both ways.

    The SDK refuses only what is old; what claims to come from the future could be kept and sent when it pleases.
    """
    import stripe  # half a second, and memory, that only a shop with cards needs

    try:
        stripe.WebhookSignature.verify_header(body, header, secret)
        told = json.loads(body.replace(b"\\u0000", b""))
    except (stripe.SignatureVerificationError, ValueError, TypeError, RecursionError) as problem:
        raise NotTheirs from problem
    sent = _TIME.search(header)
    if sent is None or abs(clock.now().timestamp() - int(sent[1])) > TOLERANCE:
        raise NotTheirs
    if not _is_event(told):
        raise NotTheirs
    return dict(told)


def _is_event(told: Any) -> bool:
    if not isinstance(told, dict) or not all(
        isinstance(told.get(name), str) and told[name] for name in ("id", "type")
    ):
        return False
    data = told.get("data")
    return isinstance(data, dict) and isinstance(data.get("object"), dict)
