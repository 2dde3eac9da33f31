"""Reading units and addresses."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select, union
from sqlalchemy.orm import aliased, joinedload

from marketplace import config
from marketplace.foundation.db import db
from marketplace.foundation.text import fold
from marketplace.foundation.words import _, language
from marketplace.places.models import Address, AdminSuccession, AdminUnit
from marketplace.places.states import ENGLISH, FIXED_LINES, WRITTEN, Part

# No unit of Vietnam has one of these in its folded name.
_ENGLISH_WORDS = {word.lower() for kind in ENGLISH.values() for word in kind.split()}


@dataclass(frozen=True)
class UnitHit:
    """A found unit: `path` is its full name with what it belongs to; `current` means it exists today."""

    id: int
    name: str
    path: str
    current: bool


def unit(unit_id: int) -> AdminUnit | None:
    return db.session.get(AdminUnit, unit_id)


def named(text: str) -> list[UnitHit]:
    """The units that a place in an address bar may mean: one by its id, else all of the best name."""
    if text.isascii() and text.isdigit():
        one = unit(int(text[:9]))
        return [hit_of(one)] if one else []
    return search_units(text, limit=6, level=None)


def search_units(text: str, limit: int = 12, *, level: int | None = 3) -> list[UnitHit]:
    """Units by an old or a new name, with or without marks; "dong lac chi linh" narrows by what is above.

    Exact writing comes first, then today's units, then the alliance's own region.
    """
    words = " ".join(word for word in fold(text)[:80].split() if word not in _ENGLISH_WORDS)
    if len(words) < 2:
        return []
    parent, grandparent = aliased(AdminUnit), aliased(AdminUnit)
    query = (
        select(AdminUnit)
        .outerjoin(parent, parent.id == AdminUnit.parent_id)
        .outerjoin(grandparent, grandparent.id == parent.parent_id)
        .options(joinedload(AdminUnit.parent).joinedload(AdminUnit.parent))
    )
    if level is not None:
        query = query.where(AdminUnit.level == level)
    plain = words
    for prefix in ("xa ", "phuong ", "thi tran ", "huyen ", "tinh ", "thanh pho ", "tp "):
        plain = plain.removeprefix(prefix)
    found = list(db.session.scalars(query.where(AdminUnit.folded_name.like(f"{plain}%")).limit(200)))
    if not found:
        found = list(db.session.scalars(_narrowed(query, plain, parent, grandparent).limit(200)))
    found.sort(
        key=lambda u: (nearness(u), not u.is_current, u.folded_name != plain, text.strip() != u.name, u.name)
    )
    return [hit_of(unit) for unit in found[:limit]]


def hit_of(unit: AdminUnit) -> UnitHit:
    return UnitHit(unit.id, called(unit), path_of(unit), unit.is_current)


def _narrowed(query, plain, parent, grandparent):  # type: ignore[no-untyped-def]
    """ "dong lac nam sach": a name followed by the name of what it belongs to."""
    words = plain.split()
    cuts = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return query.where(
        or_(
            *(
                (AdminUnit.folded_name == name)
                & (parent.folded_name.like(f"{above}%") | grandparent.folded_name.like(f"{above}%"))
                for name, above in cuts
            )
        )
    )


@dataclass(frozen=True)
class Commune:
    """A commune as a written address may call it; `above` are the folded names of what it belongs to.

    `today_id` is the commune that all of it lies in today, None where it was divided.
    """

    id: int
    today_id: int | None
    name: str
    full_name: str
    path: str
    above: tuple[str, ...]
    at_home: bool


def communes_named(names: Collection[str]) -> dict[str, list[Commune]]:
    """Folded name → all communes that have or had it, old and new; two statements for any number of names."""
    query = (
        select(AdminUnit)
        .where(AdminUnit.level == 3, AdminUnit.folded_name.in_(list(names)))
        .options(joinedload(AdminUnit.parent).joinedload(AdminUnit.parent))
        .order_by(AdminUnit.id)
    )
    units = db.session.scalars(query).all()
    heirs = _whole_heirs([one.id for one in units if not one.is_current])
    found: dict[str, list[Commune]] = {name: [] for name in names}
    for one in units:
        found[one.folded_name].append(
            Commune(
                id=one.id,
                today_id=one.id if one.is_current else heirs.get(one.id),
                name=one.name,
                full_name=one.full_name,
                path=path_of(one),
                above=tuple(over.folded_name for over in _above(one)),
                at_home=nearness(one) == 0,
            )
        )
    return found


def _whole_heirs(ids: Collection[int]) -> dict[int, int]:
    """Old unit → the one unit that all of it became."""
    only = AdminSuccession.old_id.in_(list(ids))
    rows = db.session.execute(
        select(AdminSuccession.old_id, func.min(AdminSuccession.new_id))
        .where(only)
        .group_by(AdminSuccession.old_id)
        .having(func.count() == 1, func.min(AdminSuccession.part) == Part.WHOLE)
    )
    return {row[0]: row[1] for row in rows}


def _above(unit: AdminUnit) -> Iterator[AdminUnit]:
    over = unit.parent
    while over is not None:
        yield over
        over = over.parent


def provinces() -> list[tuple[str, str]]:
    """Code and names of every province, those that were merged in 2025 first; a code that was used again has both."""
    rows = db.session.scalars(
        select(AdminUnit).where(AdminUnit.level == 1).order_by(AdminUnit.folded_name, AdminUnit.valid_from)
    ).all()
    alive = {row.code for row in rows if row.is_current}
    names: dict[str, list[str]] = {}
    for row in rows:
        known = names.setdefault(row.code, [])
        if row.full_name not in known:
            known.append(row.full_name)
    order = sorted(names, key=lambda code: code in alive)
    return [(code, " / ".join(names[code])) for code in order]


def nearness(unit: AdminUnit) -> int:
    """0 for the alliance's own provinces, else 1."""
    top = unit
    while top.parent is not None:
        top = top.parent
    return 0 if top.code in config.current().alliance_provinces else 1


def called(unit: AdminUnit) -> str:
    """A unit with its kind, in the reader's language: "Phường Chí Linh", "Chí Linh Ward"; "Phường 12", "Ward 12"."""
    if language() != "en":
        return unit.full_name
    kind, number = ENGLISH[unit.kind], unit.name.rpartition(" ")[2]
    return f"{kind} {number}" if unit.name == unit.full_name else f"{unit.name} {kind}"


def path_of(unit: AdminUnit) -> str:
    """ "Phường Đồng Lạc, Thành phố Chí Linh, Tỉnh Hải Dương", "Đồng Lạc Ward, Chí Linh City, Hải Dương Province"."""
    parts, here = [], unit
    while here is not None:
        parts.append(called(here))
        here = here.parent  # type: ignore[assignment]
    return ", ".join(parts)


def successors(unit_id: int) -> Sequence[tuple[AdminUnit, Part]]:
    """What an old unit became."""
    rows = db.session.execute(
        select(AdminUnit, AdminSuccession.part)
        .join(AdminSuccession, AdminSuccession.new_id == AdminUnit.id)
        .where(AdminSuccession.old_id == unit_id)
        .order_by(AdminUnit.name)
    )
    return [(row[0], row[1]) for row in rows]


def current_of(unit: AdminUnit) -> Sequence[AdminUnit]:
    """Today's units for a unit: itself, its one heir, or the heirs to choose among."""
    return [unit] if unit.is_current else [heir for heir, _part in successors(unit.id)]


def family(unit_ids: Collection[int]) -> set[int]:
    """These units with all they belong to, in both systems: what a search by place should find them under."""
    return set(unit_ids) | set(db.session.scalars(_FAMILY, {"ids": list(unit_ids)}))


def _family() -> Select[tuple[int]]:
    """Units, their heirs and elders, then whatever any of them belongs to; one statement for `:ids`."""
    ids: Any = bindparam("ids", expanding=True)
    here = union(
        select(AdminUnit.id.label("id")).where(AdminUnit.id.in_(ids)),
        select(AdminSuccession.new_id).where(AdminSuccession.old_id.in_(ids)),
        select(AdminSuccession.old_id).where(AdminSuccession.new_id.in_(ids)),
    ).cte("here")
    kin = select(here.c.id).cte("kin", recursive=True)
    above = (
        select(AdminUnit.parent_id)
        .join(kin, AdminUnit.id == kin.c.id)
        .where(AdminUnit.parent_id.is_not(None))
    )
    return select(kin.union(above).c.id)


_FAMILY = _family()
_FAMILY_NAMES = select(AdminUnit.name).where(AdminUnit.id.in_(_FAMILY))


def inside(unit_ids: Collection[int]) -> Select[tuple[int]]:
    """Ids of these units, of all that belongs to them, and of what their communes became."""
    child, grandchild = aliased(AdminUnit), aliased(AdminUnit)
    ids = list(unit_ids)
    return select(
        union(
            select(AdminUnit.id.label("id")).where(AdminUnit.id.in_(ids)),
            select(child.id).where(child.parent_id.in_(ids)),
            select(grandchild.id)
            .join(child, child.id == grandchild.parent_id)
            .where(child.parent_id.in_(ids)),
            select(AdminSuccession.new_id).where(AdminSuccession.old_id.in_(ids)),
        ).subquery()
    )


def place_facets(address: Address | None) -> set[str]:
    """Facet tokens `p:<unit id>` of an address: commune, district, province, old and new."""
    return {f"p:{unit_id}" for unit_id in family(_units(address))}


def place_words(address: Address | None) -> str:
    """All old and new names around an address, for the words of a search."""
    ids = _units(address)
    return " ".join(sorted(set(db.session.scalars(_FAMILY_NAMES, {"ids": list(ids)})))) if ids else ""


def _units(address: Address | None) -> set[int]:
    if address is None:
        return set()
    written, current = address.unit_as_written_id, address.unit_current_id
    if written is not None and current is not None and written != current:
        return {written, current}
    return {unit_id for unit_id in (written, current) if unit_id is not None}


def said(written: str) -> str:
    """A place as somebody wrote it, its kinds of units in the reader's language: "Xã Cổ Bì", "Cổ Bì Commune"."""
    if language() != "en":
        return written
    return ", ".join(_in_english(part) for part in written.split(", "))


def _in_english(part: str) -> str:
    for word, kind in WRITTEN.items():
        name = part[len(word) + 1 :]
        if name and part.lower().startswith(f"{word} "):
            return f"{kind} {name}" if name.isdigit() else f"{name} {kind}"
    return part


def label(address: Address | None) -> str:
    """The whole address, today's unit first, what the paper says in brackets."""
    if address is None:
        return ""
    parts = [_line(address.line1)] if address.line1 else []
    today, written = address.unit_current, address.unit_as_written
    if today is not None:
        parts.append(path_of(today))
    elif written is not None:
        parts.append(path_of(written))
    elif address.raw_text:
        parts.append(address.raw_text)
    shown = ", ".join(parts)
    if today is not None and written is not None and written.id != today.id:
        shown += " " + _("(before 01/07/2025: %(old)s)", old=path_of(written))
    return shown


def _line(written: str) -> str:
    """House and street stay as they are written; what stands in many addresses alike is said in English too."""
    return FIXED_LINES.get(written.lower(), written) if language() == "en" else written


def unit_of(address: Address | None) -> AdminUnit | None:
    """As the place is called today, where that is known."""
    return (address.unit_current or address.unit_as_written) if address is not None else None


def short_label(address: Address | None) -> str:
    """ "Lê Đại Hành, Hải Phòng"."""
    unit = unit_of(address)
    if unit is None:
        return ""
    top = unit
    while top.parent is not None:
        top = top.parent
    return unit.name if top.id == unit.id else f"{unit.name}, {top.name}"


def point(address: Address | None) -> tuple[float, float] | None:
    """(lat, lon) of an address, or of its commune."""
    if address is None:
        return None
    for place in (address, address.unit_as_written, address.unit_current):
        if place is not None and place.lat is not None and place.lon is not None:
            return place.lat, place.lon
    return None
