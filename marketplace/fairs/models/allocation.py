"""Runs of the allocation, each with what it was computed from and what came out."""

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
from marketplace.fairs.models.fair import Fair
from marketplace.fairs.models.plan import Zone
from marketplace.fairs.states import Outcome, RunState
from marketplace.foundation.db import JSONColumn, Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.words import _l
from marketplace.selection.models import Application


class AllocationRules(Model):
    """What the organiser decided for a fair: caps, reserved shares, goods kept apart, budget. Append-only revisions."""

    __tablename__ = "allocation_rules"
    __table_args__ = (UniqueConstraint("fair_id", "version"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    version: Mapped[int] = mapped_column(SmallInteger)
    told: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by: Mapped[Person] = relationship()


class AllocationRun(Model):
    """One computation: frozen `inputs` and their SHA-256, seed, solver, objectives, gap and time. Never edited.

    `seen_at` is the last sign of the worker: when there is none for long, it was killed, and the run begins anew.
    """

    __tablename__ = "allocation_runs"
    __table_args__ = (
        one_of("state", RunState),
        UniqueConstraint("fair_id", "number"),
        Index(
            "uq_allocation_runs_at_work",
            "fair_id",
            unique=True,
            sqlite_where=text("state IN ('queued', 'running')"),
            postgresql_where=text("state IN ('queued', 'running')"),
        ),
        Index(
            "uq_allocation_runs_chosen",
            "fair_id",
            unique=True,
            sqlite_where=text("state = 'chosen'"),
            postgresql_where=text("state = 'chosen'"),
        ),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress_in_percent"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    number: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[RunState] = mapped_column(OneOf(RunState), default=RunState.QUEUED)
    inputs: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    inputs_hash: Mapped[str] = mapped_column(String(64))
    seed: Mapped[str] = mapped_column(String(64))
    solver: Mapped[str] = mapped_column(String(60), default="")
    objective: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)
    gap: Mapped[float | None] = mapped_column(Float)
    seconds: Mapped[float | None] = mapped_column(Float)
    progress: Mapped[int] = mapped_column(SmallInteger, default=0)
    step: Mapped[str] = mapped_column(String(60), default="")
    problem: Mapped[str] = mapped_column(String(300), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    queued_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    seen_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    fair: Mapped[Fair] = relationship()
    by: Mapped[Person] = relationship()
    seats: Mapped[list[AllocationSeat]] = relationship(back_populates="run", order_by="AllocationSeat.place")


class AllocationSeat(Model):
    """What a run says of one application: its place in the published order, its booths, the wish it got, and why.

    `booths` holds a booth's id once for each half; `by_hand` is why an officer moved it afterwards.
    """

    __tablename__ = "allocation_seats"
    __table_args__ = (
        one_of("outcome", Outcome),
        Index("ix_allocation_seats_application_id", "application_id"),
    )
    run_id: Mapped[int] = mapped_column(ForeignKey("allocation_runs.id"), primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    place: Mapped[int] = mapped_column(Integer)
    band: Mapped[int] = mapped_column(SmallInteger)
    lottery: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[Outcome] = mapped_column(OneOf(Outcome))
    halves: Mapped[int] = mapped_column(SmallInteger, default=0)
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("fair_zones.id"))
    booths: Mapped[list[Any]] = mapped_column(JSONColumn, default=list)
    wish: Mapped[int | None] = mapped_column(SmallInteger)
    why: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)
    by_hand: Mapped[str] = mapped_column(String(500), default="")
    run: Mapped[AllocationRun] = relationship(back_populates="seats")
    zone: Mapped[Zone | None] = relationship()
    application: Mapped[Application] = relationship()


schema.append_only("allocation_rules")
explain("uq_allocation_runs_at_work", _l("A computation for this fair waits or runs already."))
explain(
    "uq_allocation_rules_fair_id_version",
    _l("Somebody changed the rules in the meantime. Please look again."),
)
