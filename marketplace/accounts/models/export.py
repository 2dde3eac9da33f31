"""A file of the trail that is too long to be written while somebody waits."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models.people import Person
from marketplace.accounts.states import ExportState
from marketplace.foundation.db import JSONColumn, Model, OneOf, UtcDateTime, one_of


class TrailExport(Model):
    """`sought` says what somebody looked for, `last_id` the newest entry of that moment; of `lines` so far `done` are
    written, the last of them at `touched_at`. `name` is the file in the private storage, until it is thrown away."""

    __tablename__ = "trail_exports"
    __table_args__ = (
        one_of("state", ExportState),
        CheckConstraint("state = 'ready' OR name = ''", name="only_ready_has_file"),
        CheckConstraint("done >= 0 AND done <= lines", name="done_of_lines"),
        Index("ix_trail_exports_state", "state", "touched_at"),
        Index("ix_trail_exports_by_id", "by_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    wanted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    good_until: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    sought: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    last_id: Mapped[int] = mapped_column(BigInteger)
    locale: Mapped[str] = mapped_column(String(2))
    lines: Mapped[int] = mapped_column(Integer)
    done: Mapped[int] = mapped_column(Integer, default=0)
    touched_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    state: Mapped[ExportState] = mapped_column(OneOf(ExportState), default=ExportState.WAITING)
    name: Mapped[str] = mapped_column(String(80), default="")
    size_bytes: Mapped[int] = mapped_column(Integer, default=0)
    by: Mapped[Person] = relationship()

    @property
    def percent(self) -> int:
        return 100 * self.done // self.lines if self.lines else 100
