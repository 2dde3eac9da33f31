"""Lists by price or by newness, without sorting every hit.

A small answer is sorted as it stands. A large one is walked: from one eighth of a price octave (or one page
of ids) to the next, each small enough to sort, until the page is full.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection

from marketplace.foundation.db.search.cursor import Cursor
from marketplace.foundation.db.search.engine import Engine, Hit, Order, Prices
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
from marketplace.foundation.db.search.query import Stage, Wish, every


class Part(NamedTuple):
    """Some of the rows: those with the token, beyond (price, key), or beyond (0, id) for newness."""

    token: str | None
    after: tuple[int, int]
    prices: Prices


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
    for part in _parts(connection, engine, wish, order, cursor, whole=stage.want is None):
        asked = Stage(every(*((tree,) for tree in (part.token, stage.want) if tree is not None)))
        found += engine.sorted(connection, asked, part.prices, order, most - len(found), part.after)
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
    connection: Connection, engine: Engine, wish: Wish, order: Order, cursor: Cursor | None, *, whole: bool
) -> Iterator[Part]:
    """The parts that hold anything, in the order wanted. `whole`: every row is wanted, in as few parts as can be."""
    if order is Order.NEW:
        below = cursor.key if cursor else TOP_ID + 1
        return iter([Part(None, (0, below), None)]) if whole else _id_parts(connection, engine, below)
    after = (cursor.place, cursor.key) if cursor else None
    if order is Order.PRICE_UP:
        rising = after or (-1, -1)
        return iter([Part(None, rising, None)]) if whole else _rising(connection, engine, wish, rising)
    return _falling(connection, engine, wish, after, whole=whole)


def _id_parts(connection: Connection, engine: Engine, below: int) -> Iterator[Part]:
    while (entry_id := engine.next_id(connection, below)) is not None:
        yield Part(id_token(entry_id), (0, below), None)
        below = first_id_of_page(entry_id)


def _rising(connection: Connection, engine: Engine, wish: Wish, after: tuple[int, int]) -> Iterator[Part]:
    beyond = max(after[0], wish.price_min)
    while (price := engine.next_price(connection, beyond, Order.PRICE_UP)) is not None:
        if price > wish.price_max:
            return
        step = price_step(price)
        yield Part(price_token(step), after, wish.prices)
        beyond = next_step_up(step)


def _falling(
    connection: Connection, engine: Engine, wish: Wish, after: tuple[int, int] | None, *, whole: bool
) -> Iterator[Part]:
    """Where no price is given comes last, whichever the direction."""
    if after is None or after[0] < NO_PRICE:
        after = after or (NO_PRICE - 1, _TOP_KEY)
        if whole:
            yield Part(None, after, None)
        else:
            yield from _falling_steps(connection, engine, wish, after)
        after = (NO_PRICE, _TOP_KEY)
    if wish.prices is None:
        yield Part(price_token(price_step(NO_PRICE)), after, None)


def _falling_steps(
    connection: Connection, engine: Engine, wish: Wish, after: tuple[int, int]
) -> Iterator[Part]:
    beyond = min(after[0], wish.price_max, NO_PRICE - 1)
    while (price := engine.next_price(connection, beyond, Order.PRICE_DOWN)) is not None:
        if price < wish.price_min:
            return
        step = price_step(price)
        yield Part(price_token(step), after, wish.prices)
        beyond = next_step_down(step)
