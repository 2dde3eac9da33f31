"""Grades of goods as data: what a sign means in a market, from a day on."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models.goods import Goods
from marketplace.catalogue.states import Measure
from marketplace.foundation.db import Model, OneOf, Thousandths, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l, pick

STANDS = "valid_until IS NULL"


class GradeSpec(Model):
    """What `sign` means for these goods in `market` ("" is any), from `valid_from` to `valid_until`, both included.

    `least` and `most` are grams or millimetres of one piece, after `measure`; `max_defects` is per cent of the pieces.
    One that a request or contract named (`used`) is never changed: it is followed by another from a day on.
    """

    __tablename__ = "grade_specs"
    __public__ = True
    __table_args__ = (
        one_of("measure", Measure),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="days_in_order"),
        CheckConstraint("sign <> ''", name="sign_given"),
        CheckConstraint("least IS NULL OR least > 0", name="least_positive"),
        CheckConstraint("most IS NULL OR most > COALESCE(least, 0)", name="sizes_in_order"),
        CheckConstraint("(measure = 'none') = (least IS NULL AND most IS NULL)", name="sizes_have_a_measure"),
        CheckConstraint("max_defects IS NULL OR max_defects BETWEEN 0 AND 100000", name="defects_range"),
        Index(
            "uq_grade_specs_standing",
            "goods_id",
            "market",
            "sign",
            unique=True,
            sqlite_where=text(STANDS),
            postgresql_where=text(STANDS),
        ),
        Index("ix_grade_specs_goods_id", "goods_id", "valid_from"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    goods_id: Mapped[int] = mapped_column(ForeignKey("goods.id"))
    market: Mapped[str] = mapped_column(String(20), default="")
    sign: Mapped[str] = mapped_column(String(12))
    name_vi: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80), default="")
    measure: Mapped[Measure] = mapped_column(OneOf(Measure), default=Measure.NONE)
    least: Mapped[Decimal | None] = mapped_column(Thousandths)
    most: Mapped[Decimal | None] = mapped_column(Thousandths)
    max_defects: Mapped[Decimal | None] = mapped_column(Thousandths)
    rules_vi: Mapped[str] = mapped_column(Text, default="")
    rules_en: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(300), default="")
    is_example: Mapped[bool] = mapped_column(Boolean, default=False)
    used: Mapped[bool] = mapped_column(Boolean, default=False)
    position: Mapped[int] = mapped_column(SmallInteger, default=10)
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_until: Mapped[dt.date | None] = mapped_column(Date)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    goods: Mapped[Goods] = relationship()

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)

    @property
    def rules(self) -> str:
        return pick(self.rules_vi, self.rules_en)

    def valid_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


explain("uq_grade_specs_standing", _l("This sign is in use for these goods and this market already."), "sign")
