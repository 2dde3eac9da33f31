"""Reading units and addresses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, joinedload

from marketplace.foundation.db import db
from marketplace.foundation.text import fold
from marketplace.foundation.words import _
from marketplace.places.models import Address, AdminSuccession, AdminUnit
from marketplace.places.states import Part


@dataclass(frozen=True)
class UnitHit:
    """A found unit: `path` is its full name with what it belongs to; `current` means it exists today."""

    id: int
    name: str
    path: str
    current: bool


def unit(unit_id: int) -> AdminUnit | None:
    return db.session.get(AdminUnit, unit_id)


def search_units(text: str, limit: int = 12, *, level: int | None = 3) -> list[UnitHit]:
    """Units by an old or a new name, with or without marks; "dong lac chi linh" narrows by what is above.

    Exact writing comes first, then today's units, then the alliance's own region.
    """
    words = fold(text)[:80]
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
    return [UnitHit(u.id, u.full_name, path_of(u), u.is_current) for u in found[:limit]]


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


HOME = {"30", "31"}


def nearness(unit: AdminUnit) -> int:
    """0 for the alliance's own region (old Hải Dương, today's Hải Phòng), else 1."""
    top = unit
    while top.parent is not None:
        top = top.parent
    return 0 if top.code in HOME else 1


def path_of(unit: AdminUnit) -> str:
    """ "Phường Đồng Lạc, Thành phố Chí Linh, Tỉnh Hải Dương"."""
    parts, here = [], unit
    while here is not None:
        parts.append(here.full_name)
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
    related = set(unit_ids)
    frontier = set(unit_ids)
    heirs = select(AdminSuccession.new_id).where(AdminSuccession.old_id.in_(list(frontier)))
    elders = select(AdminSuccession.old_id).where(AdminSuccession.new_id.in_(list(frontier)))
    related |= set(db.session.scalars(heirs)) | set(db.session.scalars(elders))
    frontier = set(related)
    while frontier:
        above = select(AdminUnit.parent_id).where(
            AdminUnit.id.in_(list(frontier)), AdminUnit.parent_id.is_not(None)
        )
        frontier = {parent for parent in db.session.scalars(above) if parent is not None} - related
        related |= frontier
    return related


def place_facets(address: Address | None) -> set[str]:
    """Facet tokens `p:<unit id>` of an address: commune, district, province, old and new."""
    return {f"p:{unit_id}" for unit_id in family(_units(address))}


def place_words(address: Address | None) -> str:
    """All old and new names around an address, for the words of a search."""
    ids = family(_units(address))
    names: Any = db.session.scalars(select(AdminUnit.name).where(AdminUnit.id.in_(list(ids)))) if ids else []
    return " ".join(sorted(set(names)))


def _units(address: Address | None) -> set[int]:
    if address is None:
        return set()
    written, current = address.unit_as_written_id, address.unit_current_id
    if written is not None and current is not None and written != current:
        return {written, current}
    return {unit_id for unit_id in (written, current) if unit_id is not None}


def label(address: Address | None) -> str:
    """The whole address, today's unit first, what the paper says in brackets."""
    if address is None:
        return ""
    parts = [address.line1] if address.line1 else []
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


def short_label(address: Address | None) -> str:
    """ "Lê Đại Hành, Hải Phòng"."""
    unit = address and (address.unit_current or address.unit_as_written)
    if not unit:
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
