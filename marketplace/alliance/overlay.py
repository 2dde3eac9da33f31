"""The installation's settings with what the alliance has changed, as they hold today.

Every reader of `config.current()` gets them. They are made once a request, and only anew when something was committed
that public pages show: the version of those pages says so, without a statement on SQLite and by one tiny row on
PostgreSQL (see foundation.web.cache). Outside of a request the version is asked each time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import structlog
from flask import current_app, has_request_context, request

from marketplace.alliance import queries
from marketplace.alliance.known import LOGO, LOGO_RULE
from marketplace.alliance.named import NAMED
from marketplace.alliance.states import DayKind
from marketplace.config import RULES, Odd, Settings
from marketplace.foundation import clock, wording
from marketplace.foundation.wording import WORDINGS

log = structlog.get_logger()
SEEN = "market.settings"
NAMES_IN_ENGLISH = {"alliance_name": "alliance_name_en", "site_name": "site_name_en"}


@dataclass(frozen=True)
class Made:
    """Today's settings, and the words that the alliance says in its own way."""

    settings: Settings
    words: Mapping[str, wording.Said] = field(default_factory=dict)


@dataclass(frozen=True)
class _Known:
    """What was read last, from where, and what was made of it."""

    reader: Any
    version: int
    rows: Sequence[Any]
    days: Sequence[Any]
    found: Settings
    day: dt.date
    made: Made


class Today:
    """Called with the installation's settings; gives today's. `words` are the alliance's own of today."""

    def __init__(self) -> None:
        self.known: _Known | None = None

    def __call__(self, found: Settings) -> Settings:
        return self._seen(found).settings

    def words(self) -> Mapping[str, wording.Said]:
        return self._seen(current_app.extensions["settings"]).words

    def _seen(self, found: Settings) -> Made:
        if not has_request_context():
            return self._made(found)
        seen = request.environ.get(SEEN)
        if seen is None or seen[0] is not found:
            seen = request.environ[SEEN] = found, self._made(found)
        made: Made = seen[1]
        return made

    def _made(self, found: Settings) -> Made:
        reader, known, day = current_app.extensions.get("public_version"), self.known, clock.today()
        if reader is None:
            return Made(found)
        if known is not None and known.reader is not reader:
            known = None
        version = reader()
        if version is None:
            return Made(found) if known is None else known.made
        if known is not None and (known.version, known.day) == (version, day) and known.found is found:
            return known.made
        fresh = known is not None and known.version == version
        rows = known.rows if known is not None and fresh else reader.rows(queries.CHANGES)
        days = known.days if known is not None and fresh else reader.rows(queries.WRITTEN_DAYS)
        if rows is None or days is None:
            return Made(found) if known is None else known.made
        values = queries.values_on(rows, day)
        made = Made(with_days(over(found, values), days), own_words(values))
        self.known = _Known(reader, version, rows, days, found, day, made)
        return made


def with_days(settings: Settings, days: Sequence[Any]) -> Settings:
    """With the closed days that the alliance wrote, and those that it works."""
    if not days:
        return settings
    closed, worked = (queries.each_day(days, kind) for kind in (DayKind.CLOSED, DayKind.WORKED))
    return replace(
        settings,
        holidays=tuple(sorted(closed.union(settings.holidays))),
        worked_days=tuple(sorted(worked.union(settings.worked_days))),
    )


def own_words(values: Mapping[str, str]) -> dict[str, wording.Said]:
    """What of these are words of letters and pages. Those that no longer fit what the house fills in do not count."""
    told: dict[str, wording.Said] = {}
    for name, written in values.items():
        if name in WORDINGS:
            try:
                told[name] = WORDINGS[name].rule.read(written)
            except Odd as odd:
                log.warning("wording", name=name, odd=str(odd))
    return told


def over(found: Settings, values: dict[str, str]) -> Settings:
    """The settings with these written values over them. One that no longer fits its rule does not count.

    An English name goes with its Vietnamese one: when only that was changed, it stands in both languages.
    """
    told: dict[str, Any] = {}
    for name, written in values.items():
        rule = LOGO_RULE if name == LOGO else RULES[name] if name in NAMED else None
        if rule is None:
            continue
        try:
            told[name] = rule.read(written)
        except Odd as odd:
            log.warning("setting", name=name, odd=str(odd))
    for name, english in NAMES_IN_ENGLISH.items():
        if name in told and english not in told:
            told[english] = ""
    return replace(found, **told) if told else found
