"""Figures of a period as the worker read them when somebody wanted to lay two periods side by side.

What was issued stands in its report; these rows only say again what the facts say, and are written by
`services.reading` alone.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, Date, Integer, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.db import JSONColumn, Model, OneOf, UtcDateTime, one_of
from marketplace.insights.states import ReportKind


class PeriodReading(Model):
    """`told` has each figure by its code, None: no data. `done` of `steps` groups were read since `wanted_at`; once all
    were, `counted_at` says when. `last_day` is the day the figures are of, within the period."""

    __tablename__ = "period_readings"
    __table_args__ = (
        one_of("kind", ReportKind),
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        CheckConstraint("done >= 0 AND done <= steps", name="done_within_steps"),
        CheckConstraint("done < steps OR counted_at IS NOT NULL", name="whole_has_time"),
        UniqueConstraint("kind", "first_day"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[ReportKind] = mapped_column(OneOf(ReportKind))
    first_day: Mapped[dt.date] = mapped_column(Date)
    last_day: Mapped[dt.date] = mapped_column(Date)
    told: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)
    done: Mapped[int] = mapped_column(SmallInteger, default=0)
    steps: Mapped[int] = mapped_column(SmallInteger)
    wanted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    counted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    @property
    def waiting(self) -> bool:
        return self.done < self.steps
