"""What each source gives for one fair, course or journey, and how much of it is bound."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.support.states import SupportPurpose, SupportSource


class SupportBudget(Model):
    """Planned, promised (`held`), approved and paid of one source: each within the one before it, whatever races."""

    __tablename__ = "support_budgets"
    __table_args__ = (
        one_of("purpose", SupportPurpose),
        one_of("source", SupportSource),
        CheckConstraint("held <= amount", name="held_within_budget"),
        CheckConstraint("approved <= held", name="approved_within_held"),
        CheckConstraint("paid <= approved", name="paid_within_approved"),
        CheckConstraint("paid >= 0", name="paid_not_negative"),
        UniqueConstraint("purpose", "subject_id", "source"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    purpose: Mapped[SupportPurpose] = mapped_column(OneOf(SupportPurpose))
    subject_id: Mapped[int] = mapped_column(Integer)
    source: Mapped[SupportSource] = mapped_column(OneOf(SupportSource))
    amount: Mapped[Money] = mapped_column(Dong)
    held: Mapped[Money] = mapped_column(Dong, default=Money(0))
    approved: Mapped[Money] = mapped_column(Dong, default=Money(0))
    paid: Mapped[Money] = mapped_column(Dong, default=Money(0))
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    @property
    def left(self) -> Money:
        return self.amount - self.held


explain(
    "ck_support_budgets_held_within_budget",
    _l("The budget of this source does not hold as much."),
    "amount",
)
explain(
    "ck_support_budgets_paid_within_approved",
    _l("More would be paid than was approved from this source."),
    "amount",
)
