"""What a visitor agrees to before a stand writes down who they are. A new wording is a new version."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.words import _l

CURRENT = "stand-1"
TEXTS: dict[str, Any] = {
    "stand-1": _l(
        "I agree that this exhibitor keeps my name and how to reach me, to write to me about its goods."
        " I can have it deleted at any time."
    )
}
