"""Our references in what a bank prints: wrapped, glued, cut into pieces, in small letters.

Banks put their own numbers before and after, drop the blanks or add some. So the text is squeezed to letters and
digits and every place in it is tried; the check sign decides, and a charge is found by the whole reference only. A
reference holds nine random signs: what is no reference of ours names no charge of ours.
"""

from __future__ import annotations

import re

from marketplace.foundation.reference import check_ok
from marketplace.foundation.text import ascii_upper, within_one_edit
from marketplace.payments.states import OTHER_PREFIX, PREFIXES

SIGNS = 10
"""Random signs and the check sign, after the prefix."""
_PREFIX = "|".join(sorted({*PREFIXES.values(), OTHER_PREFIX}))
# A look-ahead tries every place, also inside one that was tried.
_PLACES = re.compile(rf"(?=((?:{_PREFIX})[2-9A-Z]{{{SIGNS}}}))", re.ASCII)
ENOUGH = 7
"""So many signs of a reference that was cut off are worth a suggestion."""


def squeezed(text: str) -> str:
    """Only letters and digits, as a bank prints them."""
    return re.sub(r"[^A-Z0-9]", "", ascii_upper(text))


def references_in(text: str) -> list[str]:
    """Everything in the text that could be a reference of ours, each once, in order."""
    found = (match[1] for match in _PLACES.finditer(squeezed(text)))
    return list(dict.fromkeys(ref for ref in found if check_ok(ref)))


def nearly_in(text: str, reference: str) -> bool:
    """Whether the text seems to mean this reference: one sign is wrong or lost, or the end was cut off."""
    plain = squeezed(text)
    length = len(reference)
    if any(plain.endswith(reference[:size]) for size in range(ENOUGH, length)):
        return True
    windows = (plain[at : at + size] for size in (length - 1, length, length + 1) for at in range(len(plain)))
    return any(len(window) >= length - 1 and within_one_edit(window, reference) for window in windows)
