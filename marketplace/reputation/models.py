"""What buyers write after receipt, once for an order, and what the seller says to it. No stars."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import JSONColumn, Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l
from marketplace.orders.models import Order
from marketplace.orders.states import Side
from marketplace.reputation.states import AppealOutcome, HideReason, WordsState


class BuyersWords(Model):
    """`called` and `place` are how everybody sees the buyer: first letters, and the district. `public`: the buyer
    agreed to be shown; else only the two sides and the alliance read it. `received_on` is the month that is shown."""

    __tablename__ = "buyers_words"
    __public__: ClassVar[bool] = True
    __table_args__ = (
        one_of("state", WordsState),
        one_of("hidden_for", HideReason),
        CheckConstraint("(state = 'hidden') = (hidden_for IS NOT NULL)", name="hidden_has_reason"),
        CheckConstraint("hidden_at IS NULL OR state = 'hidden'", name="only_hidden_has_time"),
        CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answer_has_time"),
        CheckConstraint("words <> '' OR NOT public", name="shown_says_something"),
        UniqueConstraint("order_id"),
        Index("ix_buyers_words_cooperative_id", "cooperative_id", "public", "state", "id"),
        Index("ix_buyers_words_state", "state", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    state: Mapped[WordsState] = mapped_column(OneOf(WordsState), default=WordsState.SHOWN)
    words: Mapped[str] = mapped_column(String(1000))
    public: Mapped[bool] = mapped_column(Boolean)
    called: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(120), default="")
    received_on: Mapped[dt.date] = mapped_column(Date)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    amended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(String(1000), default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    hidden_for: Mapped[HideReason | None] = mapped_column(OneOf(HideReason))
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    hidden_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    order: Mapped[Order] = relationship()
    cooperative: Mapped[Cooperative] = relationship()
    appeals: Mapped[list[WordsAppeal]] = relationship(order_by="WordsAppeal.id", back_populates="about")
    reports: Mapped[list[WordsReport]] = relationship(order_by="WordsReport.id", back_populates="about")

    @property
    def is_shown(self) -> bool:
        return self.public and self.state is not WordsState.HIDDEN


class WordsAppeal(Model):
    """The buyer finds the hiding wrong, once for each; an officer who did not hide them decides."""

    __tablename__ = "words_appeals"
    __table_args__ = (
        one_of("outcome", AppealOutcome),
        CheckConstraint("why <> ''", name="says_why"),
        CheckConstraint("(outcome IS NULL) = (decided_at IS NULL)", name="decided_has_time"),
        CheckConstraint("outcome IS NULL OR answer <> ''", name="decided_has_answer"),
        CheckConstraint(
            "decided_by_id IS NULL OR hidden_by_id IS NULL OR decided_by_id <> hidden_by_id",
            name="decided_by_another",
        ),
        UniqueConstraint("words_id", "hidden_at"),
        Index("ix_words_appeals_outcome", "outcome", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    words_id: Mapped[int] = mapped_column(ForeignKey("buyers_words.id"))
    hidden_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    hidden_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    why: Mapped[str] = mapped_column(String(1000))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[AppealOutcome | None] = mapped_column(OneOf(AppealOutcome))
    answer: Mapped[str] = mapped_column(String(1000), default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    about: Mapped[BuyersWords] = relationship(back_populates="appeals")


class WordsReport(Model):
    """One side finds the other's words wrong, once; an officer looks at them."""

    __tablename__ = "words_reports"
    __table_args__ = (
        CheckConstraint("side IN ('buyer', 'seller')", name="side_known"),
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by_somebody"),
        UniqueConstraint("words_id", "side"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    words_id: Mapped[int] = mapped_column(ForeignKey("buyers_words.id"))
    side: Mapped[Side] = mapped_column(OneOf(Side))
    why: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    about: Mapped[BuyersWords] = relationship(back_populates="reports")


class WordsAsked(Model):
    """The buyer of this order was asked for words: once."""

    __tablename__ = "words_asked"
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class SellerFacts(Model):
    """The figures of one seller as they were counted last, so that a public page reads one row.

    They are derived: facts mark the row `stale`, a minute's job counts anew, and invariant R1 counts for itself.
    """

    __tablename__ = "seller_facts"
    __public__: ClassVar[bool] = True
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), primary_key=True)
    counted_on: Mapped[dt.date] = mapped_column(Date)
    stale: Mapped[bool] = mapped_column(Boolean, default=True)
    told: Mapped[list[Any]] = mapped_column(JSONColumn, default=list)


explain("uq_buyers_words_order_id", _l("You have written about this order already; you can amend that."))
explain("uq_words_appeals_words_id_hidden_at", _l("You have appealed already. The alliance answers you."))
explain("ck_words_appeals_decided_by_another", _l("Another officer than who hid it has to decide."))
explain("uq_words_reports_words_id_side", _l("You have told the alliance already. It looks at these words."))
