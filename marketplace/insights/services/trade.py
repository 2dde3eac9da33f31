"""Adding up what was traded: only the days that something happened on, or everything. Both may be done twice."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Date, delete, func, insert, literal, select

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.fulfilment import worth
from marketplace.insights import counting
from marketplace.insights.models import TradeDay, TradeMark, TradeMonth

MOST_MARKS = 2_000
MOST_DAYS = 31


def mark_day(day: dt.date | None) -> None:
    """The figures of this day, or of all, have to be added up anew."""
    db.session.add(TradeMark(day=day, at=clock.now()))


def mark_contract(contract_id: int) -> None:
    """Something about a contract changes what its deliveries came to."""
    for day in worth.days_of(contract_id):
        mark_day(day)


def count_marked() -> int:
    """Add up the days that are marked, a month of them at most; how many there were.

    The marks are read first: what commits later is either seen by the counting that follows or has a mark that stays.
    """
    marks = db.session.execute(
        select(TradeMark.id, TradeMark.day)
        .where(TradeMark.day.is_not(None))
        .order_by(TradeMark.day)
        .limit(MOST_MARKS)
        .with_for_update()
    ).all()
    days = sorted({mark.day for mark in marks})[:MOST_DAYS]
    for first, last in _runs(days):
        _write(first, last)
    for month in sorted({day.replace(day=1) for day in days}):
        _add_month(month)
    done = [mark.id for mark in marks if mark.day in set(days)]
    db.session.execute(delete(TradeMark).where(TradeMark.id.in_(done)))
    return len(days)


def count_month(month: dt.date) -> bool:
    """Add up a whole month; whether it said something else before."""
    last = _next(month) - dt.timedelta(1)
    changed = _write(month, last)
    return _add_month(month) or changed


def count_everything() -> Sequence[dt.date]:
    """Take away the marks for everything, and tell the months that have to be added up then: those of all sales, and
    those that were added up already."""
    db.session.execute(delete(TradeMark).where(TradeMark.day.is_(None)))
    kept = db.session.execute(select(func.min(TradeDay.day), func.max(TradeDay.day))).one()
    days = [*(counting.span() or ()), *(day for day in kept if day is not None)]
    if not days:
        return []
    months, month = [], min(days).replace(day=1)
    while month <= max(days):
        months.append(month)
        month = _next(month)
    return months


def _runs(days: Sequence[dt.date]) -> Iterator[tuple[dt.date, dt.date]]:
    """Days that follow each other, as (first, last)."""
    first = last = None
    for day in days:
        if last is not None and day != last + counting.DAY:
            assert first is not None
            yield first, last
            first = None
        first, last = first or day, day
    if first is not None and last is not None:
        yield first, last


def _write(first: dt.date, last: dt.date) -> bool:
    """The days as their facts tell them; whether that was something else."""
    rows = {
        key: (each.lines, each.kg, each.value, each.unweighed)
        for key, each in counting.added_up(first, last).items()
    }
    inside = (TradeDay.day >= first, TradeDay.day <= last)
    kept = {
        (row.day, row.channel, row.cooperative_id, row.commodity_id): (
            row.lines,
            row.kg,
            int(row.value),
            int(row.unweighed),
        )
        for row in db.session.execute(
            select(
                TradeDay.day, TradeDay.channel, TradeDay.cooperative_id, TradeDay.commodity_id,
                TradeDay.lines, TradeDay.kg, TradeDay.value, TradeDay.unweighed,
            ).where(*inside)
        )
    }  # fmt: skip
    if kept == rows:
        return False
    db.session.execute(delete(TradeDay).where(*inside))
    if rows:
        db.session.execute(
            insert(TradeDay), [_row(key, sums) for key, sums in sorted(rows.items(), key=_order)]
        )
    return True


def _order(item: tuple[counting.Key, Any]) -> tuple[Any, ...]:
    day, channel, cooperative_id, commodity_id = item[0]
    return day, channel, cooperative_id, commodity_id or 0


def _row(key: counting.Key, sums: tuple[Any, ...]) -> dict[str, Any]:
    names = ("day", "channel", "cooperative_id", "commodity_id", "lines", "kg", "value", "unweighed")
    return dict(zip(names, (*key, *sums), strict=True))


def _add_month(month: dt.date) -> bool:
    """The month as its days tell it; whether that was something else."""
    columns = ("channel", "commodity_id", "lines", "kg", "value", "unweighed")
    summed = [func.sum(getattr(TradeDay, name)).label(name) for name in columns[2:]]
    days = (
        select(TradeDay.channel, TradeDay.commodity_id, *summed)
        .where(TradeDay.day >= month, TradeDay.day < _next(month))
        .group_by(TradeDay.channel, TradeDay.commodity_id)
    )
    kept = select(*[getattr(TradeMonth, name) for name in columns]).where(TradeMonth.month == month)
    now, before = (_plain(db.session.execute(query)) for query in (days, kept))
    if now == before:
        return False
    db.session.execute(delete(TradeMonth).where(TradeMonth.month == month))
    db.session.execute(
        insert(TradeMonth).from_select(
            ["month", *columns], days.with_only_columns(literal(month, Date), *days.selected_columns)
        )
    )
    return True


def _plain(rows: Any) -> dict[Any, tuple[Any, ...]]:
    told: dict[Any, tuple[Any, ...]] = defaultdict(tuple)
    for channel, commodity_id, *sums in rows:
        told[channel, commodity_id] = tuple(sums)
    return told


def _next(month: dt.date) -> dt.date:
    return (month + dt.timedelta(32)).replace(day=1)
