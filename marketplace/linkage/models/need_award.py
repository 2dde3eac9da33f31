"""Who gets how much of a request, line by line."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Model, OneOf, Thousandths, UtcDateTime, explain, one_of, schema
from marketplace.foundation.words import _l
from marketplace.linkage.models.need import Need, NeedLine
from marketplace.linkage.states import AwardKind


class NeedAward(Model):
    """A part of a request given to a cooperative, or a place in reserve (`rank`, without amounts). Append-only.

    `source` says what was chosen, as "quote:12" or "pool:7"; it is chosen once of each kind.
    """

    __tablename__ = "need_awards"
    __table_args__ = (
        one_of("kind", AwardKind),
        CheckConstraint("source <> ''", name="source_given"),
        CheckConstraint("(kind = 'reserve') = (rank IS NOT NULL)", name="reserve_has_rank"),
        CheckConstraint("(kind = 'part') = (quantity > 0)", name="part_has_quantity"),
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        UniqueConstraint("need_id", "source", "kind"),
        Index(
            "uq_need_awards_rank",
            "need_id",
            "rank",
            unique=True,
            sqlite_where=text("kind = 'reserve'"),
            postgresql_where=text("kind = 'reserve'"),
        ),
        Index("ix_need_awards_cooperative_id", "cooperative_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    kind: Mapped[AwardKind] = mapped_column(OneOf(AwardKind))
    source: Mapped[str] = mapped_column(String(40))
    quantity: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    rank: Mapped[int | None] = mapped_column(SmallInteger)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    need: Mapped[Need] = relationship()
    cooperative: Mapped[Cooperative] = relationship()
    lines: Mapped[list[NeedAwardLine]] = relationship(order_by="NeedAwardLine.line_id")


class NeedAwardLine(Model):
    """How much of one line this part takes. Append-only."""

    __tablename__ = "need_award_lines"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity_positive"),)
    award_id: Mapped[int] = mapped_column(ForeignKey("need_awards.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("need_lines.id"), primary_key=True, index=True)
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    line: Mapped[NeedLine] = relationship()


schema.append_only("need_awards", "need_award_lines")
explain("uq_need_awards_need_id_source_kind", _l("This quote was chosen already."))
