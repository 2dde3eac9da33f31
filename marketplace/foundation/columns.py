"""What the columns of somebody's sheet mean: guessed from their titles, remembered, read cell by cell."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.foundation.errors import Refusal
from marketplace.foundation.sheets import Table
from marketplace.foundation.text import fold
from marketplace.foundation.words import _, _l

LONGEST_TITLE = 160


@dataclass(frozen=True)
class Column:
    """A field: its name on the page, how titles call it, how a cell under a title is read (or a ValueError)."""

    name: str
    label: Any
    guesses: tuple[str, ...]
    read: Callable[[str, str], Any]


class Columns:
    """The fields that a sheet of one kind may hold."""

    def __init__(self, *columns: Column) -> None:
        self.all = columns
        self.by_name = {column.name: column for column in columns}

    def guess(self, header: Sequence[str], remembered: Mapping[str, str]) -> dict[str, str]:
        """Column number (as text) → field: what was chosen for this title last time, else what it most looks like."""
        found: dict[str, str] = {}
        for place, title in enumerate(header):
            name = remembered.get(known_title(title)) or self.looks_like(title)
            if name and name not in found.values():
                found[str(place)] = name
        return found

    def looks_like(self, title: str) -> str:
        """The field that this title most likely means, or nothing."""
        plain, best = fold(title), (0, "")
        for column in self.all:
            for guess in column.guesses:
                if plain == guess:
                    best = max(best, (1000, column.name))
                elif plain.startswith(f"{guess} ") or f" {guess} " in f" {plain} ":
                    best = max(best, (len(guess), column.name))
        return best[1]

    def chosen(self, header: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
        """What a person chose, as far as it makes sense. Raises Refusal where two columns mean the same."""
        wanted = {
            place: name for place, name in chosen.items() if name in self.by_name and int(place) < len(header)
        }
        if len(set(wanted.values())) < len(wanted):
            raise Refusal(_l("Two columns cannot mean the same: please choose one of them."))
        return wanted

    def read(
        self, cells: Sequence[str], header: Sequence[str], mapping: Mapping[str, Any]
    ) -> tuple[dict[str, Any], list[str]]:
        """Field → value of the filled cells, and a sentence for each cell that is wrong."""
        values: dict[str, Any] = {}
        wrong: list[str] = []
        for place, name in mapping.items():
            if name not in self.by_name or not cells[int(place)]:
                continue
            try:
                values[name] = self.by_name[name].read(cells[int(place)], str(header[int(place)]))
            except ValueError as problem:
                wrong.append(f"{self.by_name[name].label}: {problem} (“{cells[int(place)][:40]}”)")
        return values, wrong

    def used(self, mapping: Mapping[str, Any]) -> list[tuple[int, Any]]:
        """(column number, label) of the columns that mean something."""
        return [(int(i), self.by_name[n].label) for i, n in mapping.items() if n in self.by_name]


def known_title(title: str) -> str:
    """A title as it is remembered."""
    return fold(title)[:LONGEST_TITLE]


def remembered_from(header: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Title → field ("" is left out on purpose), to be remembered."""
    titles = enumerate(map(known_title, header))
    return {title: mapping.get(str(place), "") for place, title in titles if title}


def too_long(longest: int) -> ValueError:
    return ValueError(_("longer than %(n)s characters", n=longest))


def keep(table: Table) -> str:
    """What was read, for the way through the preview and back."""
    return json.dumps([table.header, table.rows, table.lines], ensure_ascii=False, separators=(",", ":"))


def kept(text: str) -> Table:
    """What `keep` wrote; Refusal for anything else."""
    try:
        header, rows, lines = json.loads(text)
        table = Table(
            [str(t) for t in header], [[str(c) for c in row] for row in rows], [int(n) for n in lines]
        )
        if len(table.rows) != len(table.lines) or any(len(row) != len(header) for row in table.rows):
            raise ValueError
    except (ValueError, TypeError) as garbled:
        raise Refusal(_l("Please choose the file once more."), field="file") from garbled
    return table
