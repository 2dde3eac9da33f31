"""Everything about a person as a JSON file, which the worker writes and which lies ready for some days."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l
from marketplace.privacy.states import CopyState


class DataCopy(Model):
    """One for each person and day. `name` is the file in the private storage, until it is thrown away."""

    __tablename__ = "data_copies"
    __table_args__ = (
        one_of("state", CopyState),
        CheckConstraint("state = 'ready' OR name = ''", name="only_ready_has_file"),
        UniqueConstraint("person_id", "day"),
        Index("ix_data_copies_state", "state", "wanted_at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    day: Mapped[dt.date] = mapped_column(Date)
    wanted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    good_until: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    state: Mapped[CopyState] = mapped_column(OneOf(CopyState), default=CopyState.WAITING)
    name: Mapped[str] = mapped_column(String(80), default="")
    size_bytes: Mapped[int] = mapped_column(Integer, default=0)


explain(
    "uq_data_copies_person_id_day", _l("Today's copy is made already. You can ask for another one tomorrow.")
)
