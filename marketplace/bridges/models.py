"""Deals that began at a fair: where each began, by what it is known, and who objects."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.bridges.states import FromKind, How, PathSide, ToKind
from marketplace.fairs.models import Fair
from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.words import _l
from marketplace.linkage.models import Contract, Need

LIVES = text("ended_at IS NULL")
STANDS = text("removed_at IS NULL")
ONCE = text("removed_at IS NULL AND from_kind IN ('lead', 'fair_deal')")


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
