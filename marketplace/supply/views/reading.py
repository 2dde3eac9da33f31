"""A filled-in sheet becomes the page of all products: what it changes, what stays, what cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict

from marketplace.catalogue.states import PRODUCT_LABELS, ProductState
from marketplace.foundation import formats
from marketplace.foundation.errors import Refusal
from marketplace.foundation.sheets import Table
from marketplace.foundation.text import fold
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l, in_language
from marketplace.supply.forms.stock import RowPart, TableForm
from marketplace.supply.queries import Line, Standing

TITLES: dict[str, Any] = {
    "ref": _l("Code"),
    "name": _l("Name"),
    "grade": _l("Grade"),
    "unit": _l("Unit"),
    "price": _l("Price"),
    "more": _l("Price for more"),
    "counted": _l("On hand"),
    "reserved": _l("Set aside"),
    "state": _l("Sale"),
}
"""The columns of the sheet; those of CHANGED are read when it comes back, the others are only to look at."""
CHANGED = ("price", "counted", "state")


@dataclass(frozen=True)
class Note:
    """What becomes of one line of a sheet; `kind` is ok, same or bad."""

    line: int
    kind: str
    words: Any


def preview(table: Table, lines: Sequence[Line]) -> tuple[TableForm, list[Note]]:
    """The page with the rows that the sheet changes or gets wrong, and a note for each line of the sheet.

    A column that is not there and a cell that is empty leave things as they are. Raises Refusal without a
    column of codes, or with nothing to read.
    """
    places = _places(table.header)
    known = {line.product.ref: line for line in lines}
    numbers: dict[str, int] = {}
    filled: MultiDict[str, str] = MultiDict()
    notes = []
    for number, cells in zip(table.lines, table.rows, strict=True):
        ref = cells[places["ref"]].strip()
        if ref not in known:
            notes.append(Note(number, "bad", _("No product of yours has this code: the line is left out.")))
        elif ref in numbers:
            name = known[ref].product.name_vi
            notes.append(
                Note(
                    number, "bad", _("%(name)s stands in the sheet twice: this line is left out.", name=name)
                )
            )
        else:
            _fill(filled, len(numbers), known[ref], {part: cells[at] for part, at in places.items()})
            numbers[ref] = number
    form = TableForm(lines, formdata=filled)
    form.rows.validate(form)
    judged = [
        (row.ref.data, _judged(row, numbers[row.ref.data])) for row in form.parts if row.ref.data in numbers
    ]
    form.keep({ref for ref, note in judged if note.kind != "same"})
    return form, sorted([*notes, *(note for _ref, note in judged)], key=lambda note: note.line)


def _places(header: Sequence[str]) -> dict[str, int]:
    """Which part stands in which column, by its title in either language."""
    titles = {}
    for language in ("vi", "en"):
        with in_language(language):
            titles.update({fold(str(TITLES[part])): part for part in ("ref", *CHANGED)})
    places = {titles[fold(title)]: at for at, title in enumerate(header) if fold(title) in titles}
    if "ref" not in places or len(places) < 2:
        raise Refusal(
            _l("We miss the column Code, or all of Price, On hand and Sale. Please use the sheet from here."),
            field="file",
        )
    return places


def _fill(filled: MultiDict[str, str], at: int, line: Line, cells: dict[str, str]) -> None:
    """One row of the page as if it had been typed."""
    now = line.standing
    typed = {
        "ref": line.product.ref,
        "seen": now.written,
        "price": str(int(now.price)),
        "counted": "" if now.counted is None else format(now.counted.normalize(), "f").replace(".", ","),
        "state": str(now.state),
        **{part: cells[part] for part in CHANGED if cells.get(part)},
    }
    typed["state"] = _state(typed["state"])
    for part, written in typed.items():
        filled.add(f"rows-{at}-{part}", written)


def _state(written: str) -> str:
    """The state that these words mean in either language; words that mean none stay."""
    for language in ("vi", "en"):
        with in_language(language):
            for state, label in PRODUCT_LABELS.items():
                if fold(str(label)) == fold(written):
                    return str(state)
    return written


def _judged(row: RowPart, number: int) -> Note:
    assert row.line is not None, "only rows of known products are filled in"
    name = row.line.product.name_vi
    if row.errors:
        told = [f"{field.label.text}: {' '.join(map(str, field.errors))}" for field in row if field.errors]
        return Note(number, "bad", f"{name}. {' '.join(told)}")
    changes = [
        f"{row[part].label.text}: {_said(part, row.before, row)} → {_said(part, row.wanted, row)}"
        for part in CHANGED
        if getattr(row.before, part) != getattr(row.wanted, part)
    ]
    if not changes:
        return Note(number, "same", _("%(name)s stays as it is.", name=name))
    return Note(number, "ok", f"{name}. {'; '.join(changes)}.")


def _said(part: str, standing: Standing, row: RowPart) -> str:
    """A value in words."""
    value = getattr(standing, part)
    if isinstance(value, ProductState):
        return str(PRODUCT_LABELS[value])
    if isinstance(value, Decimal) and row.line is not None:
        return formats.amount(value, row.line.product.sale_unit, locale())
    return _("not counted") if value is None else formats.vnd(value, locale())
