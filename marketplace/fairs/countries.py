"""Countries by their two letters, as CLDR calls them in the reader's language; those nearest to our trade first."""

from __future__ import annotations

from functools import cache

from babel import Locale

from marketplace.foundation.text import sort_key
from marketplace.foundation.words import language

FIRST = ("VN", "CN", "JP", "KR", "US", "TH", "SG", "MY", "AE", "DE", "NL", "FR")


def countries() -> list[tuple[str, str]]:
    return _in(language())


def country(code: str) -> str:
    """Its name, or the letters where nobody has one."""
    return dict(_in(language())).get(code, code)


@cache
def _in(spoken: str) -> list[tuple[str, str]]:
    names = {
        code: name
        for code, name in Locale.parse(spoken).territories.items()
        if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
    }
    others = sorted((code for code in names if code not in FIRST), key=lambda code: sort_key(names[code]))
    return [(code, names[code]) for code in (*FIRST, *others)]
