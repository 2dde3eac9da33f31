"""A request: what a buyer needs, how much on which days, where, with which papers; its life and what changed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

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
    Time,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Person
from marketplace.buyers.models import Depot
from marketplace.buyers.wants import Want
from marketplace.catalogue.models import Commodity, Goods, GradeSpec
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import PaperKind
from marketplace.foundation import clock
from marketplace.foundation.calendar import Week, week_of
from marketplace.foundation.db import (
    Dong,
    JSONColumn,
    Model,
    OneOf,
    Thousandths,
    UtcDateTime,
    explain,
    one_of,
    schema,
)
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.linkage.models.need_form import NeedForm
from marketplace.linkage.states import Audience, NeedState
from marketplace.selection.states import Entered


class Need(Model):
    """A buying organisation asks for goods.

    `grade` is the grade as it was chosen (catalogue.grading.copy_of), `place` the depot or place as it was told
    (linkage.places_told). Amounts count in `unit`, that of the goods. `total` is the sum of the lines; `awarded` of
    what was given of them; `answers` belong to `form`. Times of delivery are each day's. `amendments` counts what
    was changed after it was opened. `hidden`: the alliance took it off the board; only those who
    were asked by name or answered already still read it.
    """

    __tablename__ = "needs"
    __public__ = True
    __table_args__ = (
        one_of("state", NeedState),
        one_of("audience", Audience),
        one_of("entered", Entered),
        CheckConstraint("(entered = 'online') = (told_by = '')", name="told_by_iff_not_online"),
        CheckConstraint("awarded BETWEEN 0 AND total", name="awarded_within_total"),
        CheckConstraint("state <> 'awarded' OR awarded > 0", name="awarded_has_parts"),
        CheckConstraint("state IN ('closed', 'awarded') OR awarded = 0", name="parts_of_awarded"),
        CheckConstraint("target_price IS NULL OR target_price > 0", name="price_positive"),
        CheckConstraint("(first_day IS NULL) = (last_day IS NULL)", name="days_both"),
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        CheckConstraint(
            "arrives_from IS NULL OR arrives_until IS NULL OR arrives_from < arrives_until",
            name="hours_in_order",
        ),
        CheckConstraint(
            "state IN ('draft', 'cancelled') OR (opened_at IS NOT NULL AND quotes_until IS NOT NULL"
            " AND total > 0 AND first_day IS NOT NULL AND number IS NOT NULL)",
            name="opened_is_whole",
        ),
        CheckConstraint("questions_until <= quotes_until", name="questions_before_quotes"),
        CheckConstraint(
            "state NOT IN ('withdrawn', 'none_suitable') OR reason <> ''", name="ended_has_reason"
        ),
        Index("ix_needs_organisation_id", "organisation_id", "id"),
        Index("ix_needs_state_quotes_until", "state", "quotes_until"),
        Index("ix_needs_goods_id_state", "goods_id", "state"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    number: Mapped[str | None] = mapped_column(String(24), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    state: Mapped[NeedState] = mapped_column(OneOf(NeedState), default=NeedState.DRAFT)
    goods_id: Mapped[int] = mapped_column(ForeignKey("goods.id"))
    commodity_id: Mapped[int | None] = mapped_column(ForeignKey("commodities.id"))
    unit: Mapped[str] = mapped_column(String(12))
    grade_id: Mapped[int | None] = mapped_column(ForeignKey("grade_specs.id"))
    grade: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)
    packing: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    total: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    awarded: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    first_day: Mapped[dt.date | None] = mapped_column(Date)
    last_day: Mapped[dt.date | None] = mapped_column(Date)
    depot_id: Mapped[int | None] = mapped_column(ForeignKey("depots.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("admin_units.id"))
    place: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)
    arrives_from: Mapped[dt.time | None] = mapped_column(Time)
    arrives_until: Mapped[dt.time | None] = mapped_column(Time)
    target_price: Mapped[Money | None] = mapped_column(Dong)
    audience: Mapped[Audience] = mapped_column(OneOf(Audience), default=Audience.OPEN)
    splits: Mapped[bool] = mapped_column(Boolean, default=True)
    sealed: Mapped[bool] = mapped_column(Boolean, default=False)
    quotes_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    questions_until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    form_id: Mapped[int | None] = mapped_column(ForeignKey("need_forms.id"))
    answers: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("needs.id"))
    entered: Mapped[Entered] = mapped_column(OneOf(Entered), default=Entered.ONLINE)
    told_by: Mapped[str] = mapped_column(String(120), default="")
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    drafted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    opened_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(500), default="")
    amendments: Mapped[int] = mapped_column(SmallInteger, default=0)
    hidden: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    told_sections: Mapped[list[Any]] = mapped_column(JSONColumn, default=list)
    organisation: Mapped[Organisation] = relationship()
    goods: Mapped[Goods] = relationship()
    commodity: Mapped[Commodity | None] = relationship()
    grade_spec: Mapped[GradeSpec | None] = relationship()
    depot: Mapped[Depot | None] = relationship()
    form: Mapped[NeedForm | None] = relationship()
    lines: Mapped[list[NeedLine]] = relationship(
        order_by="NeedLine.starts, NeedLine.id", cascade="all, delete-orphan", back_populates="need"
    )
    papers: Mapped[list[NeedPaper]] = relationship(cascade="all, delete-orphan")
    invitations: Mapped[list[NeedInvitation]] = relationship(
        order_by="NeedInvitation.id", cascade="all, delete-orphan"
    )

    @property
    def takes_quotes(self) -> bool:
        """Open, and the deadline has not come: the clock is asked, not only the worker."""
        return (
            self.state is NeedState.OPEN and self.quotes_until is not None and clock.now() < self.quotes_until
        )

    @property
    def takes_questions(self) -> bool:
        until = self.questions_until or self.quotes_until
        return self.takes_quotes and until is not None and clock.now() < until

    @property
    def left(self) -> Decimal:
        """What nobody was given yet."""
        return self.total - self.awarded

    @property
    def wanted_papers(self) -> list[PaperKind]:
        """In the order in which people know them."""
        kinds = {paper.kind for paper in self.papers}
        return [kind for kind in PaperKind if kind in kinds]

    @property
    def wants(self) -> list[Want]:
        """The same with their conditions."""
        of_kind = {paper.kind: paper for paper in self.papers}
        return [
            Want(kind, max_age_days=of_kind[kind].max_age_days, names_product=of_kind[kind].names_product)
            for kind in self.wanted_papers
        ]

    @property
    def sealed_now(self) -> bool:
        """Whether not even its buyer sees the quotes yet."""
        return self.sealed and self.state is NeedState.OPEN


class NeedLine(Model):
    """So much on a day, or in an ISO week ("2027-W11"); `starts` is the day or the week's Monday.

    `awarded` moves by conditional updates only: it never passes `quantity`, nor falls below nothing.
    """

    __tablename__ = "need_lines"
    __public__ = True
    __table_args__ = (
        CheckConstraint("(day IS NULL) <> (week IS NULL)", name="day_or_week"),
        CheckConstraint("day IS NULL OR day = starts", name="starts_on_its_day"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("awarded BETWEEN 0 AND quantity", name="awarded_within_quantity"),
        UniqueConstraint("need_id", "starts"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    day: Mapped[dt.date | None] = mapped_column(Date)
    week: Mapped[str | None] = mapped_column(String(8))
    starts: Mapped[dt.date] = mapped_column(Date)
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    awarded: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    need: Mapped[Need] = relationship(back_populates="lines")

    @property
    def ends(self) -> dt.date:
        """Its last day."""
        return self.day or Week.parse(self.week or "").end

    @property
    def iso_week(self) -> Week:
        """The week in which it falls."""
        return week_of(self.starts)

    @property
    def left(self) -> Decimal:
        return self.quantity - self.awarded


class NeedPaper(Model):
    """A paper that must be valid on every day of delivery: issued `max_age_days` before the last of them at the most;
    `names_product`: the product must stand in it, else any paper of the cooperative will do."""

    __tablename__ = "need_papers"
    __public__ = True
    __table_args__ = (
        one_of("kind", PaperKind),
        CheckConstraint("max_age_days IS NULL OR max_age_days BETWEEN 1 AND 3650", name="age_in_bounds"),
    )
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"), primary_key=True)
    kind: Mapped[PaperKind] = mapped_column(OneOf(PaperKind), primary_key=True)
    max_age_days: Mapped[int | None] = mapped_column(Integer)
    names_product: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())


class NeedInvitation(Model):
    """A cooperative that is asked to quote."""

    __tablename__ = "need_invitations"
    __table_args__ = (
        UniqueConstraint("need_id", "cooperative_id"),
        Index("ix_need_invitations_cooperative_id", "cooperative_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    invited_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    cooperative: Mapped[Cooperative] = relationship()


class NeedQuestion(Model):
    """What a cooperative asked. Everybody who sees the request reads it and its answer, nobody reads who asked.
    `hidden` and `answer_hidden`: the alliance took the words down, and nobody reads them."""

    __tablename__ = "need_questions"
    __public__ = True
    __table_args__ = (
        CheckConstraint("question <> ''", name="question_given"),
        CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answered_has_time"),
        Index("ix_need_questions_need_id", "need_id"),
        Index("ix_need_questions_cooperative_id", "cooperative_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    question: Mapped[str] = mapped_column(String(1000))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(String(2000), default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    hidden: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    answer_hidden: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    need: Mapped[Need] = relationship()


class NeedAmendment(Model):
    """What was changed after the request was opened; `changes` are [{"what", "before", "after"}], each word in both
    languages ({"vi", "en"}). Append-only."""

    __tablename__ = "need_amendments"
    __public__ = True
    __table_args__ = (
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("reason <> ''", name="reason_given"),
        UniqueConstraint("need_id", "number"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    changes: Mapped[list[Any]] = mapped_column(JSONColumn)
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by: Mapped[Person | None] = relationship()


class NeedCounter(Model):
    """The last number of a year."""

    __tablename__ = "need_counters"
    year: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)


schema.redactable("need_amendments", "reason", "changes")
explain("uq_need_lines_need_id_starts", _l("Two lines are for the same day: put them together."), "first")
explain("ck_need_lines_awarded_within_quantity", _l("More would be awarded than is needed."))
explain("ck_needs_awarded_within_total", _l("More would be awarded than is needed."))
