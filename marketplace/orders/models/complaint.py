"""What a buyer objects to after the goods came. (A claim, in this house, is a right to goods: see supply.)"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_CEILING, Decimal

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import (
    Dong,
    Model,
    OneOf,
    Thousandths,
    UtcDateTime,
    explain,
    one_of,
    schema,
)
from marketplace.foundation.media import Photo
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.orders.models.order import Order, OrderLine
from marketplace.orders.states import MONEY, OPEN_COMPLAINTS, ComplaintState, Fault, Remedy
from marketplace.supply.models import Claim

OPEN = "state IN ('raised', 'answered', 'disputed')"


class Complaint(Model):
    """Lines that were short, damaged or wrong, and what came of it. `answer_by` is the clock of whose turn it is."""

    __tablename__ = "complaints"
    __table_args__ = (
        one_of("state", ComplaintState),
        CheckConstraint(f"({OPEN}) = (closed_at IS NULL)", name="closed_has_time"),
        Index("ix_complaints_order_id", "order_id"),
        Index(
            "uq_complaints_open",
            "order_id",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index("ix_complaints_state_answer_by", "state", "answer_by"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    state: Mapped[ComplaintState] = mapped_column(OneOf(ComplaintState), default=ComplaintState.RAISED)
    words: Mapped[str] = mapped_column(String(1000), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answer_by: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    order: Mapped[Order] = relationship(back_populates="complaints")
    lines: Mapped[list[ComplaintLine]] = relationship(order_by="ComplaintLine.line_id")
    photos: Mapped[list[ComplaintPhoto]] = relationship(order_by="ComplaintPhoto.position")
    answer: Mapped[ComplaintAnswer | None] = relationship(back_populates="complaint")

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_COMPLAINTS

    @property
    def worth(self) -> Money:
        """What the goods complained of cost."""
        return sum((line.worth for line in self.lines), Money(0))


class ComplaintLine(Model):
    """One line of the order and how much of it is wrong; `claim_id` holds what the seller promised to send again.

    Of weighed goods `quantity` is in kilograms, as they are paid; `again` is in the sale unit, as they are sent.
    """

    __tablename__ = "complaint_lines"
    __table_args__ = (
        one_of("fault", Fault),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("worth >= 0", name="worth_not_negative"),
        CheckConstraint("(again IS NULL) = (claim_id IS NULL)", name="again_is_held"),
        CheckConstraint(
            "again IS NULL OR (again > 0 AND (weighed OR again <= quantity))", name="again_within"
        ),
    )
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), primary_key=True)
    fault: Mapped[Fault] = mapped_column(OneOf(Fault))
    weighed: Mapped[bool] = mapped_column(Boolean, default=False)
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    worth: Mapped[Money] = mapped_column(Dong)
    again: Mapped[Decimal | None] = mapped_column(Thousandths)
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"), unique=True)
    line: Mapped[OrderLine] = relationship()
    claim: Mapped[Claim | None] = relationship()

    @property
    def in_sale_units(self) -> Decimal:
        """As many as would be sent again for it: whole pieces, rather one more than one less."""
        line = self.line
        if not self.weighed or line.unit == "kg" or not line.kg_per_unit:
            return self.quantity
        return (self.quantity / line.kg_per_unit).to_integral_value(ROUND_CEILING)


class ComplaintPhoto(Model):
    """A photo of what was wrong."""

    __tablename__ = "complaint_photos"
    __table_args__ = (CheckConstraint("position BETWEEN 1 AND 4", name="four_at_most"),)
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photos.id"))
    photo: Mapped[Photo] = relationship()


class ComplaintAnswer(Model):
    """What the seller said to a complaint: once, and never changed."""

    __tablename__ = "complaint_answers"
    __table_args__ = (
        one_of("remedy", Remedy),
        CheckConstraint(
            "(remedy IN ('refund', 'credit') AND amount > 0) OR (remedy IN ('replacement', 'none') AND amount = 0)",
            name="money_has_sum",
        ),
        CheckConstraint("remedy <> 'none' OR words <> ''", name="decline_has_words"),
    )
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id"), primary_key=True)
    remedy: Mapped[Remedy] = mapped_column(OneOf(Remedy))
    amount: Mapped[Money] = mapped_column(Dong, default=Money(0))
    words: Mapped[str] = mapped_column(String(1000), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    complaint: Mapped[Complaint] = relationship(back_populates="answer")

    @property
    def gives_money(self) -> bool:
        return self.remedy in MONEY


explain("uq_complaints_open", _l("A problem with this order is reported already: let us end that one first."))
explain("pk_complaint_answers", _l("This is answered already."))
schema.append_only("complaint_photos")
schema.redactable("complaint_answers", "words")
