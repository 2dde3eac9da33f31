"""What the alliance changed, from which day on: rows that are only ever added."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.alliance.states import DayKind
from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of, schema
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


class OfficeDays(Model):
    """Days in a row on which the alliance is closed though the calendar says otherwise, or works on days off.

    Taken back they stay readable, and do not count.
    """

    __tablename__ = "office_days"
    __table_args__ = (
        one_of("kind", DayKind),
        CheckConstraint("last_day >= first_day", name="in_order"),
        CheckConstraint("name <> '' AND reason <> ''", name="has_words"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason = '')", name="withdrawn_has_reason"),
        Index("ix_office_days_first_day", "first_day"),
    )
    __public__ = REFERENCE
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[DayKind] = mapped_column(OneOf(DayKind))
    first_day: Mapped[dt.date] = mapped_column(Date)
    last_day: Mapped[dt.date] = mapped_column(Date)
    name: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_reason: Mapped[str] = mapped_column(String(300), default="")
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])


schema.append_only("setting_changes")
explain("uq_setting_changes_reverts_id", _l("This change was taken back already."))
