"""Rows of booths from a sheet: read row by row, each with what is wrong with it, drawn all together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from marketplace.fairs import queries
from marketplace.fairs.layout import (
    DIRECTION_LABELS,
    LONGEST_ROW_NAME,
    MOST_IN_A_ROW,
    Direction,
    Spot,
    outside,
    overlapping,
    row_of,
)
from marketplace.fairs.models import Hall, Zone
from marketplace.fairs.services import Changes
from marketplace.foundation import parsing
from marketplace.foundation.columns import Column, Columns
from marketplace.foundation.errors import Refusal
from marketplace.foundation.sheets import Table
from marketplace.foundation.text import clean_line, fold
from marketplace.foundation.words import _, _l, in_language

MOST_ROWS = 500
ENDS = {"hai dau", "2 dau", "both", "both ends"}
YES = {"x", "1", "co", "yes", "y", "true", "v", "✓"}
NO = {"", "0", "khong", "no", "n", "false", "-"}
SIDES = {"phai": "right", "ngang": "right", "trai": "left", "xuong": "down", "doc": "down", "len": "up"}


@dataclass
class Line:
    """One line of the sheet: the booths it makes, or what is wrong with it."""

    line: int
    told: str
    spots: list[Spot] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def _whole(least: int, most: int) -> Callable[[str, str], int]:
    def read(cell: str, header: str) -> int:
        try:
            value = parsing.parse_integer(cell)
        except parsing.ParseError as error:
            raise ValueError(_("not a whole number")) from error
        if not least <= value <= most:
            raise ValueError(_("write a number from %(a)s to %(b)s", a=least, b=most))
        return value

    return read


def _metres(cell: str, header: str) -> int:
    try:
        halves = parsing.parse_decimal(cell) * 2
    except parsing.ParseError as error:
        raise ValueError(_("not a number of metres")) from error
    if halves % 1:
        raise ValueError(_("write whole or half metres"))
    return int(halves)


def _name(cell: str, header: str) -> str:
    if len(name := clean_line(cell)) > LONGEST_ROW_NAME:
        raise ValueError(_("longer than %(n)s characters", n=LONGEST_ROW_NAME))
    return name


def _yes(cell: str, header: str) -> bool:
    plain = fold(cell) or cell.strip()
    if plain in YES or plain in NO:
        return plain in YES
    raise ValueError(_("write x for yes, or leave it empty"))


def _corner(cell: str, header: str) -> str:
    if fold(cell) in ENDS:
        return "ends"
    return "all" if _yes(cell, header) else ""


def _direction(cell: str, header: str) -> Direction:
    plain = fold(cell)
    if plain in set(Direction):
        return Direction(plain)
    for word in plain.split():
        if word in SIDES:
            return Direction(SIDES[word])
    for language in ("vi", "en"):
        with in_language(language):
            for direction, label in DIRECTION_LABELS.items():
                if fold(str(label)) == plain:
                    return direction
    raise ValueError(_("write right, left, down or up"))


COLUMNS = Columns(
    Column("row", _l("Row"), ("day", "row", "hang", "ten day"), _name),
    Column("number", _l("First number"), ("so dau", "first number", "so bat dau", "tu so"), _whole(1, 9999)),
    Column(
        "count",
        _l("How many booths"),
        ("so gian", "count", "how many booths", "so luong"),
        _whole(1, MOST_IN_A_ROW),
    ),
    Column("zone", _l("Zone"), ("khu", "zone", "phan khu"), lambda cell, _header: clean_line(cell)),
    Column("x", _l("Metres from the left wall"), ("x", "trai", "cach trai", "met tu tuong trai"), _metres),
    Column("y", _l("Metres from the upper wall"), ("y", "tren", "cach tren", "met tu tuong tren"), _metres),
    Column("direction", _l("Where the row goes"), ("huong", "direction", "chieu"), _direction),
    Column("corner", _l("Corner"), ("goc", "corner", "gian goc"), _corner),
    Column("kw", _l("Power (kW)"), ("dien", "power", "kw", "cong suat"), _whole(0, 999)),
    Column("water", _l("Water"), ("nuoc", "water"), _yes),
    Column("cold", _l("Room for cold storage"), ("lanh", "cold", "kho lanh", "bao quan lanh"), _yes),
    Column("cooking", _l("Cooking allowed"), ("nau", "cooking", "nau an", "che bien tai cho"), _yes),
    Column("accessible", _l("Easy to reach by wheelchair"), ("xe lan", "accessible", "wheelchair"), _yes),
)
NEEDED = ("row", "count", "zone", "x", "y")


def header_like(cells: Sequence[str]) -> int:
    return sum(bool(COLUMNS.looks_like(cell)) for cell in cells if cell)


def read(table: Table, hall: Hall, zones: Sequence[Zone]) -> list[Line]:
    """Every line with its booths and its problems, against the hall as it stands. Refusal without the columns."""
    mapping = COLUMNS.guess(table.header, {})
    missing = [str(COLUMNS.by_name[name].label) for name in NEEDED if name not in mapping.values()]
    if missing:
        raise Refusal(_l("We miss these columns: %(names)s.", names=", ".join(missing)), field="file")
    if len(table.rows) > MOST_ROWS:
        raise Refusal(_l("At most %(most)s rows of booths in one sheet.", most=MOST_ROWS), field="file")
    by_name = {fold(name): zone for zone in zones for name in (zone.code, zone.name_vi, zone.name_en) if name}
    lines = [
        _line(number, cells, table.header, mapping, by_name)
        for number, cells in zip(table.lines, table.rows, strict=True)
    ]
    _against_the_hall(lines, hall)
    return lines


def _line(
    number: int, cells: Sequence[str], header: Sequence[str], mapping: dict[str, str], zones: dict[str, Zone]
) -> Line:
    values, wrong = COLUMNS.read(cells, header, mapping)
    absent = [str(COLUMNS.by_name[name].label) for name in NEEDED if name not in values]
    known = {place for place, name in mapping.items() if cells[int(place)]}
    blank = [name for name in absent if name not in {str(COLUMNS.by_name[mapping[p]].label) for p in known}]
    if blank:
        wrong.append(_("missing: %(names)s", names=", ".join(blank)))
    zone = zones.get(fold(values.get("zone", "")))
    if "zone" in values and zone is None:
        wrong.append(_("no zone of this fair is called %(name)s", name=values["zone"][:40]))
    line = Line(number, " · ".join(cell for cell in cells if cell)[:200], wrong=wrong)
    if not wrong and zone is not None:
        line.spots = _spots(values, zone)
    return line


def _spots(values: dict[str, Any], zone: Zone) -> list[Spot]:
    corner = values.get("corner", "")
    first = Spot(
        row=values["row"],
        number=values.get("number", 1),
        x=values["x"],
        y=values["y"],
        zone_id=zone.id,
        corner=corner == "all",
        **{name: values[name] for name in ("kw", "water", "cold", "cooking", "accessible") if name in values},
    )
    return row_of(first, values["count"], values.get("direction", Direction.RIGHT), ends=corner == "ends")


def _against_the_hall(lines: Sequence[Line], hall: Hall) -> None:
    """Line by line on top of what stands: what does not fit is told beside its line and left out of the next."""
    standing = queries.booths_in(hall.id)
    placed: list[tuple[str, Any]] = [(booth.code, booth) for booth in standing]
    codes = {booth.code for booth in standing} | queries.codes_elsewhere(hall)
    for line in lines:
        if not line.spots:
            continue
        if [*outside(line.spots, hall.width, hall.depth)]:
            line.wrong.append(_("the row leaves the hall"))
        if twice := sorted(codes & {spot.code for spot in line.spots}):
            line.wrong.append(_("these numbers are taken: %(codes)s", codes=", ".join(twice[:6])))
        new = [(spot.code, spot) for spot in line.spots]
        if pair := overlapping([*placed, *new]):
            line.wrong.append(_("%(one)s and %(other)s would overlap", one=pair[0], other=pair[1]))
        if not line.wrong:
            placed += new
            codes |= {spot.code for spot in line.spots}


def changes(lines: Sequence[Line]) -> Changes:
    """All booths of the sheet. Refusal while a line is wrong."""
    if any(line.wrong for line in lines):
        raise Refusal(
            _l("Please put the rows right that are marked, and send the sheet again."), field="file"
        )
    spots = [spot for line in lines for spot in line.spots]
    return Changes(added={str(at): spot for at, spot in enumerate(spots)})
