"""Loading all units from the data files of the package `vietnamadminunits` (its code is never imported)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from marketplace.foundation.db import db
from marketplace.foundation.text import fold, nfc
from marketplace.places.models import AdminSuccession, AdminUnit
from marketplace.places.states import BEFORE, REFORM, Part, UnitKind

NEW_LAW = "202/2025/QH15; 19/2025/QĐ-TTg"
KINDS = {
    "Tỉnh": UnitKind.PROVINCE,
    "Huyện": UnitKind.DISTRICT,
    "Quận": UnitKind.URBAN_DISTRICT,
    "Thị xã": UnitKind.TOWN,
    "Xã": UnitKind.COMMUNE,
    "Phường": UnitKind.WARD,
    "Thị trấn": UnitKind.TOWNSHIP,
    "Đặc khu": UnitKind.SPECIAL_ZONE,
}


@dataclass
class _Rows:
    units: list[dict[str, Any]] = field(default_factory=list)
    successions: list[dict[str, Any]] = field(default_factory=list)
    ids: dict[tuple[bool, str], int] = field(default_factory=dict)
    next_id: int = 1

    def add(self, key: tuple[bool, str], **values: Any) -> int:
        """One unit, unless it is there already; `key` is (new?, slug path)."""
        if key in self.ids:
            return self.ids[key]
        unit_id = self.ids[key] = self.next_id
        self.next_id += 1
        values["name"], values["full_name"] = nfc(values["name"]), nfc(values["full_name"])
        since, until = (REFORM, None) if key[0] else (BEFORE, REFORM)
        law = NEW_LAW if key[0] else ""
        self.units.append(
            {
                "id": unit_id,
                "folded_name": fold(values["name"]),
                "legal_basis": law,
                "valid_from": since,
                "valid_to": until,
                **values,
            }
        )
        return unit_id


def load_units(provinces: Collection[str] | None = None) -> int:
    """Load the units (all, or those of some old and new province codes) into an empty table; returns how many.

    Runs inside the caller's transaction; when units are there already nothing happens.
    """
    if db.session.scalar(select(func.count()).select_from(AdminUnit)):
        return 0
    rows = _Rows()
    data = _data_folder()
    with sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro", uri=True) as source:
        source.row_factory = sqlite3.Row
        _old_units(rows, source, provinces)
        _new_units(rows, source, provinces)
    _successions(rows, json.loads((data / "converter_2025.json").read_text("utf-8")))
    db.session.execute(insert(AdminUnit), rows.units)
    db.session.execute(insert(AdminSuccession), rows.successions)
    return len(rows.units)


def _data_folder() -> Path:
    spec = find_spec("vietnamadminunits")
    if spec is None or spec.origin is None:
        raise SystemExit("the package vietnamadminunits is not installed")
    return Path(spec.origin).parent / "data"


def _old_units(rows: _Rows, source: sqlite3.Connection, provinces: Collection[str] | None) -> None:
    for row in source.execute("SELECT * FROM admin_units_legacy"):
        if provinces is not None and row["provinceCode"] not in provinces:
            continue
        province = rows.add(
            (False, row["provinceKey"]),
            code=row["provinceCode"],
            level=1,
            kind=_province_kind(row["province"]),
            name=row["provinceShort"],
            full_name=row["province"],
            parent_id=None,
            lat=row["provinceLat"],
            lon=row["provinceLon"],
        )
        if not row["district"]:
            continue
        district = rows.add(
            (False, f"{row['provinceKey']}_{row['districtKey']}"),
            code=row["districtCode"],
            level=2,
            kind=KINDS.get(row["districtType"], UnitKind.CITY),
            name=row["districtShort"],
            full_name=row["district"],
            parent_id=province,
            lat=row["districtLat"],
            lon=row["districtLon"],
        )
        if row["ward"]:
            rows.add(
                (False, f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey']}"),
                code=row["wardCode"],
                level=3,
                kind=KINDS[row["wardType"]],
                name=row["wardShort"],
                full_name=row["ward"],
                parent_id=district,
                lat=row["wardLat"],
                lon=row["wardLon"],
            )


def _new_units(rows: _Rows, source: sqlite3.Connection, provinces: Collection[str] | None) -> None:
    for row in source.execute("SELECT * FROM admin_units"):
        if provinces is not None and row["provinceCode"] not in provinces:
            continue
        province = rows.add(
            (True, row["provinceKey"]),
            code=row["provinceCode"],
            level=1,
            kind=_province_kind(row["province"]),
            name=row["provinceShort"],
            full_name=row["province"],
            parent_id=None,
            lat=row["provinceLat"],
            lon=row["provinceLon"],
        )
        rows.add(
            (True, f"{row['provinceKey']}_{row['wardKey']}"),
            code=row["wardCode"],
            level=3,
            kind=KINDS[row["wardType"]],
            name=row["wardShort"],
            full_name=row["ward"],
            parent_id=province,
            lat=row["wardLat"],
            lon=row["wardLon"],
        )


def _province_kind(full_name: str) -> UnitKind:
    return UnitKind.CITY_CENTRAL if full_name.startswith("Thành phố") else UnitKind.PROVINCE


def _successions(rows: _Rows, converter: dict[str, Any]) -> None:
    seen: set[tuple[int, int]] = set()
    for old_key, new_key, part in _pairs(converter):
        old, new = rows.ids.get((False, old_key)), rows.ids.get((True, new_key))
        if old is None or new is None or (old, new) in seen:
            continue
        seen.add((old, new))
        rows.successions.append({"old_id": old, "new_id": new, "part": part, "effective_on": REFORM})


def _pairs(converter: dict[str, Any]) -> Iterator[tuple[str, str, Part]]:
    """(old slug path, new slug path, whole or part)."""
    for new_province, old_provinces in converter["DICT_PROVINCE"].items():
        for old_province in old_provinces:
            yield old_province, new_province, Part.WHOLE
    divided = converter["DICT_PROVINCE_WARD_DIVIDED"]
    split = {old for olds in divided.values() for old in olds}
    for new_province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            for old in olds:
                yield old, f"{new_province}_{ward}", Part.PART if old in split else Part.WHOLE
    for new_province, olds in divided.items():
        for old, heirs in olds.items():
            for heir in heirs:
                yield old, f"{new_province}_{heir['newWardKey']}", Part.PART
