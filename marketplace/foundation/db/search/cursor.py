"""Where a page ended, as an opaque word in the address. A damaged or foreign one means the first page."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from marketplace.foundation.db.search.entry import LONGEST_FACET, NO_PRICE
from marketplace.foundation.db.search.query import LONGEST_TEXT

_LONGEST = 8 * (LONGEST_TEXT + LONGEST_FACET)
_TOP_KEY = (1 << 52) - 1


@dataclass(frozen=True)
class Cursor:
    """The last row shown.

    `place` is its stage, or its price when ordered by price; `key` is its key, or its id when ordered by
    newness. `understood` is the text that was answered when it is not the one typed.
    """

    order: str
    place: int
    key: int
    understood: str | None = None

    def write(self) -> str:
        parts = [self.order, self.place, self.key, self.understood]
        packed = json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read(text: str | None, order: str) -> Cursor | None:
    """The cursor, or None when it is not one of ours or belongs to another order."""
    if not isinstance(text, str) or not text or len(text) > _LONGEST:
        return None
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        kind, place, key, understood = json.loads(packed.decode())
    except (binascii.Error, ValueError, TypeError, RecursionError):
        return None
    sound = (
        kind == order
        and type(place) is int
        and 0 <= place <= NO_PRICE
        and type(key) is int
        and 0 <= key <= _TOP_KEY
        and (understood is None or (isinstance(understood, str) and len(understood) <= LONGEST_TEXT))
    )
    return Cursor(order, place, key, understood) if sound else None
