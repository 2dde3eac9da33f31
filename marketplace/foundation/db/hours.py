"""Hours and closed days as rows of whatever keeps them: a depot, a timetable."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Date, Integer, SmallInteger, String, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from marketplace.foundation.hours import Closing, Opening


class EachWeek:
    """Every week on this weekday (Monday is 0), from one time to another; `keeper` is the column of what is open."""

    keeper: ClassVar[str]
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    weekday: Mapped[int] = mapped_column(SmallInteger)
    opens: Mapped[dt.time] = mapped_column(Time)
    closes: Mapped[dt.time] = mapped_column(Time)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Any, ...]:
        return (
            UniqueConstraint(cls.keeper, "weekday", "opens"),
            CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday_known"),
            CheckConstraint("opens < closes", name="opens_first"),
        )

    @property
    def opening(self) -> Opening:
        return Opening(self.weekday, self.opens, self.closes)


class ClosedFor:
    """Nothing from the first day to the last, both included."""

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    first_day: Mapped[dt.date] = mapped_column(Date)
    last_day: Mapped[dt.date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(120), default="")

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Any, ...]:
        return (CheckConstraint("first_day <= last_day", name="first_before_last"),)

    @property
    def closing(self) -> Closing:
        return Closing(self.first_day, self.last_day, self.reason)
