"""A paper that somebody wants as PDF."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.db import JSONColumn, Model, OneOf, UtcDateTime, one_of
from marketplace.foundation.papers.states import FAILURES, Failure, PaperState


class Paper(Model):
    """`kind` and `told` say what is written; `name` is the file in the private storage, by its content's hash.

    Without `wanted_by_id` a guest wanted it: whoever holds the reference and is let in by what it tells of.
    """

    __tablename__ = "papers"
    __table_args__ = (
        one_of("state", PaperState),
        one_of("failure", Failure),
        CheckConstraint("(state = 'ready') = (name <> '')", name="ready_has_file"),
        CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failed_has_reason"),
        Index("ix_papers_state", "state", "wanted_at"),
        Index("ix_papers_wanted_by_id", "wanted_by_id", "state"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    told: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    title: Mapped[str] = mapped_column(String(200))
    back: Mapped[str] = mapped_column(String(300))
    locale: Mapped[str] = mapped_column(String(2))
    wanted_by_id: Mapped[int | None] = mapped_column(Integer)
    wanted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    state: Mapped[PaperState] = mapped_column(OneOf(PaperState), default=PaperState.WAITING)
    failure: Mapped[Failure | None] = mapped_column(OneOf(Failure))
    name: Mapped[str] = mapped_column(String(80), default="")
    size_bytes: Mapped[int] = mapped_column(Integer, default=0)

    @property
    def reason(self) -> Any:
        """The sentence why it could not be made, or None."""
        return FAILURES[self.failure] if self.failure else None
