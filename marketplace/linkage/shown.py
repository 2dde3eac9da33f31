"""How values of a contract are shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from marketplace.catalogue import grading
from marketplace.foundation import formats
from marketplace.foundation.calendar import Week
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, in_both, pick
from marketplace.linkage import contract_grades
from marketplace.linkage.terms import Term, TermKind

FIGURES = (Decimal, Money, int, dt.date, dt.time)


def term_value(value: Any, term: Term) -> str:
    """A value of a term as people read it; a default text in the reader's language."""
    if value in (None, ""):
        return "–"
    told = _TOLD.get(term.kind)
    return told(value, term) if told is not None else _words(value, term)


def _words(value: Any, term: Term) -> str:
    """What somebody wrote; a default that nobody changed reads in either language."""
    if term.default is not None and str(value) == in_both(lambda: term.default)["vi"]:
        return str(term.default)
    return str(value)


_TOLD: dict[TermKind, Callable[[Any, Term], str]] = {
    TermKind.MONEY: lambda value, _term: formats.vnd(value, locale()),
    TermKind.PERCENT: lambda value, _term: formats.percent(value, locale()),
    TermKind.WEIGHT: lambda value, _term: formats.weight(value, locale()),
    TermKind.DAY: lambda value, _term: formats.date(value, locale()),
    TermKind.TIME: lambda value, _term: formats.clock_time(value),
    TermKind.CHOICE: lambda value, term: str(term.choices.get(value, value)),
    TermKind.TICK: lambda value, _term: _("yes") if value else _("no"),
    TermKind.BOARD: lambda value, _term: pick(**value["words"]),
    TermKind.WHOLE: lambda value, _term: formats.number(value, locale()),
}


def week_told(week: str) -> str:
    """ "2027-W09" as people say it."""
    at = Week.parse(week)
    return _("Week %(week)s, from %(day)s", week=at.week, day=formats.date(at.start, locale()))


def row_words(row: dict[str, Any], section: str, lines: list[dict[str, Any]]) -> str:
    """A row of a section's table in one line."""
    return _ROWS[section](row, lines)


def _goods(row: dict[str, Any], _lines: list[dict[str, Any]]) -> str:
    area = f"{formats.number(row['area_ha'], locale())} ha" if row["area_ha"] else ""
    return " · ".join(filter(None, (row["name"], row["variety"], area, row["grade_words"])))


def _span(row: dict[str, Any], lines: list[dict[str, Any]]) -> str:
    name = lines[row["goods"]]["name"] if row["goods"] < len(lines) else ""
    each = _("each day") if row["each"] == "day" else _("each week")
    weight = formats.weight(row["quantity"], locale())
    return f"{name}: {formats.day_span(row['first'], row['last'], locale())}, {weight} {each}"


def _grade(row: dict[str, Any], _lines: list[dict[str, Any]]) -> str:
    price = formats.vnd(row["price"], locale()) if row["price"] else _("by the market")
    ceiling = _(", at the most %(sum)s", sum=formats.vnd(row["ceiling"], locale())) if row["ceiling"] else ""
    share = (
        _(", %(rate)s of the market price", rate=formats.percent(row["of_market"], locale()))
        if row["of_market"] != 100
        else ""
    )
    asked = "; ".join(grading.lines_of(row.get("spec") or {}))
    return f"{contract_grades.called(row)}{f' ({asked})' if asked else ''}: {price}{ceiling}{share}"


def _input(row: dict[str, Any], _lines: list[dict[str, Any]]) -> str:
    day = formats.date(row["given_on"], locale()) if row["given_on"] else ""
    parts = (row["item"], row["amount"], formats.vnd(row["value"], locale()), day)
    return " · ".join(filter(None, parts))


_ROWS = {"goods": _goods, "quantity": _span, "price": _grade, "advance": _input}


def both(words: Any) -> dict[str, str]:
    """Lazy words in each language."""
    return in_both(lambda: words)


def both_values(value: Any, term: Term) -> dict[str, str]:
    """A value in each language; figures read alike."""
    told = in_both(lambda: term_value(value, term))
    return {"vi": told["vi"], "en": told["vi"]} if isinstance(value, FIGURES) else told
