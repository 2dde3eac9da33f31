"""What is called off from a contract: its slots, the calls that asked for them, and each answer."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models import Goods, Product
from marketplace.foundation.calendar import Week
from marketplace.foundation.db import Model, OneOf, Thousandths, UtcDateTime, explain, one_of, schema
from marketplace.foundation.words import _l
from marketplace.linkage.models.contract import Contract
from marketplace.linkage.states.call_off import CallOffState


class CallRound(Model):
    """One asking of the buyer, for one slot or several: answered together, until `answer_by`."""

    __tablename__ = "call_rounds"
    __table_args__ = (Index("ix_call_rounds_contract_id", "contract_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    answer_by: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    contract: Mapped[Contract] = relationship()
    call_offs: Mapped[list[CallOff]] = relationship(
        order_by="CallOff.slot, CallOff.id", back_populates="call"
    )


class CallOff(Model):
    """One slot of a contract's schedule: the ISO week `week`, or `day` in it. All amounts in kg.

    `product` is the contract's; in a pool a member's that stands for those of all: `goods` is what lists call them.
    `slot` is the day or the week as text. `planned` is what the schedule says, `called` what the buyer asks for,
    `accepted` what the cooperative will bring. While a change of something accepted is asked, `standing` keeps what was
    accepted before it. `taken` is what counts towards the most that the contract lets be called. `loaded` is what was
    made ready to leave or has left: never more than what was accepted.
    """

    __tablename__ = "call_offs"
    __table_args__ = (
        one_of("state", CallOffState),
        CheckConstraint("planned > 0", name="plans_something"),
        CheckConstraint("accepted >= 0 AND accepted <= called", name="accepted_within_called"),
        CheckConstraint(
            "standing >= 0 AND (standing = 0 OR state = 'called')", name="standing_only_while_asked"
        ),
        CheckConstraint("(state = 'accepted') = (accepted > 0)", name="accepted_iff_something"),
        CheckConstraint(
            "loaded >= 0 AND (loaded <= accepted OR loaded <= standing)", name="loaded_within_accepted"
        ),
        CheckConstraint("(state = 'planned') = (call_id IS NULL)", name="called_iff_by_a_call"),
        CheckConstraint(
            "state <> 'called' OR (called > 0 AND taken >= called AND taken >= standing)", name="called_taken"
        ),
        CheckConstraint("state <> 'accepted' OR taken = accepted", name="accepted_taken"),
        CheckConstraint("state IN ('called', 'accepted') OR taken = 0", name="else_nothing_taken"),
        CheckConstraint(
            "cause <> '' OR NOT (state = 'refused' OR (state = 'accepted' AND accepted < called))",
            name="less_has_cause",
        ),
        UniqueConstraint("contract_id", "product_id", "slot"),
        Index("ix_call_offs_contract_id_week", "contract_id", "week"),
        Index("ix_call_offs_call_id", "call_id"),
        Index("ix_call_offs_state", "state", "contract_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    week: Mapped[str] = mapped_column(String(8))
    day: Mapped[dt.date | None] = mapped_column(Date)
    slot: Mapped[str] = mapped_column(String(10))
    planned: Mapped[Decimal] = mapped_column(Thousandths)
    called: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    accepted: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    standing: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    taken: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))
    loaded: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0), server_default="0")
    state: Mapped[CallOffState] = mapped_column(OneOf(CallOffState), default=CallOffState.PLANNED)
    cause: Mapped[str] = mapped_column(String(40), default="")
    call_id: Mapped[int | None] = mapped_column(ForeignKey("call_rounds.id"))
    contract: Mapped[Contract] = relationship()
    product: Mapped[Product] = relationship()
    call: Mapped[CallRound | None] = relationship(back_populates="call_offs")

    @property
    def holder(self) -> str:
        """As the ledger of goods names it."""
        return f"call_off:{self.id}"

    @property
    def goods(self) -> Product | Goods:
        """What was agreed: the seller's product, or what all members of a pool grow."""
        pooled = self.product.commodity.goods if self.contract.of_pool else None
        return pooled or self.product

    @property
    def starts(self) -> dt.date:
        return self.day or Week.parse(self.week).start

    @property
    def ends(self) -> dt.date:
        return self.day or Week.parse(self.week).end

    @property
    def to_load(self) -> Decimal:
        """What was accepted and is not on its way yet, in kg."""
        return max(self.accepted, self.standing) - self.loaded

    @property
    def before(self) -> Decimal:
        """What stands without the call that is asked now: what was accepted, else what is planned."""
        return self.standing or self.planned


class CallOffAnswer(Model):
    """What came of each call, a fact with its cause: taken in full, less, refused (nothing accepted), or no answer.

    Append-only. A change that was not agreed to is one too: `kept` is what stands instead.
    """

    __tablename__ = "call_off_answers"
    __table_args__ = (
        CheckConstraint("called > 0 AND accepted >= 0 AND accepted <= called", name="within_called"),
        Index("ix_call_off_answers_call_off_id", "call_off_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    call_off_id: Mapped[int] = mapped_column(ForeignKey("call_offs.id"))
    call_id: Mapped[int] = mapped_column(ForeignKey("call_rounds.id"))
    called: Mapped[Decimal] = mapped_column(Thousandths)
    accepted: Mapped[Decimal] = mapped_column(Thousandths)
    kept: Mapped[Decimal] = mapped_column(Thousandths)
    answered: Mapped[bool] = mapped_column()
    cause: Mapped[str] = mapped_column(String(40), default="")
    words: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class CallOffTotal(Model):
    """How many kg of a contract are called or accepted, never above what its tolerance allows: the database refuses."""

    __tablename__ = "call_off_totals"
    __table_args__ = (CheckConstraint("taken >= 0 AND taken <= most", name="within_tolerance"),)
    contract_id: Mapped[int] = mapped_column(
        ForeignKey("contracts.id"), primary_key=True, autoincrement=False
    )
    most: Mapped[Decimal] = mapped_column(Thousandths)
    taken: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0))


schema.append_only("call_off_answers")
explain("ck_call_offs_loaded_within_accepted", _l("More is made ready for this call than that."))
explain("ck_call_off_totals_within_tolerance", _l("That is more than the contract and its tolerance allow."))
