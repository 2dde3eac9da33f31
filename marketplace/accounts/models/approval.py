"""Four eyes: what one officer proposes and another agrees to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models.people import Person
from marketplace.accounts.states import ApprovalState
from marketplace.foundation.db import JSONColumn, Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l


class Approval(Model):
    """An act that waits for a second officer: `kind` says which, `subject_id` on what, `data` how.

    `told` is what it is about in words, as it stood when it was proposed.
    """

    __tablename__ = "approvals"
    __table_args__ = (
        one_of("state", ApprovalState),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name="another_decides"),
        CheckConstraint(
            "(state IN ('agreed', 'declined')) = (decided_by_id IS NOT NULL)", name="decided_by_somebody"
        ),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="open_has_no_end"),
        CheckConstraint("lapses_at > proposed_at", name="ends_after_it_began"),
        CheckConstraint("reason <> ''", name="with_a_reason"),
        Index(
            "uq_approvals_open",
            "kind",
            "subject_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_approvals_state", "state", "lapses_at"),
        Index("ix_approvals_proposed_by_id", "proposed_by_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(Integer)
    data: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    told: Mapped[str] = mapped_column(String(500))
    reason: Mapped[str] = mapped_column(String(500))
    state: Mapped[ApprovalState] = mapped_column(OneOf(ApprovalState), default=ApprovalState.OPEN)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    lapses_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    words: Mapped[str] = mapped_column(String(500), default="")
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])


explain("uq_approvals_open", _l("This was proposed already and waits for another officer."))
explain("ck_approvals_another_decides", _l("You proposed this yourself: somebody else has to agree."))
