"""Tables of calls, applications and their reviews."""

from __future__ import annotations

import datetime as dt
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
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import JSONColumn, Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.words import _l, pick
from marketplace.selection.states import (
    ApplicationState,
    Checked,
    Decision,
    Entered,
    Purpose,
    ReviewState,
)


class Call(Model):
    """A call for applications, open from `opens_at` until `closes_at`; what it is for, `purpose` and `subject_id` say.

    `bands` are cut-offs of merit in per cent, best first, published with the call: [80, 60] makes three bands. `seed`
    is the SHA-256 of `seed_words`, drawn after the deadline from `seed_source`: anybody can recompute the lottery.
    """

    __tablename__ = "calls"
    __public__ = True
    __table_args__ = (
        one_of("purpose", Purpose),
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("reviews_wanted >= 0", name="reviews_not_negative"),
        CheckConstraint("(seed IS NULL) = (seed_drawn_at IS NULL)", name="seed_has_time"),
        CheckConstraint("seed_drawn_at IS NULL OR seed_drawn_at >= closes_at", name="seed_after_deadline"),
        UniqueConstraint("purpose", "subject_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    purpose: Mapped[Purpose] = mapped_column(OneOf(Purpose))
    subject_id: Mapped[int] = mapped_column(Integer)
    opens_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    reviews_wanted: Mapped[int] = mapped_column(SmallInteger, default=2)
    bands: Mapped[list[Any]] = mapped_column(JSONColumn, default=list)
    seed: Mapped[str | None] = mapped_column(String(64))
    seed_source: Mapped[str] = mapped_column(String(255), default="")
    seed_words: Mapped[str] = mapped_column(String(255), default="")
    seed_drawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    criteria: Mapped[list[Criterion]] = relationship(
        order_by="Criterion.position", cascade="all, delete-orphan"
    )
    reviewers: Mapped[list[Reviewer]] = relationship(order_by="Reviewer.id", cascade="all, delete-orphan")


class Criterion(Model):
    """What reviewers give points for, from 0 to `most`; its share of the sum is `weight`."""

    __tablename__ = "call_criteria"
    __table_args__ = (
        CheckConstraint("weight > 0 AND most > 0", name="weights_positive"),
        UniqueConstraint("call_id", "position"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    name_vi: Mapped[str] = mapped_column(String(160))
    name_en: Mapped[str] = mapped_column(String(160), default="")
    weight: Mapped[int] = mapped_column(SmallInteger)
    most: Mapped[int] = mapped_column(SmallInteger, default=10)

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)


class Reviewer(Model):
    """Somebody of the alliance who scores the applications of a call."""

    __tablename__ = "call_reviewers"
    __table_args__ = (UniqueConstraint("call_id", "person_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    person: Mapped[Person] = relationship()


class Application(Model):
    """A cooperative asks for what a call offers. `pending` is a decision that waits for its release."""

    __tablename__ = "applications"
    __table_args__ = (
        one_of("state", ApplicationState),
        one_of("entered", Entered),
        one_of("pending", Decision),
        CheckConstraint(
            "state = 'draft' OR submitted_at IS NOT NULL OR state = 'withdrawn'", name="submitted_has_time"
        ),
        CheckConstraint(
            "state NOT IN ('approved', 'waitlisted', 'rejected') OR decided_at IS NOT NULL",
            name="decided_has_time",
        ),
        CheckConstraint(
            "pending IS NULL OR state IN ('eligible', 'ineligible', 'waitlisted')",
            name="pending_before_release",
        ),
        Index(
            "uq_applications_one_per_call",
            "call_id",
            "cooperative_id",
            unique=True,
            sqlite_where=text("state <> 'withdrawn'"),
            postgresql_where=text("state <> 'withdrawn'"),
        ),
        Index("ix_applications_cooperative_id", "cooperative_id"),
        Index("ix_applications_call_id_state", "call_id", "state"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    state: Mapped[ApplicationState] = mapped_column(OneOf(ApplicationState), default=ApplicationState.DRAFT)
    entered: Mapped[Entered] = mapped_column(OneOf(Entered), default=Entered.ONLINE)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    told_by: Mapped[str] = mapped_column(String(120), default="")
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    pending: Mapped[Decision | None] = mapped_column(OneOf(Decision))
    pending_reason: Mapped[str] = mapped_column(String(500), default="")
    decided_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(String(500), default="")
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("release_batches.id"))
    band: Mapped[int | None] = mapped_column(SmallInteger)
    call: Mapped[Call] = relationship()
    cooperative: Mapped[Cooperative] = relationship()
    entered_by: Mapped[Person] = relationship()


class InfoRequest(Model):
    """What the alliance asked to be completed, and what came."""

    __tablename__ = "info_requests"
    __table_args__ = (
        Index("ix_info_requests_application_id", "application_id"),
        CheckConstraint("(answered_at IS NULL) = (answer IS NULL)", name="answer_has_time"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    words: Mapped[str] = mapped_column(Text)
    due_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class EligibilityRule(Model):
    """A condition of the law or of the house, with the days on which it holds.

    Art. 18.1 of the Cooperative Law 17/2023/QH15 and house rules; `code` names how it is counted from the books.
    """

    __tablename__ = "eligibility_rules"
    __table_args__ = (
        one_of("checked", Checked),
        UniqueConstraint("code", "valid_from"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="days_in_order"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    purpose: Mapped[str] = mapped_column(String(40), default="")
    checked: Mapped[Checked] = mapped_column(OneOf(Checked))
    blocks: Mapped[bool] = mapped_column(Boolean, default=True)
    words_vi: Mapped[str] = mapped_column(String(400))
    words_en: Mapped[str] = mapped_column(String(400))
    source: Mapped[str] = mapped_column(String(160))
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_until: Mapped[dt.date | None] = mapped_column(Date)
    position: Mapped[int] = mapped_column(SmallInteger, default=0)

    @property
    def words(self) -> str:
        return pick(self.words_vi, self.words_en)


class EligibilityAnswer(Model):
    """How a rule stood for an application when it was handed in; declared, or counted from the books."""

    __tablename__ = "eligibility_answers"
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("eligibility_rules.id"), primary_key=True)
    met: Mapped[bool] = mapped_column(Boolean)
    note: Mapped[str] = mapped_column(String(400), default="")
    rule: Mapped[EligibilityRule] = relationship()


class Waiver(Model):
    """An officer lets an application pass a rule it does not meet, and says why. Append-only."""

    __tablename__ = "waivers"
    __table_args__ = (UniqueConstraint("application_id", "rule_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    rule_id: Mapped[int] = mapped_column(ForeignKey("eligibility_rules.id"))
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class PreferenceRule(Model):
    """One step of the legal order when more qualify than can be chosen (Cooperative Law 17/2023/QH15, art. 18.3).

    Applicants declare a number, or, where `ticked`, yes or no. More stands before less; an earlier step outweighs
    all later ones.
    """

    __tablename__ = "preference_rules"
    __table_args__ = (
        UniqueConstraint("code", "valid_from"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="days_in_order"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    ticked: Mapped[bool] = mapped_column(Boolean, default=False)
    words_vi: Mapped[str] = mapped_column(String(400))
    words_en: Mapped[str] = mapped_column(String(400))
    source: Mapped[str] = mapped_column(String(160))
    valid_from: Mapped[dt.date] = mapped_column(Date)
    valid_until: Mapped[dt.date | None] = mapped_column(Date)
    position: Mapped[int] = mapped_column(SmallInteger)

    @property
    def words(self) -> str:
        return pick(self.words_vi, self.words_en)


class PreferenceAnswer(Model):
    """What an applicant declared for one step of the order; 1 is yes where it is ticked."""

    __tablename__ = "preference_answers"
    __table_args__ = (CheckConstraint("amount >= 0", name="amount_not_negative"),)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("preference_rules.id"), primary_key=True)
    amount: Mapped[int] = mapped_column(Integer)
    rule: Mapped[PreferenceRule] = relationship()


class Review(Model):
    """What one reviewer thinks of one application."""

    __tablename__ = "reviews"
    __table_args__ = (
        one_of("state", ReviewState),
        UniqueConstraint("application_id", "reviewer_id"),
        CheckConstraint("(state = 'submitted') = (submitted_at IS NOT NULL)", name="submitted_has_time"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[ReviewState] = mapped_column(OneOf(ReviewState), default=ReviewState.DRAFT)
    words: Mapped[str] = mapped_column(Text, default="")
    submitted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    application: Mapped[Application] = relationship()
    reviewer: Mapped[Person] = relationship()
    scores: Mapped[list[Score]] = relationship(cascade="all, delete-orphan")


class Score(Model):
    """Points of one review for one criterion."""

    __tablename__ = "review_scores"
    __table_args__ = (CheckConstraint("points >= 0", name="points_not_negative"),)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("call_criteria.id"), primary_key=True)
    points: Mapped[int] = mapped_column(SmallInteger)
    criterion: Mapped[Criterion] = relationship()


class Conflict(Model):
    """A reviewer stands too near to an applicant and does not score it. Append-only."""

    __tablename__ = "review_conflicts"
    __table_args__ = (UniqueConstraint("application_id", "person_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    words: Mapped[str] = mapped_column(String(400))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class PriorityChange(Model):
    """An application was put into another band by hand, and why. Append-only; band 0 is must-place."""

    __tablename__ = "priority_changes"
    __table_args__ = (Index("ix_priority_changes_application_id", "application_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    was: Mapped[int | None] = mapped_column(SmallInteger)
    band: Mapped[int] = mapped_column(SmallInteger)
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class ReleaseBatch(Model):
    """Decisions that went out together."""

    __tablename__ = "release_batches"
    __table_args__ = (Index("ix_release_batches_call_id", "call_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    previewed: Mapped[str] = mapped_column(String(64))
    approved: Mapped[int] = mapped_column(Integer)
    waitlisted: Mapped[int] = mapped_column(Integer)
    rejected: Mapped[int] = mapped_column(Integer)


explain("uq_applications_one_per_call", _l("This cooperative has an application here already."))
explain("uq_eligibility_rules_code_valid_from", _l("This rule begins on that day already."), "valid_from")
explain("uq_preference_rules_code_valid_from", _l("This step begins on that day already."), "valid_from")
explain("uq_calls_purpose_subject_id", _l("There is a call for this already."))

schema.append_only("waivers", "priority_changes", "review_conflicts", "release_batches")
