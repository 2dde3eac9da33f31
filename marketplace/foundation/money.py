"""Whole đồng, and nothing else.

`Money` is an `int`, so it sorts, sums and stores like one, but it takes no float, no fraction and no
other currency. One limit of Python: in `Decimal + Money` and `1.5 + Money` the left side answers first,
so keep the money on the left, or use `times`, `percent` and `line_total`, which round once.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, NoReturn, Self

_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_ONE = Decimal(1)


def _whole(amount: object) -> int:
    if isinstance(amount, bool):
        raise TypeError("money is a number of đồng, not a yes or no")
    if isinstance(amount, int):
        return int(amount)
    if isinstance(amount, Decimal):
        if not amount.is_finite() or amount != amount.to_integral_value():
            raise ValueError(f"money is whole đồng, not {amount}")
        return int(amount)
    raise TypeError(f"money is an int of đồng, not a {type(amount).__name__}")


def _rounded(value: Decimal) -> int:
    """Half up, away from zero for negative amounts, so that a refund mirrors its charge."""
    return int(_WIDE.quantize(value, _ONE))


class Money(int):
    """An amount of Vietnamese đồng. Raises TypeError for float, bool and str, ValueError for a fraction."""

    __slots__ = ()

    currency = "VND"

    def __new__(cls, amount: int | Decimal = 0) -> Self:
        return super().__new__(cls, _whole(amount))

    @classmethod
    def of(cls, amount: int | Decimal, currency: str) -> Self:
        """Read an amount that names its currency; every currency but the đồng is a ValueError."""
        if currency.upper() != cls.currency:
            raise ValueError(f"only VND is kept here, not {currency}")
        return cls(amount)

    def __add__(self, other: int) -> Money:
        return Money(int(self) + _whole_int(other))

    __radd__ = __add__

    def __sub__(self, other: int) -> Money:
        return Money(int(self) - _whole_int(other))

    def __rsub__(self, other: int) -> Money:
        return Money(_whole_int(other) - int(self))

    def __mul__(self, count: int) -> Money:
        if isinstance(count, Money):
            raise TypeError("money times money is not money")
        return Money(int(self) * _whole_int(count))

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> NoReturn:
        raise TypeError("split money with foundation.sharing, so that nothing is lost")

    def __rtruediv__(self, other: object) -> NoReturn:
        raise TypeError("nothing is divided by money")

    def __floordiv__(self, other: object) -> NoReturn:
        raise TypeError("split money with foundation.sharing, so that nothing is lost")

    def __neg__(self) -> Money:
        return Money(-int(self))

    def __pos__(self) -> Money:
        return self

    def __abs__(self) -> Money:
        return Money(abs(int(self)))

    def __repr__(self) -> str:
        return f"Money({int(self)})"

    def __str__(self) -> str:
        return int.__repr__(self)

    def times(self, quantity: Decimal | int) -> Money:
        """This amount for each unit, `quantity` units, rounded half up once."""
        return line_total(self, quantity)

    def percent(self, rate: Decimal | int) -> Money:
        """`rate` per cent of this amount, rounded half up once: Money(1000).percent(Decimal("8")) is 80."""
        return Money(_rounded(_WIDE.divide(_WIDE.multiply(Decimal(int(self)), _exact(rate)), Decimal(100))))


def line_total(unit_price: Decimal | int, quantity: Decimal | int) -> Money:
    """Price of one line: the unit price may carry decimals (đồng per gram), the total is whole đồng."""
    return Money(_rounded(_WIDE.multiply(_exact(unit_price), _exact(quantity))))


def _whole_int(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"money does not mix with {type(value).__name__}")
    return int(value)


def _exact(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(f"money is multiplied by int or Decimal, not by {type(value).__name__}")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError("money is multiplied by a finite number")
    return number
