"""How large a cooperative is by dated rules. Where a figure that decides is not known, the answer is not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from marketplace.cooperatives.states import Sector
from marketplace.registry.states.size_class import Branch, Size

BRANCHES = {
    Sector.AGRICULTURE: Branch.AGRICULTURE,
    Sector.CRAFT: Branch.INDUSTRY,
    Sector.CONSTRUCTION: Branch.INDUSTRY,
}
"""All other sectors are trade and services."""


@dataclass(frozen=True)
class Measured:
    """The inputs, as the report of the year tells them; `capital` is all sources of capital, which equal all assets."""

    members: int | None
    revenue: int | None
    capital: int | None


@dataclass(frozen=True)
class Sized:
    """The class, or None where the rules or the figures do not say; `by` is the row that decided."""

    size: Size | None
    branch: Branch
    rules: Any
    by: Any
    measured: Measured


def branch_of(sector: Sector) -> Branch:
    return BRANCHES.get(sector, Branch.SERVICES)


def size_of(rules: Any, sector: Sector, measured: Measured) -> Sized:
    """The first row from the largest down that is met. A row that may be met, for all we know, ends the search."""
    branch = branch_of(sector)
    row = decides(asked(rules, branch), measured)
    return Sized(row.size if row is not None else None, branch, rules, row, measured)


def asked(rules: Any, branch: Branch) -> list[Any]:
    """The rows of a branch, largest first, as long as none is missing between them."""
    rows = rules.rows if rules is not None else ()
    own = {row.size: row for row in rows if row.branch in (branch, Branch.ANY)}
    return [own[size] for size in takewhile(own.__contains__, Size)]


def decides(rows: Iterable[Any], measured: Measured) -> Any:
    """The row that says the size, or None."""
    for row in rows:
        answer = met(row, measured)
        if answer is None:
            return None
        if answer:
            return row
    return None


def met(row: Any, measured: Measured) -> bool | None:
    """Yes, no, or None where a figure that decides is not known."""
    return _all(_least(measured.members, row.members), _either(row, measured))


def _either(row: Any, measured: Measured) -> bool | None:
    if row.revenue is None:
        return True
    revenue, capital = _least(measured.revenue, row.revenue), _least(measured.capital, row.capital)
    if revenue or capital:
        return True
    return False if revenue is False and capital is False else None


def _least(value: int | None, least: int | None) -> bool | None:
    if least is None:
        return True
    return None if value is None else value >= least


def _all(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True
