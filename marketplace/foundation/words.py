"""Words for people: English is the source, the reader's language is chosen when they are shown."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext, lazy_ngettext, ngettext

_ = gettext
_l = lazy_gettext
_n = ngettext
_ln = lazy_ngettext

__all__ = ["_", "_l", "_ln", "_n", "in_language", "pick"]


def in_language(locale: str) -> Any:
    """Within this block words come in `locale`: a letter is written in its reader's language."""
    from flask_babel import force_locale

    return force_locale(locale)


def pick(vi: str, en: str) -> str:
    """The name in the reader's language; Vietnamese when no English was given."""
    from flask_babel import get_locale

    chosen = get_locale()
    return en if en and chosen is not None and chosen.language == "en" else vi
