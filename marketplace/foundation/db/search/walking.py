"""Lists by price or by newness, without sorting every hit.

A small answer is sorted as it stands. A large one is walked: from one eighth of a price octave (or one page
of ids) to the next, each small enough to sort, until the page is full.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from marketplace.foundation.db.search.cursor import Cursor
from marketplace.foundation.db.search.engine import Engine, Hit, Order
from marketplace.foundation.db.search.entry import (
    NO_PRICE,
    TOP_ID,
    first_id_of_page,
    id_of,
    id_token,
    next_step_down,
    next_step_up,
    price_step,
    price_token,
)
from marketplace.foundation.db.search.query import Every, Stage, Wish

Part = tuple[str, tuple[int, int]]
"""A token, and the (price, key) beyond which its rows are wanted; for newness the second number is an id."""

_TOP_KEY = 1 << 53


def in_order(hits: list[Hit], order: Order, cursor: Cursor | None) -> list[Hit]:
    """All the hits beyond the cursor."""
    ranked = sorted(hits, key=lambda hit: _rank(order, hit.price, hit.key))
    if cursor is None:
        return ranked
    reached = _rank(order, cursor.place, cursor.key)
    return [hit for hit in ranked if _rank(order, hit.price, hit.key) > reached]


def walk(
    connection: Connection,
    engine: Engine,
    wish: Wish,
    stage: Stage,
    order: Order,
    most: int,
    cursor: Cursor | None,
) -> list[Hit]:
    """The first hits beyond the cursor, part by part."""
    found: list[Hit] = []
    for token, after in _parts(connection, engine, wish, order, cursor):
        part = Stage(Every((token,) if stage.want is None else (token, stage.want)))
        found += engine.sorted(connection, part, wish.prices, order, most - len(found), after)
        if len(found) >= most:
            break
    return found


def _rank(order: Order, price: int, key: int) -> tuple[int, int, int]:
    if order is Order.NEW:
        return (0, 0, -id_of(key))
    if order is Order.PRICE_UP:
        return (0, price, key)
    return (int(price == NO_PRICE), -price, -key)


def _parts(
    connection: Connection, engine: Engine, wish: Wish, order: Order, cursor: Cursor | None
) -> Iterator[Part]:
    """The parts that hold anything, in the order wanted, each with where to begin in it."""
    if order is Order.NEW:
        return _id_parts(connection, engine, cursor.key if cursor else TOP_ID + 1)
    if order is Order.PRICE_UP:
        return _rising_parts(connection, engine, wish, (cursor.place, cursor.key) if cursor else (-1, -1))
    return _falling_parts(connection, engine, wish, (cursor.place, cursor.key) if cursor else None)


def _id_parts(connection: Connection, engine: Engine, below: int) -> Iterator[Part]:
    while (entry_id := engine.next_id(connection, below)) is not None:
        yield id_token(entry_id), (0, below)
        below = first_id_of_page(entry_id)


def _rising_parts(
    connection: Connection, engine: Engine, wish: Wish, after: tuple[int, int]
) -> Iterator[Part]:
    beyond = max(after[0], wish.price_min)
    while (price := engine.next_price(connection, beyond, Order.PRICE_UP)) is not None:
        if price > wish.price_max:
            return
        step = price_step(price)
        yield price_token(step), after
        beyond = next_step_up(step)


def _falling_parts(
    connection: Connection, engine: Engine, wish: Wish, after: tuple[int, int] | None
) -> Iterator[Part]:
    """Where no price is given comes last, whichever the direction."""
    if after is None or after[0] < NO_PRICE:
        after = after or (NO_PRICE - 1, _TOP_KEY)
        beyond = min(after[0], wish.price_max, NO_PRICE - 1)
        while (price := engine.next_price(connection, beyond, Order.PRICE_DOWN)) is not None:
            if price < wish.price_min:
                return
            step = price_step(price)
            yield price_token(step), after
            beyond = next_step_down(step)
        after = (NO_PRICE, _TOP_KEY)
    if wish.prices is None:
        yield price_token(price_step(NO_PRICE)), after
