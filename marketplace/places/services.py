"""Making and confirming addresses."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import _l
from marketplace.places import queries
from marketplace.places.models import Address, AdminUnit
from marketplace.places.states import Part


def make_address(
    *,
    line1: str = "",
    unit_id: int | None = None,
    raw_text: str = "",
    lat: float | None = None,
    lon: float | None = None,
    by: Any = None,
) -> Address:
    """Write an address down as the paper says; today's unit follows when all of the old one went there."""
    unit = db.session.get(AdminUnit, unit_id) if unit_id is not None else None
    if unit_id is not None and unit is None:
        raise Refusal(_l("We do not know this place."), field="place")
    today = _today(unit)
    address = write_address(
        line1=line1,
        written_id=unit_id,
        today_id=today.id if today else None,
        raw_text=raw_text,
        lat=lat,
        lon=lon,
        by=by,
    )
    db.session.flush()
    return address


def write_address(
    *,
    line1: str,
    written_id: int | None,
    today_id: int | None,
    raw_text: str = "",
    lat: float | None = None,
    lon: float | None = None,
    by: Any = None,
) -> Address:
    """Write an address down whose units are known, old and new; it goes to the database with the next flush."""
    address = Address(
        line1=line1,
        unit_as_written_id=written_id,
        unit_current_id=today_id,
        raw_text=raw_text,
        lat=lat,
        lon=lon,
    )
    if by is not None:
        address.confirmed_by_id, address.confirmed_at = by.id, clock.now()
    db.session.add(address)
    return address


def confirm_unit(*, address: Address, unit_id: int, by: Any) -> Address:
    """Somebody chose which heir of a split unit this address lies in."""
    heirs = queries.current_of(address.unit_as_written) if address.unit_as_written else []
    chosen = next((heir for heir in heirs if heir.id == unit_id), None)
    if chosen is None:
        raise Refusal(_l("Please choose one of these places."), field="place")
    address.unit_current = chosen
    address.confirmed_by_id, address.confirmed_at = by.id, clock.now()
    return address


def _today(unit: AdminUnit | None) -> AdminUnit | None:
    if unit is None or unit.is_current:
        return unit
    heirs = queries.successors(unit.id)
    return heirs[0][0] if len(heirs) == 1 and heirs[0][1] is Part.WHOLE else None
