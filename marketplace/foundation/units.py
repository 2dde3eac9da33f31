"""Units in which produce is counted and weighed.

Weights have one fixed worth in kilograms. A countable unit (a bunch, a head, a sack) weighs what its
cooperative says for a span of days, so its factor is data with dates and is handed in by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Dimension = Literal["weight", "count", "volume"]
Factor = tuple[str, Decimal, date, date | None]
"""(unit code, kilograms in one unit, first day, last day or None while it still holds)"""

_GRAM = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: its names in both languages, and its kilograms when it is a weight."""

    code: str
    name_vi: str
    name_en: str
    name_en_plural: str
    dimension: Dimension
    kg: Decimal | None = None


def _weight(code: str, vi: str, en: str, plural: str, kg: str) -> Unit:
    return Unit(code, vi, en, plural, "weight", Decimal(kg))


def _count(code: str, vi: str, en: str, plural: str) -> Unit:
    return Unit(code, vi, en, plural, "count")


_ALL = (
    _weight("kg", "kg", "kg", "kg", "1"),
    _weight("yen", "yến", "yến (10 kg)", "yến (10 kg)", "10"),
    _weight("ta", "tạ", "quintal", "quintals", "100"),
    _weight("tan", "tấn", "t", "t", "1000"),
    _weight("lang", "lạng", "lạng (100 g)", "lạng (100 g)", "0.1"),
    _weight("g", "g", "g", "g", "0.001"),
    Unit("lit", "lít", "litre", "litres", "volume"),
    Unit("ml", "ml", "ml", "ml", "volume"),
    _count("thung", "thùng", "crate", "crates"),
    _count("bao", "bao", "sack", "sacks"),
    _count("hop", "hộp", "box", "boxes"),
    _count("tui", "túi", "bag", "bags"),
    _count("goi", "gói", "packet", "packets"),
    _count("chai", "chai", "bottle", "bottles"),
    _count("lo", "lọ", "jar", "jars"),
    _count("con", "con", "head", "head"),
    _count("qua", "quả", "fruit", "fruits"),
    _count("cu", "củ", "root", "roots"),
    _count("cay", "cây", "plant", "plants"),
    _count("cai", "cái", "piece", "pieces"),
    _count("bo", "bó", "bundle", "bundles"),
    _count("mo", "mớ", "bunch", "bunches"),
    _count("chuc", "chục", "ten", "tens"),
    _count("doi", "đôi", "pair", "pairs"),
)

UNITS: dict[str, Unit] = {unit.code: unit for unit in _ALL}


def to_kg(amount: Decimal, unit: str, factors: Iterable[Factor] = (), on: date | None = None) -> Decimal:
    """Kilograms (to the gram, half up) in `amount` of `unit`, by the factor that holds on the day `on`.

    Of several factors the one that began last is taken. Raises ValueError naming the unit when the unit
    is unknown, or when it has no fixed weight and no factor for that day.
    """
    known = UNITS.get(unit)
    if known is None:
        raise ValueError(f"unknown unit: {unit}")
    kg = known.kg if known.kg is not None else _factor_on(unit, factors, on)
    return (amount * kg).quantize(_GRAM, ROUND_HALF_UP)


def _factor_on(unit: str, factors: Iterable[Factor], on: date | None) -> Decimal:
    if on is None:
        raise ValueError(f"the weight of one {unit} depends on the day: say which")
    holding = [
        (begins, kg)
        for code, kg, begins, ends in factors
        if code == unit and begins <= on and (ends is None or on <= ends)
    ]
    if not holding:
        raise ValueError(f"no weight is known for one {unit} on {on.isoformat()}")
    return max(holding)[1]
