"""The only place that reads the system clock. Instants are kept in UTC and shown in Vietnam."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
_standing: ContextVar[datetime | None] = ContextVar("clock_standing_at", default=None)


def now() -> datetime:
    """This instant, aware, in UTC."""
    return _standing.get() or datetime.now(UTC)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Inside this block it is `moment`: for facts that are entered later than they happened."""
    token = _standing.set(to_local(moment).astimezone(UTC))
    try:
        yield
    finally:
        _standing.reset(token)


def today() -> date:
    """The day on the wall calendar in Vietnam."""
    return now().astimezone(LOCAL).date()


def to_local(moment: datetime) -> datetime:
    """The same instant on a Vietnamese clock. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone could mean anything")
    return moment.astimezone(LOCAL)


def from_local(wall: datetime) -> datetime:
    """What a person typed as date and time in Vietnam, as an instant in UTC. Refuses an aware datetime."""
    if wall.tzinfo is not None:
        raise ValueError("this moment already has a zone")
    return wall.replace(tzinfo=LOCAL).astimezone(UTC)


def start_of_day(day: date) -> datetime:
    """Midnight in Vietnam at the beginning of `day`, in UTC."""
    return from_local(datetime.combine(day, time.min))
