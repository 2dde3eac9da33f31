"""How values are shown in templates, in the reader's language."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask
from jinja2.runtime import Macro

from marketplace.foundation import clock, formats, parsing, reference
from marketplace.foundation.web.locale import locale


def install(app: Flask) -> None:
    for name in ("vnd", "number", "weight", "vnd_short", "date", "weekday_date", "months_phrase"):
        app.jinja_env.filters[name] = _spoken(getattr(formats, name))
    app.jinja_env.filters.update(
        amount=lambda quantity, unit: formats.amount(quantity, unit, locale()),
        unit_name=lambda unit: formats.unit_name(unit, locale()),
        date_time=lambda at: formats.date_time(at, locale()),
        time=lambda at: formats.time(at, locale()),
        left=lambda at: formats.left(at, clock.now(), locale()),
        ago=lambda at: formats.ago(at, clock.now(), locale()),
        phone=parsing.show_phone,
        spoken_code=reference.spoken_code,
    )
    app.jinja_env.globals.update(now=clock.now, today=clock.today, once=_once)


def _spoken(show: Any) -> Any:
    return lambda value: "" if value is None else show(value, locale())


def _once(macro: Macro, most: int = 4096) -> Any:
    """A macro whose answer depends on its arguments and the language alone, rendered once for each of them.

    A long piece is kept for the `most` latest arguments only.
    """

    @lru_cache(maxsize=most)
    def kept(_language: str, *values: Any) -> Any:
        return macro(*values)

    return lambda *values: kept(locale(), *(tuple(v) if isinstance(v, list) else v for v in values))
