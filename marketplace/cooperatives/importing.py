"""Taking the registry in from a sheet: columns are guessed, rows read strictly, each written whole or not at all.

Rows wait in `registry_rows`. A chunk of them is done per transaction, each under its own savepoint, and its result
is committed with what it wrote: a worker that dies leaves rows either done or waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import DataError, IntegrityError

from marketplace.accounts.models import Person
from marketplace.cooperatives import queries, services
from marketplace.cooperatives.models import ColumnChoice, Cooperative, RegistryImport, RegistryRow
from marketplace.cooperatives.states import (
    ImportState,
    Kind,
    RowResult,
    Sector,
    import_lifecycle,
)
from marketplace.foundation import clock, parsing
from marketplace.foundation.columns import Column, Columns, known_title, remembered_from, too_long
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.sheets import Table
from marketplace.foundation.text import clean_line, exact, fold
from marketplace.foundation.words import _, _l, in_language
from marketplace.places import queries as places
from marketplace.places.models import Address
from marketplace.places.services import write_address

CHUNK = 50
ADMIT = "admit"
"""A key of `mapping` beside the column numbers: those newly entered are members already."""


# --- columns --------------------------------------------------------------------------------------


def _text(longest: int) -> Callable[[str, str], str]:
    def read(cell: str, header: str) -> str:
        if len(cell) > longest:
            raise too_long(longest)
        return clean_line(cell)

    return read


def _phone(cell: str, header: str) -> str:
    first = cell.replace(";", "/").replace(",", "/").split("/")[0]
    digits = "".join(sign for sign in first if sign.isdigit())
    try:
        return parsing.parse_phone(f"0{digits}" if len(digits) == 9 and digits[0] != "0" else first)
    except parsing.ParseError as error:
        raise ValueError(_("not a complete phone number")) from error


def _email(cell: str, header: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(cell, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise ValueError(_("not a complete e-mail address")) from error


def _day(cell: str, header: str) -> Any:
    try:
        return parsing.parse_date(cell)
    except parsing.ParseError as error:
        raise ValueError(_("not a date; write for example 23/11/2026")) from error


def _whole(cell: str, header: str) -> int:
    try:
        return parsing.parse_integer(cell)
    except parsing.ParseError as error:
        raise ValueError(_("not a whole number")) from error


def _number(cell: str) -> Decimal:
    try:
        return parsing.parse_decimal(cell)
    except parsing.ParseError as error:
        raise ValueError(_("not a number")) from error


def _money(cell: str, header: str) -> Money:
    plain = fold(header)
    times = 1_000_000 if "trieu" in plain else 1_000_000_000 if " ty" in plain else 0
    if times and cell.replace(",", "").replace(".", "").isdigit():
        return Money(int(_number(cell) * times))
    try:
        return parsing.parse_money(cell)
    except parsing.ParseError as error:
        raise ValueError(_("not a sum in đồng")) from error


def _hectares(cell: str, header: str) -> Decimal:
    area = _number(cell)
    return (area / 10_000 if "m2" in fold(header) else area).quantize(Decimal("0.001"))


def _tax_code(cell: str, header: str) -> str:
    digits = "".join(sign for sign in cell if sign.isascii() and sign.isdigit())
    try:
        # Excel drops the zero in front of a code that it takes for a number.
        return services.check_tax_code(f"0{digits}" if len(digits) == 9 else cell)[0]
    except Refusal as refusal:
        raise ValueError(str(refusal)) from refusal


def _kind(cell: str, header: str) -> Kind:
    plain = fold(cell)
    if "lien hiep" in plain:
        return Kind.COOP_UNION
    if "to hop tac" in plain or plain == "tht":
        return Kind.COOP_GROUP
    if "hop tac xa" in plain or plain in {"htx", "cooperative"}:
        return Kind.COOPERATIVE
    raise ValueError(_("not a kind we know: cooperative, union of cooperatives or cooperative group"))


_SECTORS = (
    ("nong", Sector.AGRICULTURE), ("trong trot", Sector.AGRICULTURE), ("chan nuoi", Sector.AGRICULTURE),
    ("thuy san", Sector.AGRICULTURE), ("lam nghiep", Sector.AGRICULTURE), ("tin dung", Sector.CREDIT),
    ("van tai", Sector.TRANSPORT), ("xay dung", Sector.CONSTRUCTION), ("ve sinh", Sector.SANITATION),
    ("moi truong", Sector.SANITATION), ("cong nghiep", Sector.CRAFT), ("thu cong", Sector.CRAFT),
    ("thuong mai", Sector.TRADE), ("dich vu", Sector.TRADE),
)  # fmt: skip


def _sector(cell: str, header: str) -> Sector:
    plain = fold(cell)
    return next((sector for word, sector in _SECTORS if word in plain), Sector.OTHER)


def _yes(cell: str, header: str) -> bool:
    return fold(cell) in {"1", "x", "co", "yes", "dung"}


COLUMNS = Columns(
    Column("name", _l("Full name"), ("ten hop tac xa", "ten htx", "ten don vi", "ten day du", "ten"), _text(255)),
    Column("short_name", _l("Short name"), ("ten viet tat", "ten ngan", "ten goi tat"), _text(120)),
    Column("name_en", _l("Name in English"), ("ten tieng anh", "name"), _text(255)),
    Column("kind", _l("Kind"), ("loai hinh", "loai"), _kind),
    Column("sector", _l("Sector"), ("linh vuc", "nganh", "linh vuc hoat dong"), _sector),
    Column("tax_code", _l("Tax code"), ("ma so thue", "mst", "ma so htx"), _tax_code),
    Column(
        "registration_no",
        _l("Registration number"),
        ("so dang ky", "so gcn", "so giay chung nhan", "so dkkd", "giay chung nhan"),
        _text(60),
    ),
    Column("registered_on", _l("Registered on"), ("ngay dang ky", "ngay cap", "ngay thanh lap"), _day),
    Column("register_office", _l("Registered at"), ("noi dang ky", "noi cap", "co quan cap"), _text(255)),
    Column("business_lines", _l("What it does"), ("nganh nghe", "nganh nghe kinh doanh", "san pham"), _text(2000)),
    Column("address", _l("Address"), ("dia chi", "dia chi tru so", "tru so"), _text(255)),
    Column("commune", _l("Commune or ward"), ("xa", "phuong", "xa phuong", "phuong xa"), _text(80)),
    Column("district", _l("District (before 2025)"), ("huyen", "quan huyen", "huyen thi xa", "huyen tp"), _text(80)),
    Column("province", _l("Province"), ("tinh", "tinh thanh pho", "tinh tp"), _text(80)),
    Column("phone", _l("Phone"), ("dien thoai", "so dien thoai", "sdt", "dt"), _phone),
    Column("zalo", _l("Zalo"), ("zalo",), _phone),
    Column("email", _l("E-mail"), ("email", "e mail", "thu dien tu"), _email),
    Column("website", _l("Website"), ("website", "trang web"), _text(255)),
    Column(
        "legal_rep_name",
        _l("Legal representative"),
        ("nguoi dai dien", "dai dien phap luat", "giam doc", "ho ten giam doc", "chu tich hdqt"),
        _text(120),
    ),
    Column("legal_rep_title", _l("Title"), ("chuc vu", "chuc danh"), _text(120)),
    Column("charter_capital", _l("Charter capital"), ("von dieu le", "von"), _money),
    Column("members_official", _l("Members"), ("so thanh vien", "thanh vien", "so xa vien"), _whole),
    Column("households_served", _l("Households served"), ("so ho", "ho phuc vu", "so ho phuc vu"), _whole),
    Column("workers", _l("Workers"), ("so lao dong", "lao dong"), _whole),
    Column("area_ha", _l("Land"), ("dien tich", "dien tich ha", "dien tich dat"), _hectares),
    Column("is_new_model", _l("New model"), ("htx kieu moi", "kieu moi"), _yes),
)  # fmt: skip
BY_NAME = COLUMNS.by_name
PLACE_FIELDS = ("address", "commune", "district", "province")


def _attempt(name: str, cell: str) -> Any:
    """The value of a cell, or None where it cannot be read."""
    try:
        return BY_NAME[name].read(cell, "")
    except ValueError:
        return None


def guess_columns(header: Sequence[str]) -> dict[str, str]:
    """Column number (as text) → field, by what was chosen for these titles last time, or by the titles."""
    return COLUMNS.guess(header, queries.remembered_columns([known_title(title) for title in header]))


# --- a file comes in ------------------------------------------------------------------------------


def receive(*, table: Table, filename: str, by: Person | None) -> RegistryImport:
    """Keep a read file with its rows, columns guessed; nothing is written to the registry yet."""
    run = RegistryImport(
        ref=random_ref(),
        filename=filename[-160:],
        header=table.header,
        mapping=guess_columns(table.header),
        total=len(table.rows),
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(run)
    db.session.flush()
    rows = [
        {"import_id": run.id, "line": line, "cells": cells, "result": RowResult.WAITING, "reason": ""}
        for line, cells in zip(table.lines, table.rows, strict=True)
    ]
    db.session.execute(insert(RegistryRow), rows)
    return run


def choose_columns(*, run: RegistryImport, chosen: dict[str, str], admit: bool) -> None:
    """Say what each column means, and remember it. `chosen` is column number → field. Raises Refusal."""
    if run.state is ImportState.RUNNING:
        raise Refusal(_l("This file is being read now."))
    wanted = COLUMNS.chosen(run.header, chosen)
    if "name" not in wanted.values():
        raise Refusal(_l("Please say which column holds the full name."))
    run.mapping = {**wanted, **({ADMIT: True} if admit else {})}
    for title, name in remembered_from(run.header, wanted).items():
        db.session.merge(ColumnChoice(header=title, field=name))


def start(*, run: RegistryImport) -> None:
    """Let the worker begin; rows that were wrong are tried again. Raises Refusal when it runs already."""
    from marketplace.cooperatives.tasks import read_registry

    import_lifecycle.advance(run, "start")
    run.finished_at = None
    wrong = (RegistryRow.import_id == run.id) & (RegistryRow.result == RowResult.WRONG)
    db.session.execute(update(RegistryRow).where(wrong).values(result=RowResult.WAITING, reason=""))
    read_registry.later(run.id)


@dataclass(frozen=True)
class Preview:
    """What the first rows would be: values read, or what is wrong with them."""

    rows: list[tuple[int, list[str], str]]
    looked_at: int
    wrong: int


def preview(run: RegistryImport, shown: int = 8, looked_at: int = 200) -> Preview:
    """Read the first rows without writing anything."""
    rows = db.session.scalars(
        select(RegistryRow).where(RegistryRow.import_id == run.id).order_by(RegistryRow.line).limit(looked_at)
    ).all()
    reader = Reader(run)
    reader.look_ahead(rows)
    told = [(row, reader.problems(row.cells)) for row in rows]
    return Preview(
        [(row.line, row.cells, problem) for row, problem in told[:shown]],
        len(told),
        sum(bool(problem) for _row, problem in told),
    )


# --- reading a row --------------------------------------------------------------------------------


@dataclass
class Reader:
    """Cells of a file's rows become values; places are looked up once each."""

    run: RegistryImport
    communes: dict[str, list[places.Commune]] = field(default_factory=dict)

    def look_ahead(self, rows: Sequence[RegistryRow]) -> None:
        """Look up all communes that these rows may name, in one statement."""
        written = (self._written({name: clean_line(cell) for name, cell in self._cells(row)}) for row in rows)
        names = {_bare(part) for address in written for part in _parts(address)} - self.communes.keys()
        self.communes |= places.communes_named({name for name in names if len(name) > 1})

    def keys(self, rows: Sequence[RegistryRow], name: str) -> set[Any]:
        """What these rows hold in this field, as far as it can be read."""
        cells = [(cell, title) for row in rows for title, cell in self._cells(row) if title == name]
        return {value for cell, title in cells if (value := _attempt(title, cell))}

    def _cells(self, row: RegistryRow) -> Iterator[tuple[str, str]]:
        """(field, cell) of the filled cells that mean something."""
        for place, name in self.run.mapping.items():
            if name in BY_NAME and row.cells[int(place)]:
                yield name, row.cells[int(place)]

    @staticmethod
    def _written(values: dict[str, Any]) -> str:
        return ", ".join(values[name] for name in PLACE_FIELDS if values.get(name))

    def read(self, cells: Sequence[str]) -> dict[str, Any]:
        """Field → value of the filled cells. Raises Refusal naming every cell that is wrong."""
        values, wrong = COLUMNS.read(cells, self.run.header, self.run.mapping)
        if not values.get("name") and not wrong:
            wrong.append(_("Full name: is missing"))
        if any(name in values for name in PLACE_FIELDS):
            self._place(values, wrong)
        if wrong:
            raise Refusal("; ".join(wrong)[:480])
        return values

    def problems(self, cells: Sequence[str]) -> str:
        try:
            self.read(cells)
        except Refusal as refusal:
            return str(refusal)
        return ""

    def _place(self, values: dict[str, Any], wrong: list[str]) -> None:
        written = self._written(values)
        for name in PLACE_FIELDS:
            values.pop(name, None)
        found = locate(written, self.communes)
        if len(found.units) == 1:
            values["unit"], values["line1"] = found.units[0], found.line1
        elif found.units:
            names = " / ".join(unit.path for unit in found.units[:3])
            wrong.append(
                _("Address: several places have this name (%(names)s); write the district", names=names)
            )
        else:
            wrong.append(_("Address: we know no such commune (“%(written)s”)", written=written[:60]))


@dataclass(frozen=True)
class Located:
    """The communes an address may mean (several: a person must choose), and what stands before the commune."""

    units: Sequence[places.Commune]
    line1: str


_KIND_WORDS = (
    "thanh pho", "thi tran", "thi xa", "dac khu", "phuong", "huyen", "quan", "tinh", "tp", "tx", "tt", "xa", "p", "x",
    "h", "q", "t",
)  # fmt: skip


def locate(written: str, communes: Mapping[str, Sequence[places.Commune]]) -> Located:
    """Read "Thôn 3, xã Đồng Lạc, huyện Nam Sách, tỉnh Hải Dương", given the communes of each folded name.

    A commune counts the better the more of what follows lies above it; the alliance's own region decides a tie.
    """
    parts = _parts(written)
    best: list[tuple[int, int, places.Commune]] = []
    for place, part in enumerate(parts):
        above = {_bare(later) for later in parts[place + 1 :]}
        best += [(_agreement(unit, part, above), place, unit) for unit in communes.get(_bare(part), ())]
    if not best:
        return Located([], clean_line(written))
    score, place, _unit = max(best, key=lambda found: found[:2])
    units = [unit for agreement, at, unit in best if (agreement, at) == (score, place)]
    return Located(units, ", ".join(parts[:place]))


def _parts(written: str) -> list[str]:
    split = written.replace(" - ", ",").replace(";", ",").split(",")
    return [part for part in map(clean_line, split) if part][-8:]


@lru_cache(maxsize=4096)  # districts and provinces come again on every line
def _bare(part: str) -> str:
    """The folded name without the word for its kind: "TP. Chí Linh" → "chi linh"."""
    plain = fold(part)
    for kind in _KIND_WORDS:
        if plain.startswith(f"{kind} "):
            return plain[len(kind) + 1 :]
    return plain


def _agreement(unit: places.Commune, part: str, above: Collection[str]) -> int:
    score = 8 * sum(over in above for over in unit.above)
    score += 3 if exact(part) == exact(unit.full_name) else 0
    score += 2 if exact(unit.name) in exact(part) else 0
    return score + (4 if unit.at_home else 0)


# --- writing rows ---------------------------------------------------------------------------------


def do_chunk(reader: Reader, *, size: int = CHUNK) -> int:
    """Do the next waiting rows of the file in the caller's transaction; returns how many. 0 means all are done.

    The file's row is locked, so that two workers never do two rows of one file at a time.
    """
    run = db.session.scalars(
        select(RegistryImport).where(RegistryImport.id == reader.run.id).with_for_update()
    ).one()
    waiting = db.session.scalars(
        select(RegistryRow)
        .where(RegistryRow.import_id == run.id, RegistryRow.result == RowResult.WAITING)
        .order_by(RegistryRow.line)
        .limit(size)
    ).all()
    if not waiting and run.state is ImportState.RUNNING:
        import_lifecycle.advance(run, "finish")
        run.finished_at = clock.now()
    by = db.session.get(Person, run.by_id) if run.by_id else None
    do_rows(Reader(run, reader.communes), waiting, by=by)
    return len(waiting)


@dataclass
class Known:
    """What the registry holds that the rows at hand may speak of; it is kept up while they are done."""

    members: list[Cooperative]
    lines: dict[int, int]

    @classmethod
    def of(cls, reader: Reader, rows: Sequence[RegistryRow]) -> Known:
        """Two statements, however many rows."""
        keys = [reader.keys(rows, name) for name in ("tax_code", "registration_no", "name")]
        members = list(queries.spoken_of(*keys)) if any(keys) else []
        return cls(members, queries.lines_of(reader.run.id, [member.id for member in members]))

    def one(self, name: str, value: str) -> Cooperative | None:
        """The only one with this tax code, number or name. Raises Refusal when there are two."""
        found = [member for member in self.members if getattr(member, name) == value]
        if len(found) > 1:
            raise Refusal(_("Two cooperatives of the registry fit this row: give the tax code"))
        return found[0] if found else None

    def became(self, row: RegistryRow, member: Cooperative) -> None:
        self.lines[member.id] = row.line
        if member not in self.members:
            self.members.append(member)


def do_rows(reader: Reader, rows: Sequence[RegistryRow], *, by: Person | None) -> None:
    """Do these rows one after the other; what they speak of is looked up for all of them at once."""
    reader.look_ahead(rows)
    known = Known.of(reader, rows)
    for row in rows:
        _do_row(reader, known, row, by)


def _do_row(reader: Reader, known: Known, row: RegistryRow, by: Person | None) -> None:
    """The registry and the row's result change together, or only the result, with the reason.

    Each verb sends what it wrote to the database itself: no question in between needs to.
    """
    try:
        with db.session.begin_nested(), db.session.no_autoflush:
            row.result, row.reason, member = _write(reader, known, row, by)
            row.cooperative_id = member.id
        known.became(row, member)
    except Refusal as refusal:
        row.result, row.reason = RowResult.WRONG, str(refusal)[:500]
    except (IntegrityError, DataError):
        row.result, row.reason = RowResult.WRONG, _("The registry cannot hold this row as it is written")


def correct_row(*, row: RegistryRow, cells: dict[int, str], by: Person) -> None:
    """An officer puts cells of a wrong row right; it is done at once."""
    run = db.session.get_one(RegistryImport, row.import_id)
    row.cells = [clean_line(cells.get(place, cell)) for place, cell in enumerate(row.cells)]
    with in_language(by.locale):
        do_rows(Reader(run), [row], by=by)


def _write(
    reader: Reader, known: Known, row: RegistryRow, by: Person | None
) -> tuple[RowResult, str, Cooperative]:
    values = reader.read(row.cells)
    found, remarks = _known_cooperative(values, known), []
    if found is not None and (line := known.lines.get(found.id)):
        raise Refusal(_("Line %(line)s of this file is the same cooperative", line=line))
    if "tax_code" in values:
        values["tax_code_unchecked"] = not services.check_tax_code(values["tax_code"])[1]
        if values["tax_code_unchecked"]:
            remarks.append(_("the check digit of the tax code does not fit: kept as not verified"))
    unit, line1 = values.pop("unit", None), values.pop("line1", "")
    if found is None:
        return _enter(reader.run, values, unit, line1, remarks, by)
    changed = {name: value for name, value in values.items() if getattr(found, name) != value}
    address = None
    if unit is not None and not _same_place(found.address, unit, line1):
        address = _address(unit, line1, remarks, by)
    if not changed and address is None:
        return RowResult.UNCHANGED, "", found
    done = services.change(cooperative=found, address=address, by=by, **changed)
    labels = [str(BY_NAME[name].label) for name in done if name in BY_NAME]
    return (
        RowResult.UPDATED,
        "; ".join([*remarks, _("Changed: %(what)s", what=", ".join(labels))])[:500],
        found,
    )


def _enter(
    run: RegistryImport, values: dict[str, Any], unit: Any, line1: str, remarks: list[str], by: Person | None
) -> tuple[RowResult, str, Cooperative]:
    name = values.pop("name")
    kind = values.pop("kind", None) or _kind_of_name(name)
    address = _address(unit, line1, remarks, by) if unit is not None else None
    made = services.enter(kind=kind, name=name, address=address, by=by, **values)
    if run.mapping.get(ADMIT):
        reason = _("Member according to the file %(name)s", name=run.filename)
        services.advance(cooperative=made, step="admit", reason=reason, by=by)
    return RowResult.CREATED, "; ".join(remarks)[:500], made


def _address(unit: places.Commune, line1: str, remarks: list[str], by: Person | None) -> Address:
    address = write_address(line1=line1[:255], written_id=unit.id, today_id=unit.today_id, by=by)
    if unit.today_id is None:
        remarks.append(_("this commune was divided in 2025: please choose today's commune"))
    return address


def _same_place(address: Address | None, unit: places.Commune, line1: str) -> bool:
    if address is None or address.unit_as_written_id != unit.id:
        return False
    return not line1 or line1 == address.line1


def _kind_of_name(name: str) -> Kind:
    plain = fold(name)
    if plain.startswith(("lien hiep", "lhhtx")):
        return Kind.COOP_UNION
    return Kind.COOP_GROUP if plain.startswith(("to hop tac", "tht ")) else Kind.COOPERATIVE


def _known_cooperative(values: dict[str, Any], known: Known) -> Cooperative | None:
    """The member this row speaks of: by tax code, else by registration number, else by name where no code tells."""
    code, number = values.get("tax_code"), values.get("registration_no")
    if code and (found := known.one("tax_code", code)):
        return found
    if number and (found := known.one("registration_no", number)) and _alike(found, values):
        return found
    same = known.one("name", values["name"])
    if same is None or not _alike(same, values):
        return None
    unit, address = values.get("unit"), same.address
    far = unit is not None and address is not None and address.unit_as_written_id not in (None, unit.id)
    return None if far and not (code and same.tax_code) else same


def _alike(found: Cooperative, values: dict[str, Any]) -> bool:
    """No tax code says that these are two."""
    code = values.get("tax_code")
    return not (code and found.tax_code and code != found.tax_code) and fold(found.name) == fold(
        values["name"]
    )
