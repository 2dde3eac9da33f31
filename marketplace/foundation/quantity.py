"""Amounts of goods: decimals to the thousandth, always with a unit, never a float."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from marketplace.foundation.units import UNITS

PLACES = 3
STEP = Decimal("0.001")
MAX = Decimal("999999999.999")
"""The largest amount kept: what a NUMERIC(12, 3) column holds."""

_PLAIN = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?", re.ASCII)


def quantity(value: int | Decimal | str) -> Decimal:
    """A clean amount with exactly three decimals.

    Takes int, Decimal, or a plain machine-written string ("12.5"; what people write goes through
    `foundation.parsing`). Raises TypeError for float and bool, ValueError for NaN, infinity, more than
    three decimals, or more than `MAX`.
    """
    number = _number(value)
    if not number.is_finite():
        raise ValueError("a quantity is a finite number")
    if abs(number) > MAX:
        raise ValueError(f"a quantity is at most {MAX}")
    fixed = number.quantize(STEP)
    if fixed != number:
        raise ValueError(f"a quantity has at most {PLACES} decimals, not {number}")
    return fixed


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise TypeError(f"a quantity is an int, a Decimal or a plain string, not a {type(value).__name__}")
    if isinstance(value, str) and not _PLAIN.fullmatch(value):
        raise ValueError(f"not a plain number: {value[:40]!r}")
    return Decimal(value)


def is_multiple(qty: Decimal, step: Decimal) -> bool:
    """Whether `qty` is a whole number of selling steps. Raises ValueError for a step of zero or less."""
    if step <= 0:
        raise ValueError("a step is more than zero")
    return qty % step == 0


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in a unit. Adds and compares only within one unit; ask `to` first for another."""

    amount: Decimal
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ValueError(f"unknown unit: {self.unit}")
        object.__setattr__(self, "amount", quantity(self.amount))

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(self.amount + self._same(other), self.unit)

    def __sub__(self, other: Quantity) -> Quantity:
        return Quantity(self.amount - self._same(other), self.unit)

    def __lt__(self, other: Quantity) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Quantity) -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: Quantity) -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: Quantity) -> bool:
        return self.amount >= self._same(other)

    def __bool__(self) -> bool:
        return self.amount != 0

    def to(self, unit: str, factor: Decimal | None = None) -> Quantity:
        """The same goods in another unit, half up to the thousandth.

        Weights convert by themselves; otherwise `factor` says how many of `unit` are in one of ours.
        Raises ValueError when neither is so.
        """
        if unit == self.unit:
            return self
        worth = factor if factor is not None else self._weight_factor(unit)
        return Quantity((self.amount * worth).quantize(STEP, ROUND_HALF_UP), unit)

    def _weight_factor(self, unit: str) -> Decimal:
        mine = UNITS[self.unit].kg
        theirs = UNITS[unit].kg if unit in UNITS else None
        if mine is None or theirs is None:
            raise ValueError(f"{self.unit} does not convert to {unit} without a factor")
        return mine / theirs

    def _same(self, other: Quantity) -> Decimal:
        if not isinstance(other, Quantity):
            raise TypeError(f"a quantity does not mix with a {type(other).__name__}")
        if other.unit != self.unit:
            raise ValueError(f"{self.unit} and {other.unit} are different units")
        return other.amount
