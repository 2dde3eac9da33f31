"""The installation's settings with what the alliance has changed, as they hold today.

Every reader of `config.current()` gets them. They are made once a request, and only anew when something was committed
that public pages show: the version of those pages says so, without a statement on SQLite and by one tiny row on
PostgreSQL (see foundation.web.cache). Outside of a request the version is asked each time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import structlog
from flask import current_app, has_request_context, request

from marketplace.alliance import queries
from marketplace.alliance.named import NAMED
from marketplace.config import RULES, Odd, Settings
from marketplace.foundation import clock

log = structlog.get_logger()
SEEN = "market.settings"
NAMES_IN_ENGLISH = {"alliance_name": "alliance_name_en", "site_name": "site_name_en"}


@dataclass(frozen=True)
class _Known:
    """What was read last, from where, and what was made of it."""

    reader: Any
    version: int
    rows: Sequence[Any]
    found: Settings
    day: dt.date
    made: Settings


class Today:
    """Called with the installation's settings; gives today's."""

    def __init__(self) -> None:
        self.known: _Known | None = None

    def __call__(self, found: Settings) -> Settings:
        if not has_request_context():
            return self._made(found)
        seen = request.environ.get(SEEN)
        if seen is None or seen[0] is not found:
            seen = request.environ[SEEN] = found, self._made(found)
        made: Settings = seen[1]
        return made

    def _made(self, found: Settings) -> Settings:
        reader, known, day = current_app.extensions.get("public_version"), self.known, clock.today()
        if reader is None:
            return found
        if known is not None and known.reader is not reader:
            known = None
        version = reader()
        if version is None:
            return found if known is None else known.made
        if known is not None and (known.version, known.day) == (version, day) and known.found is found:
            return known.made
        rows = known.rows if known is not None and known.version == version else reader.rows(queries.CHANGES)
        if rows is None:
            return found if known is None else known.made
        made = over(found, queries.values_on(rows, day))
        self.known = _Known(reader, version, rows, found, day, made)
        return made


def over(found: Settings, values: dict[str, str]) -> Settings:
    """The settings with these written values over them. One that no longer fits its rule does not count.

    An English name goes with its Vietnamese one: when only that was changed, it stands in both languages.
    """
    told: dict[str, Any] = {}
    for name, written in values.items():
        if name not in NAMED:
            continue
        try:
            told[name] = RULES[name].read(written)
        except Odd as odd:
            log.warning("setting", name=name, odd=str(odd))
    for name, english in NAMES_IN_ENGLISH.items():
        if name in told and english not in told:
            told[english] = ""
    return replace(found, **told) if told else found
