"""Trade by who sold: thousands of sellers as plain sums, of which a page tells a few; and their seats as places."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import add
from typing import Any

from sqlalchemy import Integer, func, literal_column, select
from sqlalchemy.orm import joinedload

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import db
from marketplace.insights.models import TradeDay
from marketplace.insights.queries.trade import Part, Parts, TradeAsked, in_span, only, sums_of, traded
from marketplace.insights.states import PlaceKind
from marketplace.places.models import Address, AdminUnit

Sums = tuple[int, int, int, int]
"""Lines, thousandths of kg, value, unweighed."""
Seat = tuple[int | None, int | None]
"""Where a seller is: today's commune, and the one of its papers."""
Sold = tuple[int, Seat, Sums, Sums]
"""Who, with its seat; what it sold in this span and in the one before. Plain tuples: a page makes thousands of them."""

NOTHING: Sums = (0, 0, 0, 0)
DAYS: Any = TradeDay.__table__.c


class Sellers:
    """All sellers by value, the greatest first. A slice of them is told as parts, with their names."""

    def __init__(self, rows: list[Sold]) -> None:
        self.rows = rows
        self.values = [now[2] for _id, _seat, now, _before in rows]
        self.value = sum(self.values)
        self.longest = max((*self.values[:1], *[before[2] for _id, _seat, _now, before in rows]), default=0)
        self.selling = sum(1 for row in rows if row[2][0])
        self.selling_before = sum(1 for row in rows if row[3][0])

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, which: slice) -> Parts:
        """One statement for the names."""
        rows = self.rows[which]
        names = cooperatives.names([row[0] for row in rows])
        return Parts(_part(id, names[id], now, before) for id, _seat, now, before in rows)

    def behind(self, key: str) -> int:
        """Where the part after the one of this key stands; 0 where none has it."""
        return next((at + 1 for at, row in enumerate(self.rows) if str(row[0]) == key), 0)


def _part(key: Any, name: str, now: Sequence[int], before: Sequence[int]) -> Part:
    return Part(key, name, traded(*now), traded(*before))


def by_member(asked: TradeAsked) -> Sellers:
    """A statement for each span and one for who they are."""
    now, before = _by_member(asked), _by_member(asked.before)
    known = _known() if now or before else {}
    told: dict[int, tuple[Sums, Sums]] = {}
    for id in now | before:
        one = known[id][0]
        sums = now.get(id, NOTHING), before.get(id, NOTHING)
        if (had := told.get(one)) is not None:
            sums = _added(had[0], sums[0]), _added(had[1], sums[1])
        told[one] = sums
    rows = [(one, known[one][1], *sums) for one, sums in told.items()]
    return Sellers(sorted(rows, key=lambda row: (-row[2][2], -row[3][2], row[0])))


def _added(one: Sums, other: Sums) -> Sums:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3]


def _by_member(asked: TradeAsked) -> dict[int, Sums]:
    """Grouped by what is no column, but the same: SQLite would walk along the index of sellers otherwise, and look up
    each of their days of all years (three times as long)."""
    seller = literal_column("+trade_days.cooperative_id", Integer)
    query: Any = select(seller, *sums_of(DAYS)).where(in_span(asked, DAYS))
    query = only(query, asked, DAYS).group_by(seller)
    rows = db.session.execute(query).all()
    return {id: (lines, kg, value, unweighed) for id, lines, kg, value, unweighed in rows}


def _known() -> dict[int, tuple[int, Seat]]:
    """Each record, the one it went into or itself, and its seat: hardly one sold nothing in ten years."""
    c, a = Cooperative.__table__.c, Address.__table__.c
    one = func.coalesce(c.duplicate_of_id, c.id)
    query = select(c.id, one, a.unit_current_id, a.unit_as_written_id)
    rows = db.session.execute(query.outerjoin(Address.__table__, a.id == c.address_id)).all()
    return {id: (one, (unit_id, written_id)) for id, one, unit_id, written_id in rows}


def by_place(sellers: Sellers, kind: PlaceKind) -> Parts:
    """The seats of sellers as places: communes of today, provinces of today, or districts as they were until
    01/07/2025. One statement for the names."""
    seats = {seat for _id, seat, _now, _before in sellers.rows}
    ids = {id for seat in seats for id in seat if id}
    query = select(AdminUnit).where(AdminUnit.id.in_(ids)).options(joinedload(AdminUnit.parent))
    units = {unit.id: unit for unit in db.session.scalars(query)}
    place = PLACES[kind]
    places = {seat: place(seat, units) for seat in seats}
    keys = {seat: unit.id if unit is not None else None for seat, unit in places.items()}
    sums: dict[int | None, list[int]] = {}
    for _id, seat, now, before in sellers.rows:
        key = keys[seat]
        if (had := sums.get(key)) is None:
            sums[key] = [*now, *before]
        else:
            sums[key] = [*map(add, had, (*now, *before))]
    names = {unit.id: unit.full_name for unit in places.values() if unit is not None}
    told = [_part(key, names.get(key or 0, ""), both[:4], both[4:]) for key, both in sums.items()]
    return Parts(sorted(told, key=lambda part: (part.key is None, -part.now.value, -part.before.value)))


def _commune(seat: Seat, units: Mapping[int, AdminUnit]) -> AdminUnit | None:
    return units.get(seat[0] or 0)


def _above(unit: AdminUnit | None) -> AdminUnit | None:
    return unit.parent if unit is not None and unit.level == 3 and unit.parent is not None else unit


def _province(seat: Seat, units: Mapping[int, AdminUnit]) -> AdminUnit | None:
    return _above(_commune(seat, units))


def _old_district(seat: Seat, units: Mapping[int, AdminUnit]) -> AdminUnit | None:
    written = units.get(seat[1] or 0)
    return None if written is None or written.is_current else _above(written)


PLACES: Mapping[PlaceKind, Callable[[Seat, Mapping[int, AdminUnit]], AdminUnit | None]] = {
    PlaceKind.COMMUNE: _commune,
    PlaceKind.PROVINCE: _province,
    PlaceKind.DISTRICT: _old_district,
}
