"""What an engine keeps and answers; the two engines differ only in how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection

from marketplace.foundation.db.search.entry import Row
from marketplace.foundation.db.search.query import Stage

Prices = tuple[int, int] | None


class Order(StrEnum):
    BEST = "best"
    PRICE_UP = "price_up"
    PRICE_DOWN = "price_down"
    NEW = "new"


PLAIN_ORDERS = {
    Order.PRICE_UP: ("(e.price, e.key) > (?, ?)", "e.price, e.key"),
    Order.PRICE_DOWN: ("(e.price, e.key) < (?, ?)", "e.price DESC, e.key DESC"),
    Order.NEW: ("e.id < ?", "e.id DESC"),
}
"""What is beyond a row, and the way onwards, in SQL that both databases speak."""


class Hit(NamedTuple):
    stage: int
    key: int
    price: int


class Batch(NamedTuple):
    """Hits of one stage in the order of the ranking, as the database puts them into one row.

    A thousand hits in one row take half the time of a thousand rows, and most are only counted: `keys` and
    `prices` are joined by commas, `facets` has a line for each hit.
    """

    stage: int
    number: int
    keys: str
    prices: str
    facets: str

    def hits(self) -> list[Hit]:
        pairs = zip(self.keys.split(","), self.prices.split(","), strict=True)
        return [Hit(self.stage, int(key), int(price)) for key, price in pairs]

    def first(self, most: int) -> list[Hit]:
        """Only so many are read."""
        keys, prices = self.keys.split(",", most)[:most], self.prices.split(",", most)[:most]
        return [Hit(self.stage, int(key), int(price)) for key, price in zip(keys, prices, strict=True)]


class Engine(Protocol):
    """One collection's tables in one kind of database."""

    def create(self) -> list[str]: ...

    def drop(self) -> list[str]: ...

    def put(self, connection: Connection, row: Row) -> None: ...

    def remove(self, connection: Connection, entry_id: int) -> None: ...

    def rebuild(self, connection: Connection, batches: Iterable[list[Row]]) -> int: ...

    def gather(
        self, connection: Connection, stages: Sequence[Stage], prices: Prices, most: int, after: int = -1
    ) -> list[Batch]:
        """Hits stage by stage, best key first, up to `most`; in the first stage only keys beyond `after`.

        No batch is empty.
        """

    def sorted(
        self,
        connection: Connection,
        stage: Stage,
        prices: Prices,
        order: Order,
        most: int,
        after: tuple[int, int],
    ) -> list[Hit]:
        """Hits of one stage by price or by newness, beyond (price, key)."""

    def next_price(self, connection: Connection, beyond: int, order: Order) -> int | None:
        """The nearest price in that direction, `beyond` included, whatever was asked."""

    def next_id(self, connection: Connection, below: int) -> int | None:
        """The largest id under `below`."""

    def titles(self, connection: Connection, keys: Sequence[int]) -> list[str]: ...

    def rows(self, connection: Connection, sql: str, *values: Any) -> Sequence[Any]:
        """Rows of a statement written with ? for each value."""
