"""Slips of acceptance: what of a delivery was good for which grade, and what was refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.models import Delivery
from marketplace.foundation.db import Model, OneOf, Thousandths, UtcDateTime, explain, one_of, schema
from marketplace.foundation.media import Photo
from marketplace.foundation.words import _l
from marketplace.fulfilment.states import AcceptanceState, Outcome, Rejection
from marketplace.linkage.models import CallOff, Contract


class Acceptance(Model):
    """One slip (biên bản nghiệm thu) for one delivery of a call-off. All amounts in kg.

    `gross` is what the depot's scale showed, `tare` what crates and nets weigh, `deducted` soil and loss by the
    contract; the rest stands in `lines`, split into grades and what was refused. Lines never change: a correction or a
    decision writes the next `revision`. `by_silence`: one side let its time pass. Until `object_by` the seller may
    object.
    """

    __tablename__ = "acceptances"
    __table_args__ = (
        one_of("state", AcceptanceState),
        CheckConstraint("gross >= 0 AND tare >= 0 AND deducted >= 0", name="nothing_below_zero"),
        CheckConstraint("tare + deducted <= gross", name="taken_off_within_gross"),
        CheckConstraint("revision >= 0", name="revision_counted"),
        CheckConstraint(
            "state = 'open' OR buyer_signed_at IS NOT NULL OR by_silence", name="signed_by_buyer_or_silence"
        ),
        CheckConstraint(
            "state <> 'agreed' OR seller_signed_at IS NOT NULL OR by_silence",
            name="agreed_by_seller_or_silence",
        ),
        CheckConstraint("(state IN ('agreed', 'decided')) = (firm_since IS NOT NULL)", name="firm_has_day"),
        CheckConstraint("state = 'open' OR object_by IS NOT NULL", name="signed_has_clock"),
        UniqueConstraint("cooperative_id", "number"),
        Index("ix_acceptances_contract_id", "contract_id", "id"),
        Index("ix_acceptances_call_off_id", "call_off_id"),
        Index("ix_acceptances_state_object_by", "state", "object_by"),
        Index("ix_acceptances_arrived_at", "arrived_at"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    number: Mapped[str] = mapped_column(String(40))
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    call_off_id: Mapped[int] = mapped_column(ForeignKey("call_offs.id"))
    delivery_id: Mapped[int] = mapped_column(ForeignKey("deliveries.id"), unique=True)
    # Who brought it: the contract's seller, or a member of the pool that it leads.
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    state: Mapped[AcceptanceState] = mapped_column(OneOf(AcceptanceState), default=AcceptanceState.OPEN)
    revision: Mapped[int] = mapped_column(SmallInteger, default=0)
    gross: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    tare: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    deducted: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    words: Mapped[str] = mapped_column(String(500), default="")
    by_silence: Mapped[bool] = mapped_column(Boolean, default=False)
    arrived_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    buyer_name: Mapped[str] = mapped_column(String(120), default="")
    buyer_signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    buyer_signed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    seller_name: Mapped[str] = mapped_column(String(120), default="")
    seller_signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    seller_signed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # Who signed for the seller on the buyer's phone: noted, and nothing more until the seller says so itself.
    depot_name: Mapped[str] = mapped_column(String(120), default="")
    object_by: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # Since when it counts: agreed or decided. The day of acceptance, from which payment is due.
    firm_since: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    contract: Mapped[Contract] = relationship()
    cooperative: Mapped[Cooperative] = relationship()
    call_off: Mapped[CallOff] = relationship()
    delivery: Mapped[Delivery] = relationship()
    all_lines: Mapped[list[AcceptanceLine]] = relationship(
        order_by="AcceptanceLine.revision, AcceptanceLine.position"
    )

    @property
    def called(self) -> str:
        """Its number; among those of a pool, where each member counts its own, with who brought the goods."""
        return f"{self.number} · {self.cooperative.called}" if self.contract.of_pool else self.number

    @property
    def lines(self) -> list[AcceptanceLine]:
        """Those that count now."""
        return [line for line in self.all_lines if line.revision == self.revision]

    @property
    def net(self) -> Decimal:
        """What is shared out among grades and refusals."""
        return self.gross - self.tare - self.deducted

    @property
    def accepted(self) -> Decimal:
        return sum((line.kg for line in self.lines if line.outcome is Outcome.ACCEPTED), Decimal(0))

    @property
    def rejected(self) -> Decimal:
        return sum((line.kg for line in self.lines if line.outcome is Outcome.REJECTED), Decimal(0))


class AcceptanceLine(Model):
    """So many kg: good for `grade` (as the contract's price names it), or refused with a reason. Append-only."""

    __tablename__ = "acceptance_lines"
    __table_args__ = (
        one_of("outcome", Outcome),
        CheckConstraint("kg > 0", name="kg_positive"),
        CheckConstraint("(outcome = 'rejected') = (reason <> '')", name="rejected_has_reason"),
        CheckConstraint("outcome = 'rejected' OR fate = ''", name="only_rejected_has_fate"),
        UniqueConstraint("acceptance_id", "revision", "position"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    acceptance_id: Mapped[int] = mapped_column(ForeignKey("acceptances.id"))
    revision: Mapped[int] = mapped_column(SmallInteger)
    position: Mapped[int] = mapped_column(SmallInteger)
    outcome: Mapped[Outcome] = mapped_column(OneOf(Outcome))
    grade: Mapped[str] = mapped_column(String(12), default="")
    kg: Mapped[Decimal] = mapped_column(Thousandths)
    reason: Mapped[str] = mapped_column(String(40), default="")
    words: Mapped[str] = mapped_column(String(500), default="")
    # What becomes of refused goods: a `Fate`, or nothing where nobody said.
    fate: Mapped[str] = mapped_column(String(20), default="")
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photos.id"))
    photo: Mapped[Photo | None] = relationship()

    @property
    def why(self) -> Rejection | None:
        return Rejection(self.reason) if self.reason else None


class AcceptanceCounter(Model):
    """The last number of a cooperative's slips in a year."""

    __tablename__ = "acceptance_counters"
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)


class AcceptanceSending(Model):
    """The number under which a phone sent a slip: what arrives twice, after a bad connection, is one signature."""

    __tablename__ = "acceptance_sendings"
    client: Mapped[str] = mapped_column(String(36), primary_key=True)
    acceptance_id: Mapped[int] = mapped_column(ForeignKey("acceptances.id"), unique=True)


schema.append_only("acceptance_lines")
explain("uq_acceptances_delivery_id", _l("This delivery has its slip of acceptance already."))
