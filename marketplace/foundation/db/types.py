"""Column types: đồng, quantities, UTC times, words from a list."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, String, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB

from marketplace.foundation.money import Money

JSONColumn = JSON().with_variant(JSONB(), "postgresql")


class UtcDateTime(TypeDecorator[dt.datetime]):
    """Aware UTC in Python; UTC in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        value = value.astimezone(dt.UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: Any) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Dong(TypeDecorator[Money]):
    """Whole đồng as BIGINT."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Any) -> int | None:
        if value is None:
            return None
        if isinstance(value, (bool, float)) or not isinstance(value, int):
            raise TypeError(f"not whole đồng: {value!r}")
        return int(value)

    def process_result_value(self, value: int | None, dialect: Any) -> Money | None:
        return None if value is None else Money(value)


class Thousandths(TypeDecorator[Decimal]):
    """A quantity as BIGINT thousandths of its unit: exact on both databases, comparable by CHECK."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Any) -> int | None:
        if value is None:
            return None
        if isinstance(value, (bool, float)):
            raise TypeError(f"not a quantity: {value!r}")
        scaled = Decimal(value) * 1000
        if scaled != scaled.to_integral_value():
            raise ValueError(f"finer than a thousandth: {value!r}")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Any) -> Decimal | None:
        return None if value is None else Decimal(value) / 1000


class Hundredths(TypeDecorator[Decimal]):
    """A unit price in đồng with two decimals, as BIGINT hundredths."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Any) -> int | None:
        if value is None:
            return None
        if isinstance(value, (bool, float)):
            raise TypeError(f"not a price: {value!r}")
        scaled = Decimal(value) * 100
        if scaled != scaled.to_integral_value():
            raise ValueError(f"finer than a hundredth: {value!r}")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Any) -> Decimal | None:
        return None if value is None else Decimal(value) / 100


class OneOf(TypeDecorator[Any]):
    """A StrEnum as text. Pair it with `one_of(...)` among the table's constraints."""

    impl = String(40)
    cache_ok = True

    def __init__(self, choices: type[StrEnum]) -> None:
        super().__init__()
        self.choices = choices

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        return None if value is None else str(self.choices(value))

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        return None if value is None else self.choices(value)
