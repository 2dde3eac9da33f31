"""When a cooperative was a member of the alliance."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Model, UtcDateTime, explain
from marketplace.foundation.words import _l


class AllianceMembership(Model):
    """From the day it joined until before the day it left. Whoever is suspended from the market is still a member."""

    __tablename__ = "alliance_memberships"
    __table_args__ = (
        CheckConstraint("left_on IS NULL OR left_on >= joined_on", name="days_in_order"),
        Index("ix_alliance_memberships_cooperative_id", "cooperative_id", "joined_on", "left_on"),
        Index(
            "uq_alliance_memberships_open",
            "cooperative_id",
            unique=True,
            sqlite_where=text("left_on IS NULL"),
            postgresql_where=text("left_on IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    joined_on: Mapped[dt.date] = mapped_column(Date)
    joined_by_decision: Mapped[str] = mapped_column(String(120), default="")
    left_on: Mapped[dt.date | None] = mapped_column(Date)
    left_by_decision: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    cooperative: Mapped[Cooperative] = relationship()


explain("uq_alliance_memberships_open", _l("It is a member already."))
