"""Honours of cooperatives and of their people."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Sector
from marketplace.foundation.db import Model, OneOf, UtcDateTime, one_of
from marketplace.registry.states.recognition import RecognitionKind


class Recognition(Model):
    """Given in a year by a decision, to the cooperative or to one of its people (`person_name`). One that was entered
    by mistake is withdrawn with a reason and counts no more."""

    __tablename__ = "recognitions"
    __table_args__ = (
        one_of("kind", RecognitionKind),
        one_of("sector", Sector),
        CheckConstraint("year BETWEEN 1945 AND 2200", name="year_sound"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason = '')", name="withdrawn_has_reason"),
        Index("ix_recognitions_cooperative_id", "cooperative_id"),
        Index("ix_recognitions_kind_year", "kind", "year"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    kind: Mapped[RecognitionKind] = mapped_column(OneOf(RecognitionKind))
    person_name: Mapped[str] = mapped_column(String(120), default="")
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("coop_officers.id"))
    sector: Mapped[Sector] = mapped_column(OneOf(Sector))
    year: Mapped[int] = mapped_column(SmallInteger)
    decision: Mapped[str] = mapped_column(String(160), default="")
    decided_on: Mapped[dt.date | None] = mapped_column(Date)
    given_by: Mapped[str] = mapped_column(String(255), default="")
    words: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(String(500), default="")
    cooperative: Mapped[Cooperative] = relationship()
