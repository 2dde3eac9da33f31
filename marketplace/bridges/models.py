"""Deals that began at a fair: where each began, by what it is known, and who objects."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    Date,
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
from marketplace.bridges.states import FromKind, How, PathSide, ToKind
from marketplace.fairs.models import Fair
from marketplace.foundation import clock
from marketplace.foundation.db import Dong, Model, OneOf, Thousandths, UtcDateTime, explain, one_of, schema
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.linkage.models import Contract, Need
from marketplace.programmes.models import Loan

LIVES = text("ended_at IS NULL")
STANDS = text("removed_at IS NULL")
ONCE = text("removed_at IS NULL AND from_kind IN ('lead', 'fair_deal')")

FIGURES = ("contracts", "partners", "value", "delivered_kg", "delivered", "sheets", "in_time", "late", "paid")


class DealPath(Model):
    """A request, or a contract that comes from no request, began at one fair: the database lets it have one origin.

    Contracts of a request's award belong to the path of the request. `counts_until` was set by the rule of the day on
    which the path began: a contract signed later stands on it and is not counted for the fair. `folded` is what it is
    found by: fair, goods, buyer.
    """

    __tablename__ = "deal_paths"
    __table_args__ = (
        CheckConstraint("(need_id IS NULL) <> (contract_id IS NULL)", name="request_or_contract"),
        CheckConstraint("(ended_at IS NULL) = (ended_reason = '')", name="ended_has_reason"),
        Index("uq_deal_paths_need", "need_id", unique=True, sqlite_where=LIVES, postgresql_where=LIVES),
        Index(
            "uq_deal_paths_contract", "contract_id", unique=True, sqlite_where=LIVES, postgresql_where=LIVES
        ),
        Index("ix_deal_paths_fair_id", "fair_id", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    need_id: Mapped[int | None] = mapped_column(ForeignKey("needs.id"))
    contract_id: Mapped[int | None] = mapped_column(ForeignKey("contracts.id"))
    counts_until: Mapped[dt.date] = mapped_column(Date)
    folded: Mapped[str] = mapped_column(String(800), default="")
    begun_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    begun_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_reason: Mapped[str] = mapped_column(String(500), default="")
    fair: Mapped[Fair] = relationship()
    need: Mapped[Need | None] = relationship()
    contract: Mapped[Contract | None] = relationship()
    links: Mapped[list[DealLink]] = relationship(order_by="DealLink.id", back_populates="path")
    objections: Mapped[list[DealObjection]] = relationship(order_by="DealObjection.id", back_populates="path")

    @property
    def standing(self) -> list[DealLink]:
        """Those that nobody took away."""
        return [link for link in self.links if link.removed_at is None]


class DealLink(Model):
    """By what a path is known: a happening at the fair led to a request or a contract.

    `from_id` is a fair's contact, meeting, pass or deal, `to_id` a request or contract. A contact and what was signed
    lead to one thing only.
    """

    __tablename__ = "deal_links"
    __table_args__ = (
        one_of("from_kind", FromKind),
        one_of("to_kind", ToKind),
        one_of("how", How),
        CheckConstraint("(removed_at IS NULL) = (removed_reason = '')", name="removed_has_reason"),
        CheckConstraint("from_kind <> 'fair_deal' OR to_kind = 'contract'", name="signed_leads_to_contract"),
        Index("ix_deal_links_path_id", "path_id"),
        Index("ix_deal_links_to", "to_kind", "to_id"),
        Index(
            "uq_deal_links_pair",
            "from_kind",
            "from_id",
            "to_kind",
            "to_id",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        Index(
            "uq_deal_links_once",
            "from_kind",
            "from_id",
            unique=True,
            sqlite_where=ONCE,
            postgresql_where=ONCE,
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    path_id: Mapped[int] = mapped_column(ForeignKey("deal_paths.id"))
    from_kind: Mapped[FromKind] = mapped_column(OneOf(FromKind))
    from_id: Mapped[int] = mapped_column(Integer)
    to_kind: Mapped[ToKind] = mapped_column(OneOf(ToKind))
    to_id: Mapped[int] = mapped_column(Integer)
    how: Mapped[How] = mapped_column(OneOf(How))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    removed_reason: Mapped[str] = mapped_column(String(500), default="")
    path: Mapped[DealPath] = relationship(back_populates="links")
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])


class DealObjection(Model):
    """A party says that this did not begin at the fair; an officer answers: `upheld` ends the path."""

    __tablename__ = "deal_objections"
    __table_args__ = (
        one_of("side", PathSide),
        CheckConstraint("words <> ''", name="says_why"),
        CheckConstraint("(answered_at IS NULL) = (upheld IS NULL)", name="answered_iff_decided"),
        CheckConstraint("(answered_at IS NULL) = (answer = '')", name="answered_has_words"),
        Index(
            "uq_deal_objections_open",
            "path_id",
            "side",
            unique=True,
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    path_id: Mapped[int] = mapped_column(ForeignKey("deal_paths.id"))
    side: Mapped[PathSide] = mapped_column(OneOf(PathSide))
    words: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    upheld: Mapped[bool | None] = mapped_column()
    answer: Mapped[str] = mapped_column(String(500), default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    path: Mapped[DealPath] = relationship(back_populates="objections")


class DealInvitation(Model):
    """A contact was asked to buy here. The first time counts."""

    __tablename__ = "deal_invitations"
    __table_args__ = (UniqueConstraint("lead_id"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("fair_leads.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


schema.append_only("deal_invitations")
explain("uq_deal_paths_need", _l("Somebody has just said where this request began."))
explain("uq_deal_paths_contract", _l("Somebody has just said where this contract began."))
explain("uq_deal_links_once", _l("This was linked already."))
explain("uq_deal_links_pair", _l("This was linked already."))
explain("uq_deal_objections_open", _l("You have objected already; the alliance looks at it."))


class LoanEvidence(Model):
    """What a cooperative lets the alliance and the fund read of its contracts, for one loan: the figures as they stood
    when it agreed, for a purpose, until a day. Withdrawn, the figures are gone.

    `value` was agreed in contracts signed since the first day, `delivered` is worth what both sides settled of them;
    `sheets` were to be paid by buyers, so many `in_time`.
    """

    __tablename__ = "loan_evidence"
    __table_args__ = (
        CheckConstraint("purpose <> ''", name="has_purpose"),
        CheckConstraint("last_day >= first_day", name="days_in_order"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn_by_somebody"),
        *(
            CheckConstraint(
                f"(withdrawn_at IS NULL) = ({figure} IS NOT NULL)", name=f"withdrawn_without_{figure}"
            )
            for figure in FIGURES
        ),
        CheckConstraint("in_time + late <= sheets", name="sheets_add_up"),
        Index(
            "uq_loan_evidence_living",
            "loan_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index("ix_loan_evidence_loan_id", "loan_id", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    loan_id: Mapped[int] = mapped_column(ForeignKey("loans.id"))
    purpose: Mapped[str] = mapped_column(String(500))
    first_day: Mapped[dt.date] = mapped_column(Date)
    last_day: Mapped[dt.date] = mapped_column(Date)
    until: Mapped[dt.date] = mapped_column(Date)
    contracts: Mapped[int | None] = mapped_column(SmallInteger)
    partners: Mapped[int | None] = mapped_column(SmallInteger)
    value: Mapped[Money | None] = mapped_column(Dong)
    delivered_kg: Mapped[Decimal | None] = mapped_column(Thousandths)
    delivered: Mapped[Money | None] = mapped_column(Dong)
    sheets: Mapped[int | None] = mapped_column(SmallInteger)
    in_time: Mapped[int | None] = mapped_column(SmallInteger)
    late: Mapped[int | None] = mapped_column(SmallInteger)
    paid: Mapped[Money | None] = mapped_column(Dong)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    given_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    loan: Mapped[Loan] = relationship()
    given_by: Mapped[Person] = relationship(foreign_keys=[given_by_id])

    @property
    def counts(self) -> bool:
        """It may be read today."""
        return self.withdrawn_at is None and self.until >= clock.today()


explain("uq_loan_evidence_living", _l("This was agreed to a moment ago."))
