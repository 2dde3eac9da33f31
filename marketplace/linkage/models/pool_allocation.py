"""Computations of a pool's shares, each with what it was computed from and what came out. A later one is another
row with its own number, never an edit."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Float,
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
from marketplace.foundation.db import JSONColumn, Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l
from marketplace.linkage.models.pool import Pool, PoolMember
from marketplace.linkage.states import ShareRunState
from marketplace.supply.models import Claim

_AT_WORK, _HOLDS = "state IN ('queued', 'running')", "state = 'in_force'"


class PoolAllocation(Model):
    """One computation: frozen `inputs` and their SHA-256, solver and figures; `reason` says why there is another one.

    `seen_at` is the last sign of the worker: when there is none for long, it was killed, and it begins anew.
    """

    __tablename__ = "pool_allocations"
    __table_args__ = (
        one_of("state", ShareRunState),
        UniqueConstraint("pool_id", "number"),
        Index(
            "uq_pool_allocations_at_work",
            "pool_id",
            unique=True,
            sqlite_where=text(_AT_WORK),
            postgresql_where=text(_AT_WORK),
        ),
        Index(
            "uq_pool_allocations_in_force",
            "pool_id",
            unique=True,
            sqlite_where=text(_HOLDS),
            postgresql_where=text(_HOLDS),
        ),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress_in_percent"),
        CheckConstraint("number = 1 OR reason <> ''", name="another_has_reason"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    pool_id: Mapped[int] = mapped_column(ForeignKey("pools.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[ShareRunState] = mapped_column(OneOf(ShareRunState), default=ShareRunState.QUEUED)
    reason: Mapped[str] = mapped_column(String(500), default="")
    inputs: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    inputs_hash: Mapped[str] = mapped_column(String(64))
    solver: Mapped[str] = mapped_column(String(60), default="")
    figures: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)
    seconds: Mapped[float | None] = mapped_column(Float)
    progress: Mapped[int] = mapped_column(SmallInteger, default=0)
    problem: Mapped[str] = mapped_column(String(300), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    queued_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    held_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    pool: Mapped[Pool] = relationship()
    by: Mapped[Person | None] = relationship()
    shares: Mapped[list[PoolShare]] = relationship(
        back_populates="allocation", order_by="PoolShare.member_id, PoolShare.week"
    )


class PoolShare(Model):
    """What one member gets in one week: `kg` within `least` and `most`, and `why` as [{"code", "numbers"}].

    While its computation holds, `claim` is the promise in the ledger that stands for it.
    """

    __tablename__ = "pool_shares"
    __table_args__ = (
        CheckConstraint("kg = 0 OR kg BETWEEN least AND most", name="within_word"),
        CheckConstraint("kg > 0 OR claim_id IS NULL", name="claim_has_kilograms"),
        Index("ix_pool_shares_member_id", "member_id"),
    )
    allocation_id: Mapped[int] = mapped_column(ForeignKey("pool_allocations.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("pool_members.id"), primary_key=True)
    week: Mapped[str] = mapped_column(String(8), primary_key=True)
    kg: Mapped[int] = mapped_column(Integer)
    least: Mapped[int] = mapped_column(Integer)
    most: Mapped[int] = mapped_column(Integer)
    why: Mapped[list[Any]] = mapped_column(JSONColumn)
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"), unique=True)
    allocation: Mapped[PoolAllocation] = relationship(back_populates="shares")
    member: Mapped[PoolMember] = relationship()
    claim: Mapped[Claim | None] = relationship()


explain("uq_pool_allocations_at_work", _l("A computation for this pool waits or runs already."))
explain("uq_pool_allocations_in_force", _l("Another computation of this pool holds already."))
explain(
    "uq_pool_allocations_pool_id_number",
    _l("Somebody asked for a computation in the meantime. Please look again."),
)
