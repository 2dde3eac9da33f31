"""Disputes about slips of acceptance: what is claimed, and each thing that was said until it ended."""

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

from marketplace.accounts.models import Person
from marketplace.foundation.db import Model, OneOf, Thousandths, UtcDateTime, explain, one_of, schema
from marketplace.foundation.media import Photo
from marketplace.foundation.words import _l
from marketplace.fulfilment.models.acceptance import Acceptance, AcceptanceLine
from marketplace.fulfilment.states.acceptance import Outcome, Rejection
from marketplace.fulfilment.states.dispute import (
    OPEN_SLIP_DISPUTES,
    SlipDisputeState,
    StepKind,
    Turn,
)
from marketplace.linkage.models import Contract
from marketplace.linkage.states.contract import ContractSide

OPEN = "state IN ('raised', 'answered', 'mediated')"


class SlipDispute(Model):
    """One side says that a slip counts kilograms wrongly.

    `side` raised it. Whose turn it is says `turn`, and `due_by` until when: nothing runs while the alliance has the
    turn. The alliance decides only where both `consented`. `revision` is that of the slip which came of it;
    `firm_before` keeps since when the slip counted before it was disputed.
    """

    __tablename__ = "slip_disputes"
    __table_args__ = (
        one_of("state", SlipDisputeState),
        one_of("turn", Turn),
        CheckConstraint("side IN ('seller', 'buyer')", name="side_known"),
        CheckConstraint(f"({OPEN}) = (closed_at IS NULL)", name="closed_has_time"),
        CheckConstraint(f"({OPEN}) = (turn <> 'nobody')", name="open_has_turn"),
        CheckConstraint(
            "turn NOT IN ('other', 'raiser', 'both') OR due_by IS NOT NULL", name="turn_has_clock"
        ),
        CheckConstraint(
            "state <> 'decided' OR (seller_consented_at IS NOT NULL AND buyer_consented_at IS NOT NULL)",
            name="decided_as_both_wished",
        ),
        CheckConstraint(
            "(state IN ('agreed', 'decided', 'stands')) = (revision IS NOT NULL)",
            name="corrected_has_revision",
        ),
        Index("ix_slip_disputes_acceptance_id", "acceptance_id"),
        Index("ix_slip_disputes_state_due_by", "state", "due_by"),
        Index(
            "uq_slip_disputes_open",
            "acceptance_id",
            unique=True,
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    acceptance_id: Mapped[int] = mapped_column(ForeignKey("acceptances.id"))
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"), index=True)
    side: Mapped[ContractSide] = mapped_column(OneOf(ContractSide))
    state: Mapped[SlipDisputeState] = mapped_column(OneOf(SlipDisputeState), default=SlipDisputeState.RAISED)
    turn: Mapped[Turn] = mapped_column(OneOf(Turn), default=Turn.OTHER)
    due_by: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    seller_consented_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    buyer_consented_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    firm_before: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int | None] = mapped_column(SmallInteger)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    acceptance: Mapped[Acceptance] = relationship()
    contract: Mapped[Contract] = relationship()
    steps: Mapped[list[SlipDisputeStep]] = relationship(
        back_populates="dispute", order_by="SlipDisputeStep.id"
    )

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_SLIP_DISPUTES

    @property
    def other(self) -> ContractSide:
        """The side that has to answer it."""
        return ContractSide.BUYER if self.side is ContractSide.SELLER else ContractSide.SELLER

    @property
    def claim(self) -> SlipDisputeStep:
        return self.steps[0]

    def last(self, kind: StepKind) -> SlipDisputeStep | None:
        return next((step for step in reversed(self.steps) if step.kind == kind), None)

    def said(self, side: ContractSide) -> StepKind | None:
        """Whether this side agreed to the last proposal, or did not, or has not said."""
        proposal = self.last(StepKind.PROPOSAL)
        since = proposal.id if proposal else 0
        kinds = (StepKind.YES, StepKind.NO)
        said = (s.kind for s in self.steps if s.side == side and s.kind in kinds and s.id > since)
        return next(said, None)

    def consented(self, side: ContractSide) -> bool:
        at = self.seller_consented_at if side == ContractSide.SELLER else self.buyer_consented_at
        return at is not None

    @property
    def may_be_decided(self) -> bool:
        return self.consented(ContractSide.SELLER) and self.consented(ContractSide.BUYER)


class SlipDisputeStep(Model):
    """What somebody said or did, and when; `side` is empty where the clock did it. Only `words` may be taken out."""

    __tablename__ = "slip_dispute_steps"
    __table_args__ = (
        one_of("kind", StepKind),
        CheckConstraint("side IN ('seller', 'buyer', 'office', '')", name="side_known"),
        CheckConstraint("(side = '') = (kind = 'clock')", name="clock_has_no_side"),
        Index("ix_slip_dispute_steps_dispute_id", "dispute_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("slip_disputes.id"))
    kind: Mapped[StepKind] = mapped_column(OneOf(StepKind))
    side: Mapped[str] = mapped_column(String(40), default="")
    words: Mapped[str] = mapped_column(String(2000), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    dispute: Mapped[SlipDispute] = relationship(back_populates="steps")
    by: Mapped[Person | None] = relationship()
    shifts: Mapped[list[SlipDisputeShift]] = relationship(order_by="SlipDisputeShift.position")
    photos: Mapped[list[SlipDisputePhoto]] = relationship(order_by="SlipDisputePhoto.position")


class SlipDisputeShift(Model):
    """So many kg of a line of the slip should count otherwise: as another grade, or as refused. Append-only."""

    __tablename__ = "slip_dispute_shifts"
    __table_args__ = (
        one_of("outcome", Outcome),
        CheckConstraint("kg > 0", name="kg_positive"),
        CheckConstraint("(outcome = 'rejected') = (reason <> '')", name="rejected_has_reason"),
        UniqueConstraint("step_id", "line_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("slip_dispute_steps.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    line_id: Mapped[int] = mapped_column(ForeignKey("acceptance_lines.id"))
    kg: Mapped[Decimal] = mapped_column(Thousandths)
    outcome: Mapped[Outcome] = mapped_column(OneOf(Outcome))
    grade: Mapped[str] = mapped_column(String(12), default="")
    reason: Mapped[str] = mapped_column(String(40), default="")
    line: Mapped[AcceptanceLine] = relationship()

    @property
    def why(self) -> Rejection | None:
        return Rejection(self.reason) if self.reason else None


class SlipDisputePhoto(Model):
    """A photo that shows what was said. Append-only."""

    __tablename__ = "slip_dispute_photos"
    __table_args__ = (CheckConstraint("position BETWEEN 1 AND 4", name="four_at_most"),)
    step_id: Mapped[int] = mapped_column(ForeignKey("slip_dispute_steps.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photos.id"))
    photo: Mapped[Photo] = relationship()


explain("uq_slip_disputes_open", _l("This slip is disputed already: let us end that one first."))
schema.append_only("slip_dispute_shifts", "slip_dispute_photos")
schema.redactable("slip_dispute_steps", "words")
