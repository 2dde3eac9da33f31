"""Words of the house that an alliance may say in its own way: those of letters, and a few of public pages.

Whoever writes them registers them here. Which own words hold today is told by `app.extensions["own_words"]`: see
marketplace.alliance.overlay. Own words name what is filled in by braces: “Đơn {number} đã xong”.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from flask import current_app

from marketplace.config import Odd, Rule
from marketplace.foundation.words import LANGUAGES, in_language, language

log = structlog.get_logger()
BRACES = re.compile(r"\{([^{}]*)\}")
PER_CENT = re.compile(r"%\((\w+)\)s|%%")
Said = dict[str, dict[str, str]]
"""Language, part, words: only what differs from the house."""


@dataclass(frozen=True)
class Part:
    """A line (`rows` 1) or some sentences. `house`: lazy words with %(names)s, or nothing that the house says."""

    name: str
    label: Any
    house: Any
    longest: int
    rows: int = 1


@dataclass(frozen=True)
class Wording:
    """Words that belong together; `sample` fills them in for a look, `shown` is the path where they can be read."""

    name: str
    label: Any
    parts: tuple[Part, ...]
    sample: Callable[[], Mapping[str, Any]] = dict
    shown: str = ""
    rule: Rule = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rule", SaidRule(self))

    def part(self, name: str) -> Part:
        return next(part for part in self.parts if part.name == name)

    def houses(self, part: Part, locale: str) -> str:
        """What the house says, with braces."""
        with in_language(locale):
            return PER_CENT.sub(lambda found: f"{{{found[1]}}}" if found[1] else "%", str(part.house))

    def fillings(self) -> list[str]:
        """What may be filled in: all that the house fills in, in either language."""
        found: dict[str, None] = {}
        for part in self.parts:
            for locale in LANGUAGES:
                found |= dict.fromkeys(BRACES.findall(self.houses(part, locale)))
        return list(found)

    def example(self, locale: str) -> dict[str, str]:
        """The fillings with invented contents."""
        with in_language(locale):
            sample = self.sample()
            return {name: str(sample[name]) for name in self.fillings() if name in sample}


class SaidRule(Rule):
    """Own words as JSON: known parts and languages, nothing to fill in that the house does not know."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording

    def read(self, written: str) -> Said:
        try:
            found = json.loads(written)
            pairs = [(locale, *each) for locale, parts in found.items() for each in parts.items()]
        except (ValueError, AttributeError) as odd:
            raise Odd("is no set of words") from odd
        known = {part.name: part for part in self.wording.parts}
        fillings = set(self.wording.fillings())
        for locale, name, words in pairs:
            if locale not in LANGUAGES or name not in known or not isinstance(words, str):
                raise Odd(f"has words for {locale}.{name}, which is not known")
            if len(words) > known[name].longest or odd_fillings(words, fillings):
                raise Odd(f"has words for {locale}.{name} that do not fit")
        return dict(found)

    def write(self, value: Any) -> str:
        kept = {locale: {k: v for k, v in parts.items() if v} for locale, parts in value.items()}
        return json.dumps({k: v for k, v in kept.items() if v}, ensure_ascii=False, sort_keys=True)


WORDINGS: dict[str, Wording] = {}


def register(wording: Wording) -> Wording:
    WORDINGS[wording.name] = wording
    return wording


def odd_fillings(words: str, known: set[str]) -> list[str]:
    """What stands in braces and nobody can fill in; a brace without its other half."""
    odd = [f"{{{name}}}" for name in BRACES.findall(words) if name not in known]
    return odd + sorted(set(re.findall(r"[{}]", BRACES.sub("", words))))


def today(name: str) -> Said:
    """The alliance's own words as of today."""
    ask = current_app.extensions.get("own_words")
    found: Said = ask().get(name, {}) if ask is not None else {}
    return found


def said_otherwise(name: str) -> bool:
    return bool(today(name))


def own(name: str, part: str) -> str:
    """The alliance's own words in the reader's language as of today; empty when the house speaks."""
    return today(name).get(language(), {}).get(part, "")


def filled(words: str, values: Mapping[str, Any]) -> str:
    """Raises KeyError for what was not told."""
    return BRACES.sub(lambda found: str(values[found[1]]), words)


def said(name: str, part: str, house: Any, values: Mapping[str, Any]) -> str:
    """Own words or the house's, filled in, in the reader's language."""
    words = own(name, part)
    if words:
        try:
            return filled(words, values)
        except KeyError as missing:
            log.warning("wording", name=name, part=part, missing=str(missing))
    return str(house) % values if house else ""
