"""The record of a contract: what each delivery kept, what was missing in the end, and what both sides say to it.

Facts, never marks: nothing here is an opinion, and what somebody says to a fact stands beside it under their name.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
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
from marketplace.foundation.media import Photo
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.fulfilment.states.shortfall import ExcuseKind, ExcuseState, Why
from marketplace.linkage.models import CallOff, Contract
from marketplace.linkage.reckoning.breach import ShortfallBasis
from marketplace.linkage.states.contract import ContractSide


class SlotRecord(Model):
    """What became of one call once its day was over; all amounts in kg.

    `called` by the buyer, `promised` by the cooperative, `brought` to the scale, `accepted` in time, `late` accepted
    after the day, `rejected` at the depot. `short` is below the tolerance; of it `made_up` came until `cure_until`
    and `missing` did not. Written anew by the clock until `closed_at`. `market` is what the price board said that
    week: a fact beside the contract's `price`, it decides nothing.
    """

    __tablename__ = "slot_records"
    __table_args__ = (
        CheckConstraint("called > 0 AND promised >= 0 AND promised <= called", name="promised_within_called"),
        CheckConstraint(
            "brought >= 0 AND accepted >= 0 AND late >= 0 AND rejected >= 0", name="nothing_below_zero"
        ),
        CheckConstraint("short >= 0 AND made_up >= 0 AND missing >= 0", name="short_not_below_zero"),
        CheckConstraint("made_up + missing = short", name="made_up_and_missing"),
        CheckConstraint("(short > 0) = (cause <> '')", name="short_has_cause"),
        Index("ix_slot_records_contract_id_ends", "contract_id", "ends"),
        Index("ix_slot_records_ends", "ends", "contract_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    call_off_id: Mapped[int] = mapped_column(ForeignKey("call_offs.id"), unique=True)
    ends: Mapped[dt.date] = mapped_column(Date)
    cure_until: Mapped[dt.date] = mapped_column(Date)
    called: Mapped[Decimal] = mapped_column(Thousandths)
    promised: Mapped[Decimal] = mapped_column(Thousandths)
    brought: Mapped[Decimal] = mapped_column(Thousandths)
    accepted: Mapped[Decimal] = mapped_column(Thousandths)
    late: Mapped[Decimal] = mapped_column(Thousandths)
    rejected: Mapped[Decimal] = mapped_column(Thousandths)
    short: Mapped[Decimal] = mapped_column(Thousandths)
    made_up: Mapped[Decimal] = mapped_column(Thousandths)
    missing: Mapped[Decimal] = mapped_column(Thousandths)
    cause: Mapped[str] = mapped_column(String(40), default="")
    excuse_id: Mapped[int | None] = mapped_column(ForeignKey("excuses.id"))
    price: Mapped[Money | None] = mapped_column(Dong)
    market: Mapped[Money | None] = mapped_column(Dong)
    market_facts: Mapped[dict[str, Any] | None] = mapped_column(JSONColumn)
    written_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    call_off: Mapped[CallOff] = relationship()

    @property
    def gap(self) -> int | None:
        """What the market paid more (below nothing: less) per kg than the contract."""
        return None if self.market is None or self.price is None else int(self.market) - int(self.price)


class ContractShortfall(Model):
    """What one side kept of a whole contract, once it is over and every slip counts; written once.

    The one rule: a penalty is reckoned once, for the whole contract, never for single deliveries within it. The seller
    keeps by what was accepted, the buyer by what it called. `short` follows the contract's basis; `not_called` and
    `excused` kilograms of it are not this side's fault, `missing` is what is left. A settlement
    sheet takes the penalty by the fact that `fact` names.
    """

    __tablename__ = "contract_shortfalls"
    __table_args__ = (
        CheckConstraint("side IN ('seller', 'buyer')", name="side_known"),
        one_of("basis", ShortfallBasis),
        CheckConstraint("kept >= 0 AND agreed >= 0 AND lower <= agreed", name="amounts_sound"),
        CheckConstraint("short >= 0 AND not_called >= 0 AND excused >= 0", name="nothing_below_zero"),
        CheckConstraint(
            "missing >= 0 AND missing + not_called + excused = short", name="missing_is_the_rest"
        ),
        CheckConstraint("kept < lower OR short = 0", name="within_tolerance_nothing_short"),
        CheckConstraint("rate >= 0 AND rate <= cap", name="rate_within_law"),
        CheckConstraint("penalty >= 0 AND (penalty = 0 OR missing > 0)", name="penalty_only_for_missing"),
        CheckConstraint("(penalty > 0) = (why_none = '')", name="none_has_reason"),
        UniqueConstraint("contract_id", "side"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    side: Mapped[ContractSide] = mapped_column(OneOf(ContractSide))
    basis: Mapped[ShortfallBasis] = mapped_column(OneOf(ShortfallBasis))
    agreed: Mapped[Decimal] = mapped_column(Thousandths)
    lower: Mapped[Decimal] = mapped_column(Thousandths)
    kept: Mapped[Decimal] = mapped_column(Thousandths)
    short: Mapped[Decimal] = mapped_column(Thousandths)
    not_called: Mapped[Decimal] = mapped_column(Thousandths)
    excused: Mapped[Decimal] = mapped_column(Thousandths)
    missing: Mapped[Decimal] = mapped_column(Thousandths)
    price: Mapped[Money] = mapped_column(Dong)
    value: Mapped[Money] = mapped_column(Dong)
    rate: Mapped[Decimal] = mapped_column(Thousandths)
    cap: Mapped[Decimal] = mapped_column(Thousandths)
    penalty: Mapped[Money] = mapped_column(Dong)
    why_none: Mapped[str] = mapped_column(String(40), default="")
    written_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    contract: Mapped[Contract] = relationship()

    @property
    def fact(self) -> str:
        """As settlement sheets name it: each is charged once."""
        return f"shortfall:{self.id}"

    @property
    def why(self) -> Why | None:
        return Why(self.why_none) if self.why_none else None


class Excuse(Model):
    """One side tells that nobody could help it (force majeure), or that the other did not take the goods.

    It covers the deliveries from `first_day` to `last_day`, and counts once the other side accepts it.
    """

    __tablename__ = "excuses"
    __table_args__ = (
        one_of("kind", ExcuseKind),
        one_of("state", ExcuseState),
        CheckConstraint("side IN ('seller', 'buyer')", name="side_known"),
        CheckConstraint("kind = 'majeure' OR side = 'seller'", name="only_a_buyer_takes"),
        CheckConstraint("last_day >= first_day", name="ends_after_it_begins"),
        CheckConstraint("(state IN ('accepted', 'objected')) = (answered_at IS NOT NULL)", name="answered"),
        CheckConstraint("words <> ''", name="has_words"),
        Index("ix_excuses_contract_id", "contract_id", "first_day"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    side: Mapped[ContractSide] = mapped_column(OneOf(ContractSide))
    kind: Mapped[ExcuseKind] = mapped_column(OneOf(ExcuseKind))
    state: Mapped[ExcuseState] = mapped_column(OneOf(ExcuseState), default=ExcuseState.TOLD)
    first_day: Mapped[dt.date] = mapped_column(Date)
    last_day: Mapped[dt.date] = mapped_column(Date)
    words: Mapped[str] = mapped_column(String(1000))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(String(1000), default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    contract: Mapped[Contract] = relationship()
    photos: Mapped[list[ExcusePhoto]] = relationship(order_by="ExcusePhoto.position")

    @property
    def other(self) -> ContractSide:
        return ContractSide.BUYER if self.side is ContractSide.SELLER else ContractSide.SELLER

    def covers(self, day: dt.date) -> bool:
        return self.first_day <= day <= self.last_day


class ExcusePhoto(Model):
    """A photo of the field, the road, the paper of the commune. Append-only."""

    __tablename__ = "excuse_photos"
    __table_args__ = (CheckConstraint("position BETWEEN 1 AND 4", name="four_at_most"),)
    excuse_id: Mapped[int] = mapped_column(ForeignKey("excuses.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photos.id"))
    photo: Mapped[Photo] = relationship()


class RecordStatement(Model):
    """What one side says to a fact of the record; its last words count, earlier ones stay to be read."""

    __tablename__ = "record_statements"
    __table_args__ = (
        CheckConstraint("side IN ('seller', 'buyer')", name="side_known"),
        CheckConstraint("(slot_id IS NULL) <> (shortfall_id IS NULL)", name="about_one_fact"),
        Index("ix_record_statements_contract_id", "contract_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    slot_id: Mapped[int | None] = mapped_column(ForeignKey("slot_records.id"))
    shortfall_id: Mapped[int | None] = mapped_column(ForeignKey("contract_shortfalls.id"))
    side: Mapped[ContractSide] = mapped_column(OneOf(ContractSide))
    words: Mapped[str] = mapped_column(String(1000))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by: Mapped[Person | None] = relationship()


explain("uq_contract_shortfalls_contract_id_side", _l("The figures of this contract stand already."))
schema.append_only("excuse_photos")
schema.redactable("record_statements", "words")
