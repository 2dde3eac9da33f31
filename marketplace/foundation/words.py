"""Words for people: English is the source, the reader's language is chosen when they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, partial
from typing import Any

from babel.support import LazyProxy, NullTranslations, Translations

from marketplace.config import ROOT

LANGUAGES = ("vi", "en")
DEFAULT = "vi"
_chosen: ContextVar[str] = ContextVar("language", default=DEFAULT)


def language() -> str:
    """Of the reader: what the address says, or what `in_language` asks for."""
    return _chosen.get()


@contextmanager
def in_language(chosen: str) -> Iterator[None]:
    """Within this block words come in this language: a letter is written in its reader's."""
    before = _chosen.set(chosen)
    try:
        yield
    finally:
        _chosen.reset(before)


@cache
def _translations(chosen: str) -> NullTranslations:
    return Translations.load(ROOT / "translations", [chosen])


def gettext(text: str, **values: Any) -> str:
    """The text in the reader's language, its %(names)s filled in."""
    said: str = _translations(_chosen.get()).gettext(text)
    return said % values if values else said


def ngettext(one: str, many: str, num: int) -> str:
    """The text for this number of things; its %(names)s still to be filled in."""
    said: str = _translations(_chosen.get()).ngettext(one, many, num)
    return said


def _counted(one: str, many: str, num: int, **values: Any) -> str:
    """The text for this number of things, which it may name as %(num)s."""
    return ngettext(one, many, num) % {"num": num, **values}


_ = gettext
_n = _counted
_l = partial(LazyProxy, gettext, enable_cache=False)
_ln = partial(LazyProxy, _counted, enable_cache=False)

__all__ = [
    "_",
    "_l",
    "_ln",
    "_n",
    "gettext",
    "in_both",
    "in_language",
    "language",
    "later",
    "ngettext",
    "pick",
    "picked_later",
]


def later(say: Callable[..., str], *about: Any) -> Any:
    """What `say` says of these, in the language of whoever reads it in the end."""
    return LazyProxy(say, *about, enable_cache=False)


def pick(vi: str, en: str) -> str:
    """The name in the reader's language; Vietnamese when no English was given."""
    return en if en and _chosen.get() == "en" else vi


def in_both(say: Callable[[], Any]) -> dict[str, str]:
    """Words that depend on the reader's language, in each language, for what is kept as it was said."""
    told = {}
    for each in LANGUAGES:
        with in_language(each):
            told[each] = str(say())
    return told


picked_later = partial(later, pick)
