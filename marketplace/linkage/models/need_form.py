"""Forms as data: what a request of one kind of goods is asked besides."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Integer, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models import Category
from marketplace.foundation.db import JSONColumn, Model, UtcDateTime, explain, schema
from marketplace.foundation.words import _l


class NeedForm(Model):
    """A version of the questions for the goods of a stall; the highest number is asked. Append-only.

    `fields` are questions as linkage.asking.Question writes them, in their order.
    """

    __tablename__ = "need_forms"
    __table_args__ = (
        CheckConstraint("version > 0", name="version_positive"),
        UniqueConstraint("category_id", "version"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    version: Mapped[int] = mapped_column(SmallInteger)
    fields: Mapped[list[Any]] = mapped_column(JSONColumn)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    category: Mapped[Category] = relationship()


schema.append_only("need_forms")
explain(
    "uq_need_forms_category_id_version",
    _l("Somebody changed this form a moment ago. Please look at it again."),
)
