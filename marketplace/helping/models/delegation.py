"""What a cooperative lets the alliance decide for it, and until when."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.media import Document
from marketplace.foundation.words import _l
from marketplace.helping.states import Came, DelegationState, Matter

LIVES = "state IN ('waiting', 'standing')"


class Delegation(Model):
    """One matter, to one officer or (without `officer_id`) to whoever works in the office.

    On paper an officer brings it in (`by_id`) with the scan, and the director confirms it.
    """

    __tablename__ = "delegations"
    __table_args__ = (
        one_of("matter", Matter),
        one_of("came", Came),
        one_of("state", DelegationState),
        CheckConstraint("last_day >= first_day", name="days_in_order"),
        CheckConstraint("(came = 'paper') = (document_id IS NOT NULL)", name="paper_has_scan"),
        CheckConstraint("given_by <> ''", name="given_by_somebody"),
        CheckConstraint("state <> 'waiting' OR came = 'paper'", name="only_paper_waits"),
        CheckConstraint("state <> 'standing' OR confirmed_at IS NOT NULL", name="stands_when_confirmed"),
        CheckConstraint(
            "(state IN ('declined', 'withdrawn', 'replaced')) = (ended_at IS NOT NULL)",
            name="ended_at_a_time",
        ),
        Index(
            "uq_delegations_of_officer",
            "cooperative_id",
            "matter",
            "officer_id",
            unique=True,
            sqlite_where=text(f"{LIVES} AND officer_id IS NOT NULL"),
            postgresql_where=text(f"{LIVES} AND officer_id IS NOT NULL"),
        ),
        Index(
            "uq_delegations_of_office",
            "cooperative_id",
            "matter",
            unique=True,
            sqlite_where=text(f"{LIVES} AND officer_id IS NULL"),
            postgresql_where=text(f"{LIVES} AND officer_id IS NULL"),
        ),
        Index("ix_delegations_state", "state", "id"),
        Index("ix_delegations_cooperative_id", "cooperative_id", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    matter: Mapped[Matter] = mapped_column(OneOf(Matter))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    first_day: Mapped[dt.date] = mapped_column(Date)
    last_day: Mapped[dt.date] = mapped_column(Date)
    came: Mapped[Came] = mapped_column(OneOf(Came))
    given_by: Mapped[str] = mapped_column(String(120))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    state: Mapped[DelegationState] = mapped_column(OneOf(DelegationState))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    cooperative: Mapped[Cooperative] = relationship()
    officer: Mapped[Person | None] = relationship(foreign_keys=[officer_id])
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    document: Mapped[Document | None] = relationship()

    @property
    def is_over(self) -> bool:
        """Its last day has passed."""
        return self.last_day < clock.today()

    @property
    def counts(self) -> bool:
        """Today somebody may decide by it."""
        return self.state is DelegationState.STANDING and self.first_day <= clock.today() <= self.last_day


for _index in ("uq_delegations_of_officer", "uq_delegations_of_office"):
    explain(_index, _l("The same was given a moment ago. Please look once more."))
