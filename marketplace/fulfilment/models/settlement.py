"""Settlement sheets: what is to be paid for slips of acceptance, line by line, and what was given ahead."""

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
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cooperatives.models import Cooperative
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
from marketplace.fulfilment.models.acceptance import Acceptance
from marketplace.fulfilment.states.settlement import AdvanceState, DueFrom, SettlementState
from marketplace.linkage.models import Contract
from marketplace.linkage.reckoning.deposit import Refuser
from marketplace.linkage.reckoning.settlement import LineKind
from marketplace.linkage.states.contract import ContractSide

STANDS = text("living")


class SettlementBook(Model):
    """What was given ahead under a contract and what of it sheets have counted off, in đồng. `deposit_ended` is what
    closing sheets keep for the seller, or will keep or give back once both confirm them. The row is also the turn that
    whoever draws up, confirms or replaces a sheet of the contract waits for."""

    __tablename__ = "settlement_books"
    __table_args__ = (
        CheckConstraint(
            "deposit_counted >= 0 AND deposit_ended >= 0 AND deposit_counted + deposit_ended <= deposit_came",
            name="deposit_within",
        ),
        CheckConstraint("inputs_counted >= 0 AND inputs_counted <= inputs_given", name="inputs_within"),
    )
    contract_id: Mapped[int] = mapped_column(
        ForeignKey("contracts.id"), primary_key=True, autoincrement=False
    )
    deposit_came: Mapped[Money] = mapped_column(Dong, default=Money(0))
    deposit_counted: Mapped[Money] = mapped_column(Dong, default=Money(0))
    deposit_ended: Mapped[Money] = mapped_column(Dong, default=Money(0), server_default="0")
    inputs_given: Mapped[Money] = mapped_column(Dong, default=Money(0))
    inputs_counted: Mapped[Money] = mapped_column(Dong, default=Money(0))

    @property
    def deposit_left(self) -> Money:
        return self.deposit_came - self.deposit_counted - self.deposit_ended

    @property
    def inputs_left(self) -> Money:
        return self.inputs_given - self.inputs_counted


class Settlement(Model):
    """One sheet (bảng kê quyết toán) of a contract. Its lines never change: one that is disagreed with becomes void,
    and another with its own number stands for it (`replaces_id`).

    `total` is what the buyer pays; where nothing is due, `owed_back` is what the seller owes and the next sheet takes
    off. `corrected` is what earlier sheets counted too little of slips that were disputed since, below zero too much.
    A `closing` sheet is the last of a contract that is over: nothing is left to be settled after it. `inputs_left` and
    `deposit_left` are what later sheets count off. `accepted_on` is the day of its last acceptance. `drawn_by` is the
    side that drew it up, nobody for the clock.
    """

    __tablename__ = "settlements"
    __table_args__ = (
        one_of("state", SettlementState),
        one_of("due_from", DueFrom),
        CheckConstraint("total >= 0 AND owed_back >= 0 AND (total = 0 OR owed_back = 0)", name="one_way"),
        CheckConstraint("goods >= 0 AND inputs_left >= 0 AND deposit_left >= 0", name="nothing_below_zero"),
        CheckConstraint(
            "(state IN ('confirmed', 'paid')) = (confirmed_at IS NOT NULL AND due_on IS NOT NULL "
            "AND due_from IS NOT NULL)",
            name="confirmed_has_due_day",
        ),
        CheckConstraint(
            "state NOT IN ('confirmed', 'paid') OR (seller_confirmed_at IS NOT NULL "
            "AND buyer_confirmed_at IS NOT NULL)",
            name="confirmed_by_both",
        ),
        CheckConstraint("(state = 'paid') = (paid_at IS NOT NULL)", name="paid_has_time"),
        CheckConstraint("(state = 'void') = (words <> '')", name="void_has_words"),
        UniqueConstraint("cooperative_id", "number"),
        UniqueConstraint("replaces_id"),
        Index("ix_settlements_contract_id", "contract_id", "id"),
        Index("ix_settlements_state_due_on", "state", "due_on"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    number: Mapped[str] = mapped_column(String(40))
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    state: Mapped[SettlementState] = mapped_column(OneOf(SettlementState), default=SettlementState.DRAFT)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("settlements.id"))
    closing: Mapped[bool] = mapped_column(default=False, server_default=false())
    goods: Mapped[Money] = mapped_column(Dong)
    corrected: Mapped[Money] = mapped_column(Dong, default=Money(0), server_default="0")
    total: Mapped[Money] = mapped_column(Dong)
    owed_back: Mapped[Money] = mapped_column(Dong)
    inputs_left: Mapped[Money] = mapped_column(Dong)
    deposit_left: Mapped[Money] = mapped_column(Dong)
    from_day: Mapped[dt.date | None] = mapped_column(Date)
    until_day: Mapped[dt.date | None] = mapped_column(Date)
    accepted_on: Mapped[dt.date | None] = mapped_column(Date)
    due_on: Mapped[dt.date | None] = mapped_column(Date)
    due_from: Mapped[DueFrom | None] = mapped_column(OneOf(DueFrom))
    words: Mapped[str] = mapped_column(String(500), default="")
    drawn_by: Mapped[str] = mapped_column(String(40), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    seller_confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    seller_confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    buyer_confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    buyer_confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    paid_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    contract: Mapped[Contract] = relationship()
    lines: Mapped[list[SettlementLine]] = relationship(
        order_by="SettlementLine.position", back_populates="settlement"
    )
    facts: Mapped[list[SettlementFact]] = relationship(order_by="SettlementFact.id")
    parts: Mapped[list[SettlementPart]] = relationship(
        order_by="SettlementPart.id", back_populates="settlement"
    )
    deposit_end: Mapped[DepositEnd | None] = relationship(back_populates="settlement")
    credits: Mapped[list[SettlementCredit]] = relationship(
        order_by="SettlementCredit.id", foreign_keys="SettlementCredit.settlement_id"
    )

    @property
    def credited(self) -> Money:
        """What of `owed_back` was taken off earlier sheets."""
        return Money(sum(int(each.amount) for each in self.credits))

    def of(self, *kinds: LineKind) -> Money:
        """What its lines of these kinds come to."""
        return Money(sum(int(line.amount) for line in self.lines if line.kind in kinds))

    @property
    def side(self) -> ContractSide | None:
        return ContractSide(self.drawn_by) if self.drawn_by else None


class SettlementLine(Model):
    """One line, rounded once, with all that it was computed from as it was then. Append-only; below zero where it
    lessens what the buyer pays. `fact` names what it settles: "slip:12", "correction:12:2" (its second revision),
    "payment:7", "settlement:3"."""

    __tablename__ = "settlement_lines"
    __table_args__ = (
        one_of("kind", LineKind),
        CheckConstraint(
            "(kind IN ('goods', 'correction')) = (acceptance_id IS NOT NULL AND quantity IS NOT NULL "
            "AND price IS NOT NULL AND day IS NOT NULL)",
            name="goods_have_a_slip",
        ),
        UniqueConstraint("settlement_id", "position"),
        Index("ix_settlement_lines_acceptance_id", "acceptance_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    settlement_id: Mapped[int] = mapped_column(ForeignKey("settlements.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[LineKind] = mapped_column(OneOf(LineKind))
    amount: Mapped[Money] = mapped_column(Dong)
    fact: Mapped[str] = mapped_column(String(60), default="")
    acceptance_id: Mapped[int | None] = mapped_column(ForeignKey("acceptances.id"))
    slip: Mapped[str] = mapped_column(String(40), default="")
    day: Mapped[dt.date | None] = mapped_column(Date)
    grade: Mapped[str] = mapped_column(String(12), default="")
    quantity: Mapped[Decimal | None] = mapped_column(Thousandths)
    price: Mapped[Money | None] = mapped_column(Dong)
    words: Mapped[dict[str, str]] = mapped_column(JSONColumn)
    inputs: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    settlement: Mapped[Settlement] = relationship(back_populates="lines")


class SettlementFact(Model):
    """What a sheet settles, once: a slip of acceptance, its correction, a penalty, interest, what an earlier sheet left
    owed, what is left of the deposit. While the sheet stands nothing else settles it: the database refuses."""

    __tablename__ = "settlement_facts"
    __table_args__ = (
        CheckConstraint(
            "(substr(fact, 1, 5) = 'slip:' OR substr(fact, 1, 11) = 'correction:') = (acceptance_id IS NOT NULL)",
            name="slip_is_one",
        ),
        Index(
            "uq_settlement_facts_living", "fact", unique=True, sqlite_where=STANDS, postgresql_where=STANDS
        ),
        Index("ix_settlement_facts_settlement_id", "settlement_id"),
        Index("ix_settlement_facts_acceptance_id", "acceptance_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    settlement_id: Mapped[int] = mapped_column(ForeignKey("settlements.id"))
    fact: Mapped[str] = mapped_column(String(60))
    acceptance_id: Mapped[int | None] = mapped_column(ForeignKey("acceptances.id"))
    living: Mapped[bool] = mapped_column(default=True)
    acceptance: Mapped[Acceptance | None] = relationship()


class SettlementPart(Model):
    """What a member of the pool behind the contract gets of a sheet: its goods, what is corrected of its slips, and its
    share of what is paid; below zero it gives that back to the lead. Append-only; all parts come to the total."""

    __tablename__ = "settlement_parts"
    __table_args__ = (
        CheckConstraint(
            "kg >= 0 AND goods >= 0 AND (amount >= 0 OR corrected < 0)", name="nothing_below_zero"
        ),
        UniqueConstraint("settlement_id", "cooperative_id"),
        Index("ix_settlement_parts_cooperative_id", "cooperative_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    settlement_id: Mapped[int] = mapped_column(ForeignKey("settlements.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    kg: Mapped[Decimal] = mapped_column(Thousandths)
    goods: Mapped[Money] = mapped_column(Dong)
    corrected: Mapped[Money] = mapped_column(Dong, default=Money(0), server_default="0")
    amount: Mapped[Money] = mapped_column(Dong)
    settlement: Mapped[Settlement] = relationship(back_populates="parts")
    cooperative: Mapped[Cooperative] = relationship()


class DepositEnd(Model):
    """What becomes of the part of a deposit that no sheet counted off, once both confirm this closing sheet: kept by
    the seller, or given back, with what is `added` to it. `words` say why in both languages, `inputs` what it follows
    from. `said_by` is the side that said who refused, nobody where the record tells it."""

    __tablename__ = "deposit_ends"
    __table_args__ = (
        one_of("refuser", Refuser),
        CheckConstraint("kept >= 0 AND returned >= 0 AND kept + returned > 0", name="something_ends"),
        CheckConstraint("(refuser = 'payer') = (kept > 0)", name="kept_when_payer_refused"),
        CheckConstraint("added >= 0 AND (added = 0 OR refuser = 'receiver')", name="added_by_receiver"),
    )
    settlement_id: Mapped[int] = mapped_column(
        ForeignKey("settlements.id"), primary_key=True, autoincrement=False
    )
    refuser: Mapped[Refuser] = mapped_column(OneOf(Refuser))
    kept: Mapped[Money] = mapped_column(Dong)
    returned: Mapped[Money] = mapped_column(Dong)
    added: Mapped[Money] = mapped_column(Dong)
    said_by: Mapped[str] = mapped_column(String(40), default="")
    words: Mapped[dict[str, str]] = mapped_column(JSONColumn)
    inputs: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    settlement: Mapped[Settlement] = relationship(back_populates="deposit_end")


class SettlementCredit(Model):
    """What a closing sheet takes off what is owed for an earlier one, because no later sheet will: `amount` đồng of
    `against`, whose lines stay as they are."""

    __tablename__ = "settlement_credits"
    __table_args__ = (
        CheckConstraint("amount > 0", name="something_taken_off"),
        CheckConstraint("settlement_id <> against_id", name="against_another"),
        UniqueConstraint("settlement_id", "against_id"),
        Index("ix_settlement_credits_against_id", "against_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    settlement_id: Mapped[int] = mapped_column(ForeignKey("settlements.id"))
    against_id: Mapped[int] = mapped_column(ForeignKey("settlements.id"))
    amount: Mapped[Money] = mapped_column(Dong)
    against: Mapped[Settlement] = relationship(foreign_keys=[against_id])


class InputAdvance(Model):
    """Seed, fertiliser and the like that the buyer gave ahead. It is counted off once the seller said that it came."""

    __tablename__ = "input_advances"
    __table_args__ = (
        one_of("state", AdvanceState),
        CheckConstraint("value > 0 AND quantity > 0", name="something_given"),
        CheckConstraint("item <> ''", name="has_item"),
        CheckConstraint("(state = 'written') = (answered_at IS NULL)", name="answered_iff_not_waiting"),
        CheckConstraint("(state = 'declined') = (words <> '')", name="declined_has_words"),
        UniqueConstraint("contract_id", "once"),
        Index("ix_input_advances_contract_id", "contract_id", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    state: Mapped[AdvanceState] = mapped_column(OneOf(AdvanceState), default=AdvanceState.WRITTEN)
    item: Mapped[str] = mapped_column(String(160))
    quantity: Mapped[Decimal] = mapped_column(Thousandths)
    unit: Mapped[str] = mapped_column(String(20), default="")
    value: Mapped[Money] = mapped_column(Dong)
    given_on: Mapped[dt.date] = mapped_column(Date)
    words: Mapped[str] = mapped_column(String(500), default="")
    # Said twice by the same press it is written once.
    once: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    contract: Mapped[Contract] = relationship()


class SettlementCounter(Model):
    """The last number of a cooperative's sheets in a year."""

    __tablename__ = "settlement_counters"
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)


schema.append_only("settlement_lines", "settlement_parts", "deposit_ends", "settlement_credits")
explain("uq_settlement_facts_living", _l("Something of this stands in another sheet already."))
explain("uq_settlements_replaces_id", _l("Another sheet stands for this one already."))
explain("uq_input_advances_contract_id_once", _l("This is written down already."))
explain(
    "ck_settlement_books_deposit_within",
    _l("This deposit was counted off on a settlement sheet already: it cannot be paid back here."),
)
