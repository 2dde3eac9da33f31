"""Reports from a sheet: a line for each cooperative, read by itself, with what is wrong beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import parsing
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.sheets import Table
from marketplace.foundation.text import clean_text, fold
from marketplace.foundation.words import _, _l, in_both
from marketplace.registry import deadlines, figures, queries
from marketplace.registry.figures import Figure, Kind
from marketplace.registry.models import AnnualReport
from marketplace.registry.policies.annual_report import OPEN

MOST_ROWS = 2_000
LONGEST = 2_000
SLUG, NAME, TAX, YEAR = _l("Code (do not change)"), _l("Cooperative"), _l("Tax code"), _l("Year")
BEFORE = _l("Year before: %(figure)s")
MOST_MONEY = 10**14


@dataclass
class Line:
    """One line: whose report of which year, the figures it fills, what is wrong with it, what looks odd."""

    line: int
    told: str
    cooperative: Cooperative | None = None
    year: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


# --- the sheet to fill in ---------------------------------------------------------------------------


def columns() -> list[str]:
    """Who and which year, all figures, then those of the year before, which are only there to compare."""
    before = [str(BEFORE) % {"figure": label} for label in map(_label, figures.NUMBERS)]
    return [str(SLUG), str(NAME), str(TAX), str(YEAR), *map(_label, figures.NAMES), *before]


def rows(cooperatives: Sequence[Cooperative], year: int) -> list[list[Any]]:
    """A line for each, with what is saved already and the figures of the year before; two statements."""
    ids = [each.id for each in cooperatives]
    now, before = (
        queries.annual_report.reports_in(year, ids),
        queries.annual_report.standing_in(year - 1, ids),
    )
    return [_row(each, year, now.get(each.id), before.get(each.id)) for each in cooperatives]


def _row(one: Cooperative, year: int, now: Any, before: Any) -> list[Any]:
    return [
        one.slug,
        one.called,
        one.tax_code,
        year,
        *(getattr(now, name, None) for name in figures.NAMES),
        *(getattr(before, name, None) for name in figures.NUMBERS),
    ]


def _label(name: str) -> str:
    return str(figures.BY_NAME[name].label)


# --- the sheet that comes back ----------------------------------------------------------------------


def header_like(cells: Sequence[str]) -> int:
    return sum(fold(cell) in _titles() for cell in cells)


@lru_cache(maxsize=1)
def _titles() -> Mapping[str, str]:
    """What a title means, in either language. Only the whole title counts: "Year before: Revenue" is not revenue."""
    found: dict[str, str] = {}
    for name, label in (("slug", SLUG), ("name", NAME), ("tax_code", TAX), ("year", YEAR)):
        found |= dict.fromkeys(map(fold, in_both(partial(str, label)).values()), name)
    for figure in figures.FIGURES:
        found |= dict.fromkeys(map(fold, in_both(partial(str, figure.label)).values()), figure.name)
    return found


def read(table: Table, *, only: Cooperative | None = None) -> list[Line]:
    """Every line of the sheet. `only`: the one cooperative whose sheet it is. Raises Refusal without the columns that
    say whose line it is and which year, and for too many lines."""
    if len(table.rows) > MOST_ROWS:
        raise Refusal(_l("At most %(most)s lines in one sheet.", most=MOST_ROWS), field="file")
    places = _places(table.header)
    if "year" not in places or (only is None and not {"slug", "tax_code"} & places.keys()):
        raise Refusal(
            _l("We miss the columns that say which cooperative and which year. Take our sheet as a pattern."),
            field="file",
        )
    cells = [{name: row[place] for name, place in places.items()} for row in table.rows]
    whose = _Whose(cells, only)
    told: set[tuple[int, int]] = set()
    lines = []
    for number, line in zip(table.lines, cells, strict=True):
        lines.append(_line(number, line, whose, told))
    _compare(lines)
    return lines


def _places(header: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, title in enumerate(header):
        name = _titles().get(fold(title))
        if name is not None:
            found.setdefault(name, place)
    return found


class _Whose:
    """Which cooperative a line speaks of: all of them asked for at once."""

    def __init__(self, cells: Iterable[Mapping[str, str]], only: Cooperative | None) -> None:
        self.only = only
        rows = list(cells)
        slugs = {row["slug"] for row in rows if row.get("slug")}
        codes = {row["tax_code"] for row in rows if row.get("tax_code")}
        found = [only] if only is not None else list(queries.annual_report.chosen(slugs, codes))
        self.by_slug = {each.slug: each for each in found}
        self.by_code: dict[str, list[Cooperative]] = {}
        for each in found:
            self.by_code.setdefault(each.tax_code, []).append(each)

    def find(self, cells: Mapping[str, str]) -> Cooperative:
        """Raises ValueError with a sentence."""
        slug, code = cells.get("slug", ""), cells.get("tax_code", "")
        if slug in self.by_slug:
            return self.by_slug[slug]
        alike = self.by_code.get(code, []) if code and not slug else []
        if len(alike) == 1:
            return alike[0]
        if self.only is not None and not slug and not code:
            return self.only
        if len(alike) > 1:
            raise ValueError(_("several cooperatives have the tax code %(code)s", code=code))
        raise ValueError(_("no cooperative is called %(name)s here", name=(slug or code or "?")[:40]))


def _line(number: int, cells: Mapping[str, str], whose: _Whose, told: set[tuple[int, int]]) -> Line:
    line = Line(number, (cells.get("name") or cells.get("slug") or cells.get("tax_code") or "")[:120])
    try:
        line.cooperative = whose.find(cells)
        line.told = line.cooperative.called
    except ValueError as problem:
        line.wrong.append(str(problem))
    try:
        line.year = _year(cells["year"])
    except ValueError as problem:
        line.wrong.append(str(problem))
    for figure in figures.FIGURES:
        written = cells.get(figure.name, "")
        if written:
            try:
                line.values[figure.name] = _read(figure, written)
            except ValueError as problem:
                line.wrong.append(f"{figure.label}: {problem} (“{written[:40]}”)")
    if line.cooperative is not None and line.year is not None:
        key = (line.cooperative.id, line.year)
        if key in told:
            line.wrong.append(_("this cooperative and year stand in the sheet twice"))
        told.add(key)
    return line


def _compare(lines: Sequence[Line]) -> None:
    """With what is saved, and with the year before: two statements for each year of the sheet."""
    by_year: dict[int, list[Line]] = {}
    for line in lines:
        if line.cooperative is not None and line.year is not None:
            by_year.setdefault(line.year, []).append(line)
    for year, those in by_year.items():
        ids = [line.cooperative.id for line in those if line.cooperative is not None]
        saved = queries.annual_report.reports_in(year, ids)
        before = queries.annual_report.standing_in(year - 1, ids)
        for line in those:
            assert line.cooperative is not None, "only lines of somebody are compared"
            _judge(line, saved.get(line.cooperative.id), before.get(line.cooperative.id))


def _judge(line: Line, saved: AnnualReport | None, before: Any) -> None:
    if saved is not None and saved.state not in OPEN:
        line.wrong.append(_("is handed in already: begin a correction there"))
    whole = {**(figures.values_of(saved) if saved is not None else {}), **line.values}
    line.wrong += figures.impossible(whole).values()
    line.odd = list(figures.odd(whole, figures.values_of(before) if before is not None else None).values())
    line.missing = [_label(name) for name in figures.missing(whole)]


def _year(cell: str) -> int:
    try:
        year = parsing.parse_integer(cell)
    except parsing.ParseError as error:
        raise ValueError(_("the year is not readable")) from error
    if year not in deadlines.years(most=12):
        raise ValueError(_("%(year)s cannot be reported now", year=year))
    return year


def _read(figure: Figure, cell: str) -> Any:
    return READERS[figure.kind](cell)


def _count(cell: str) -> int:
    try:
        return parsing.parse_integer(cell, maximum=10_000_000)
    except parsing.ParseError as error:
        raise ValueError(_("not a whole number")) from error


def _money(cell: str, *, negative: bool = False) -> Money:
    try:
        return parsing.parse_money(cell, allow_negative=negative, maximum=MOST_MONEY)
    except parsing.ParseError as error:
        raise ValueError(_("not a sum in đồng")) from error


READERS: Mapping[Kind, Callable[[str], Any]] = {
    Kind.COUNT: _count,
    Kind.MONEY: _money,
    Kind.SIGNED: lambda cell: _money(cell, negative=True),
    Kind.WORDS: lambda cell: clean_text(cell)[:LONGEST],
}
