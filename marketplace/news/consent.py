"""What somebody agrees to who asks for the newsletter. A new wording is a new version."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.words import _l

CURRENT = "newsletter-1"
TEXTS: dict[str, Any] = {
    "newsletter-1": _l(
        "I agree that the alliance keeps this address to send me its newsletter, and for nothing else. "
        "I can end it at any time."
    )
}
