"""What the alliance changed, from which day on: rows that are only ever added."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.foundation.db import Model, UtcDateTime, explain, schema
from marketplace.foundation.db.session import REFERENCE
from marketplace.foundation.words import _l


class SettingChange(Model):
    """From this day on a setting has this value, written as in the environment; no value: as the installation says.

    Of two rows that begin on one day the later one counts. A reversal is a row of its own.
    """

    __tablename__ = "setting_changes"
    __table_args__ = (
        CheckConstraint("name <> ''", name="has_name"),
        CheckConstraint("reason <> ''", name="has_reason"),
        UniqueConstraint("reverts_id"),
        Index("ix_setting_changes_name", "name", "from_day", "id"),
    )
    __public__ = REFERENCE
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    value: Mapped[str | None] = mapped_column(Text)
    from_day: Mapped[dt.date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    reverts_id: Mapped[int | None] = mapped_column(ForeignKey("setting_changes.id"))
    by: Mapped[Person | None] = relationship()


schema.append_only("setting_changes")
explain("uq_setting_changes_reverts_id", _l("This change was taken back already."))
