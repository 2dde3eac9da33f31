"""What the buyer is asked when goods weigh more or less than was agreed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Model, OneOf, Thousandths, UtcDateTime, explain, one_of, schema
from marketplace.foundation.money import Money, line_total
from marketplace.foundation.words import _l
from marketplace.orders.models.order import Order, OrderLine
from marketplace.orders.states import WeighingState, Weight

OPEN = "state = 'asked'"


class OrderWeighing(Model):
    """Lines of one delivery whose weight is beyond the tolerance. One open for each order: an index says so."""

    __tablename__ = "order_weighings"
    __table_args__ = (
        one_of("state", WeighingState),
        CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name="answered_has_time"),
        Index("ix_order_weighings_order_id", "order_id"),
        Index(
            "uq_order_weighings_open",
            "order_id",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index("ix_order_weighings_state_answer_by", "state", "answer_by"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    state: Mapped[WeighingState] = mapped_column(OneOf(WeighingState), default=WeighingState.ASKED)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answer_by: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    order: Mapped[Order] = relationship(back_populates="weighings")
    lines: Mapped[list[WeighingLine]] = relationship(order_by="WeighingLine.line_id")
    answers: Mapped[list[WeighingAnswer]] = relationship(order_by="WeighingAnswer.line_id")

    @property
    def is_open(self) -> bool:
        return self.state is WeighingState.ASKED


class WeighingLine(Model):
    """So many sale units of a line weigh so much; `agreed_kg` is what would be paid without asking. Append-only."""

    __tablename__ = "order_weighing_lines"
    __table_args__ = (
        CheckConstraint("count > 0 AND kg > 0 AND agreed_kg > 0", name="weights_positive"),
        CheckConstraint("kg <> agreed_kg", name="beyond_tolerance"),
    )
    weighing_id: Mapped[int] = mapped_column(ForeignKey("order_weighings.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), primary_key=True)
    count: Mapped[Decimal] = mapped_column(Thousandths)
    kg: Mapped[Decimal] = mapped_column(Thousandths)
    agreed_kg: Mapped[Decimal] = mapped_column(Thousandths)
    line: Mapped[OrderLine] = relationship()

    @property
    def heavier(self) -> bool:
        return self.kg > self.agreed_kg

    def paid(self, choice: Weight) -> Decimal:
        """Kilograms that are paid for if that is chosen."""
        return {Weight.WEIGHED: self.kg, Weight.AGREED: self.agreed_kg, Weight.REFUSED: Decimal(0)}[choice]

    def sum(self, choice: Weight) -> Money:
        return line_total(self.line.unit_price, self.paid(choice))


class WeighingAnswer(Model):
    """What the buyer chose for a line, or what silence meant. Append-only."""

    __tablename__ = "order_weighing_answers"
    __table_args__ = (one_of("choice", Weight),)
    weighing_id: Mapped[int] = mapped_column(ForeignKey("order_weighings.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), primary_key=True)
    choice: Mapped[Weight] = mapped_column(OneOf(Weight))
    line: Mapped[OrderLine] = relationship()


explain("uq_order_weighings_open", _l("The buyer is asked about the weight already."))
explain("pk_order_weighing_answers", _l("This was answered already."))
schema.append_only("order_weighing_lines", "order_weighing_answers")
