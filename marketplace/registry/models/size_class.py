"""By what rules cooperatives are large or small, as dated data. Rows nobody here has seen are not there."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l, pick
from marketplace.registry.states.size_class import Branch, Size


class SizeRules(Model):
    """In force from a day on until newer ones are; those of a year are in force on its last day."""

    __tablename__ = "size_rules"
    __table_args__ = (
        CheckConstraint("source <> ''", name="has_source"),
        CheckConstraint("(taken_back_at IS NULL) = (taken_back_reason = '')", name="taken_back_with_reason"),
        UniqueConstraint("code"),
        Index("ix_size_rules_valid_from", "valid_from", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    code: Mapped[str] = mapped_column(String(60))
    name_vi: Mapped[str] = mapped_column(String(300))
    name_en: Mapped[str] = mapped_column(String(300), default="")
    valid_from: Mapped[dt.date] = mapped_column(Date)
    source: Mapped[str] = mapped_column(String(500))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    taken_back_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    taken_back_reason: Mapped[str] = mapped_column(String(500), default="")
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    rows: Mapped[list[SizeRow]] = relationship(
        order_by="SizeRow.id", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)


class SizeRow(Model):
    """At least so many official members, and so much revenue in the year or so much capital; what is None is not
    asked."""

    __tablename__ = "size_rule_rows"
    __table_args__ = (
        one_of("branch", Branch),
        one_of("size", Size),
        CheckConstraint("members IS NULL OR members >= 0", name="members_not_negative"),
        CheckConstraint("(revenue IS NULL) = (capital IS NULL)", name="revenue_or_capital"),
        UniqueConstraint("rules_id", "branch", "size"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    rules_id: Mapped[int] = mapped_column(ForeignKey("size_rules.id"))
    branch: Mapped[Branch] = mapped_column(OneOf(Branch))
    size: Mapped[Size] = mapped_column(OneOf(Size))
    members: Mapped[int | None] = mapped_column(Integer)
    revenue: Mapped[Money | None] = mapped_column(Dong)
    capital: Mapped[Money | None] = mapped_column(Dong)


explain("uq_size_rules_code", _l("Other rules have this code already."), "code")
