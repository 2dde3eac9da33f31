"""A setting's value in words, and the list of all of them as of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from marketplace import config
from marketplace.alliance import queries
from marketplace.alliance.known import LOGO
from marketplace.alliance.models import SettingChange
from marketplace.alliance.named import GROUPS, NAMED, Group, Named
from marketplace.alliance.overlay import over
from marketplace.config import Settings
from marketplace.foundation import formats
from marketplace.foundation.text import fold
from marketplace.foundation.web.locale import locale
from marketplace.foundation.wording import WORDINGS, Said, Wording
from marketplace.foundation.words import _, _l
from marketplace.places import queries as places

LANGUAGES = {"vi": _l("Vietnamese"), "en": _l("English")}


@dataclass(frozen=True)
class Line:
    """A setting as of a day: its value in words, and the change it comes from (None: the installation)."""

    name: str
    named: Named
    words: str
    change: SettingChange | None
    by_installation: bool

    @property
    def told_by(self) -> str:
        if self.change is not None:
            day = formats.date(self.change.from_day, locale())
            return _("since %(day)s: %(reason)s", day=day, reason=self.change.reason)
        return _("set by the installation") if self.by_installation else _("as the market comes")


def groups(found: Settings, day: dt.date, asked: str = "") -> list[tuple[Any, list[Line]]]:
    """All settings of a day under their headings; of a search those that hold its words."""
    changes = queries.in_force_on(day)
    written = {name: row.value for name, row in changes.items() if row.value is not None}
    settings, say = over(found, written), speaker()
    wanted = fold(asked).split()
    gathered: list[tuple[Any, list[Line]]] = []
    for group in Group:
        lines = [
            _line(name, settings, found, changes.get(name), say)
            for name, named in NAMED.items()
            if named.group is group and _fits(named, wanted)
        ]
        if lines:
            gathered.append((GROUPS[group], lines))
    return gathered


def speaker() -> Callable[[str, Any], str]:
    """Says values; asks for the names of provinces once."""
    names: dict[str, str] = {}

    def say(name: str, value: Any) -> str:
        if name == "alliance_provinces" and value and not names:
            names.update(places.provinces())
        return value_words(name, value, names)

    return say


def value_words(name: str, value: Any, provinces: dict[str, str]) -> str:
    named, rule = NAMED[name], config.RULES[name]
    if name == "alliance_provinces":
        return _joined(provinces.get(code, code) for code in value)
    if isinstance(rule, config.Several):
        return _joined(str(named.labels[each]) for each in value)
    if named.labels:
        return str(named.labels[str(value)])
    if isinstance(rule, config.Dates):
        return _joined(formats.date(each, locale()) for each in value)
    if isinstance(rule, config.Days):
        return _joined(map(str, value))
    if isinstance(rule, config.Whole):
        return f"{formats.number(value, locale())} {named.unit}".strip()
    return value or "–"


def written_words(name: str, written: str | None, say: Callable[[str, Any], str]) -> str:
    """What a change says; one without a value goes back to the installation."""
    if name == LOGO:
        return _("its own sign") if written else _("the sign of the house")
    if written is None:
        return _("as the installation says") if name in NAMED else _("the words of the house")
    try:
        if name in WORDINGS:
            return own_words(WORDINGS[name], WORDINGS[name].rule.read(written))
        return say(name, config.RULES[name].read(written))
    except config.Odd:
        return written


def own_words(wording: Wording, said: Said) -> str:
    """Each part that differs from the house, after its name and language."""
    lines = [
        f"{wording.part(part).label} ({LANGUAGES[locale]}): “{words}”"
        for locale, parts in sorted(said.items(), reverse=True)
        for part, words in parts.items()
    ]
    return "\n".join(lines) or _("the words of the house")


def _joined(words: Iterable[str]) -> str:
    return ", ".join(words) or "–"


def _line(
    name: str,
    settings: Settings,
    found: Settings,
    change: SettingChange | None,
    say: Callable[[str, Any], str],
) -> Line:
    if change is not None and change.value is None:
        change = None
    by_installation = getattr(found, name) != getattr(Settings, name)
    return Line(name, NAMED[name], say(name, getattr(settings, name)), change, by_installation)


def _fits(named: Named, wanted: list[str]) -> bool:
    words = fold(f"{named.label} {named.help} {GROUPS[named.group]} {named.law}")
    return all(word in words for word in wanted)
