"""What is counted and said of a cooperative, dated: its sector, its figures, whether it is one of the new model."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.cooperatives.states import Sector
from marketplace.foundation.db import Dong, Model, OneOf, Thousandths, UtcDateTime, one_of
from marketplace.foundation.money import Money


class MemberSector(Model):
    """From this day on it works in this sector. The last one is its sector now."""

    __tablename__ = "member_sectors"
    __table_args__ = (
        one_of("sector", Sector),
        UniqueConstraint("cooperative_id", "since"),
        Index("ix_member_sectors_sector", "sector", "since", "cooperative_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    sector: Mapped[Sector] = mapped_column(OneOf(Sector))
    since: Mapped[dt.date] = mapped_column(Date)
    source: Mapped[str] = mapped_column(String(255), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by: Mapped[Person | None] = relationship()


class NewModelJudgement(Model):
    """Somebody judged on a day that it is, or is no longer, a cooperative of the new model."""

    __tablename__ = "new_model_judgements"
    __table_args__ = (UniqueConstraint("cooperative_id", "day"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    is_new_model: Mapped[bool] = mapped_column(Boolean)
    day: Mapped[dt.date] = mapped_column(Date)
    judged_by: Mapped[str] = mapped_column(String(255), default="")
    reason: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by: Mapped[Person | None] = relationship()


class MemberFigures(Model):
    """Capital, members, households, workers and land as they were on a day, and who says so."""

    __tablename__ = "member_figures"
    __table_args__ = (
        UniqueConstraint("cooperative_id", "day"),
        CheckConstraint("charter_capital IS NULL OR charter_capital >= 0", name="capital_not_negative"),
        *(
            CheckConstraint(f"{name} IS NULL OR {name} >= 0", name=f"{name}_not_negative")
            for name in (
                "members_official",
                "members_capital",
                "members_other",
                "households_served",
                "workers",
            )
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    day: Mapped[dt.date] = mapped_column(Date)
    charter_capital: Mapped[Money | None] = mapped_column(Dong)
    members_official: Mapped[int | None] = mapped_column(Integer)
    members_capital: Mapped[int | None] = mapped_column(Integer)
    members_other: Mapped[int | None] = mapped_column(Integer)
    households_served: Mapped[int | None] = mapped_column(Integer)
    workers: Mapped[int | None] = mapped_column(Integer)
    area_ha: Mapped[Decimal | None] = mapped_column(Thousandths)
    source: Mapped[str] = mapped_column(String(255), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by: Mapped[Person | None] = relationship()
