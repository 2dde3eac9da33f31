"""Who gets how much of a request, line by line; what of it was given back; which reserve is asked for it."""

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
from marketplace.foundation import clock
from marketplace.foundation.db import Model, OneOf, Thousandths, UtcDateTime, explain, one_of, schema
from marketplace.foundation.words import _l
from marketplace.linkage.models.need import Need, NeedLine
from marketplace.linkage.states import AskState, AwardKind, QuoteSide


class NeedAward(Model):
    """A part of a request given to a cooperative, or a place in reserve (`rank`, without amounts). Append-only, but for
    `returned`: how much of it was given back.

    `source` says what was chosen, as "quote:12" or "pool:7"; it is chosen once of each kind.
    """

    __tablename__ = "need_awards"
    __table_args__ = (
        one_of("kind", AwardKind),
        CheckConstraint("source <> ''", name="source_given"),
        CheckConstraint("(kind = 'reserve') = (rank IS NOT NULL)", name="reserve_has_rank"),
        CheckConstraint("(kind = 'part') = (quantity > 0)", name="part_has_quantity"),
        CheckConstraint("quantity >= 0", name="quantity_not_negative"),
        CheckConstraint("returned BETWEEN 0 AND quantity", name="returned_within_award"),
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
    returned: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0), server_default="0")
    rank: Mapped[int | None] = mapped_column(SmallInteger)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    need: Mapped[Need] = relationship()
    cooperative: Mapped[Cooperative] = relationship()
    lines: Mapped[list[NeedAwardLine]] = relationship(order_by="NeedAwardLine.line_id")
    returns: Mapped[list[AwardReturn]] = relationship(order_by="AwardReturn.id", back_populates="award")

    @property
    def standing(self) -> Decimal:
        """What of it was not given back."""
        return self.quantity - self.returned

    @property
    def quantities(self) -> dict[dt.date, Decimal]:
        """First day of a line of the request → what of it stands."""
        return {each.line.starts: each.standing for each in self.lines if each.standing}


class NeedAwardLine(Model):
    """How much of one line this part takes, and how much of that was given back. Otherwise append-only.

    `returned` grows by a conditional update only: it never passes `quantity`.
    """

    __tablename__ = "need_award_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("returned BETWEEN 0 AND quantity", name="returned_within_line"),
    )
    award_id: Mapped[int] = mapped_column(ForeignKey("need_awards.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("need_lines.id"), primary_key=True, index=True)
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    returned: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0), server_default="0")
    line: Mapped[NeedLine] = relationship()

    @property
    def standing(self) -> Decimal:
        return self.quantity - self.returned


class AwardReturn(Model):
    """So much of a part was given back before its contract: by its seller, or taken back by the buyer. Append-only."""

    __tablename__ = "award_returns"
    __table_args__ = (
        one_of("side", QuoteSide),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("reason <> ''", name="reason_given"),
        Index("ix_award_returns_award_id", "award_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("need_awards.id"))
    side: Mapped[QuoteSide] = mapped_column(OneOf(QuoteSide))
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    reason: Mapped[str] = mapped_column(String(400))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    award: Mapped[NeedAward] = relationship(back_populates="returns")
    lines: Mapped[list[AwardReturnLine]] = relationship(order_by="AwardReturnLine.line_id")


class AwardReturnLine(Model):
    """How much of one line came back with it. Append-only."""

    __tablename__ = "award_return_lines"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity_positive"),)
    return_id: Mapped[int] = mapped_column(ForeignKey("award_returns.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("need_lines.id"), primary_key=True)
    quantity: Mapped[Decimal] = mapped_column(Thousandths)


class ReserveAsk(Model):
    """A reserve whose quote is no longer valid is asked whether it still brings `quantity`, until `answer_by`.

    `award` is its place in reserve; only one question of each waits at a time.
    """

    __tablename__ = "reserve_asks"
    __table_args__ = (
        one_of("state", AskState),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint(
            "(state IN ('agreed', 'declined')) = (answered_at IS NOT NULL)", name="answered_has_time"
        ),
        Index(
            "uq_reserve_asks_waiting",
            "award_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
        Index("ix_reserve_asks_award_id", "award_id"),
        Index("ix_reserve_asks_state_answer_by", "state", "answer_by"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("need_awards.id"))
    state: Mapped[AskState] = mapped_column(OneOf(AskState), default=AskState.ASKED)
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    answer_by: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    words: Mapped[str] = mapped_column(String(400), default="")
    award: Mapped[NeedAward] = relationship()

    @property
    def waits(self) -> bool:
        """Asked, and its time is not over: the clock is asked, not only the worker."""
        return self.state is AskState.ASKED and clock.now() < self.answer_by


schema.counted("need_awards", "returned")
schema.counted("need_award_lines", "returned")
schema.append_only("award_return_lines")
schema.redactable("award_returns", "reason")
explain("uq_reserve_asks_waiting", _l("They were asked already, and have not answered yet."))
explain("ck_need_award_lines_returned_within_line", _l("More would be given back than was awarded."))
explain("uq_need_awards_need_id_source_kind", _l("This quote was chosen already."))
