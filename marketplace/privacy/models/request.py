"""What somebody asks about their own data, with the law's clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.foundation import clock
from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l
from marketplace.orders.models import OrderGroup
from marketplace.privacy.states import OPEN, Came, RequestState, Right

STILL_OPEN = "state IN ('received', 'working')"


class DataRequest(Model):
    """By an account, by a guest (known by one checkout), or by somebody who phoned and is neither.

    `confirm_by` is the day until which receipt is confirmed, `due_on` until which it is done; both run from the day it
    came. An account that wants to be deleted can come back until `erase_on`.
    """

    __tablename__ = "data_requests"
    __table_args__ = (
        one_of("kind", Right),
        one_of("came", Came),
        one_of("state", RequestState),
        CheckConstraint("person_id IS NULL OR checkout_id IS NULL", name="one_asker"),
        CheckConstraint("(came = 'phone') = (entered_by_id IS NOT NULL)", name="phoned_is_entered"),
        CheckConstraint(f"({STILL_OPEN}) = (closed_at IS NULL)", name="closed_has_time"),
        CheckConstraint("state NOT IN ('refused') OR answer <> ''", name="refusal_has_words"),
        CheckConstraint("(longer_since IS NULL) = (longer_why = '')", name="longer_has_reason"),
        CheckConstraint("erase_on IS NULL OR kind = 'erase'", name="only_erasing_has_day"),
        *(
            Index(
                f"uq_data_requests_open_{column}",
                column,
                "kind",
                unique=True,
                sqlite_where=text(f"{STILL_OPEN} AND {column} IS NOT NULL"),
                postgresql_where=text(f"{STILL_OPEN} AND {column} IS NOT NULL"),
            )
            for column in ("person_id", "checkout_id")
        ),
        Index("ix_data_requests_state_due_on", "state", "due_on", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[Right] = mapped_column(OneOf(Right))
    came: Mapped[Came] = mapped_column(OneOf(Came))
    state: Mapped[RequestState] = mapped_column(OneOf(RequestState), default=RequestState.RECEIVED)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    checkout_id: Mapped[int | None] = mapped_column(ForeignKey("order_groups.id"))
    name: Mapped[str] = mapped_column(String(255))
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    locale: Mapped[str] = mapped_column(String(2), default="vi")
    words: Mapped[str] = mapped_column(String(1000), default="")
    received_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    confirm_by: Mapped[dt.date] = mapped_column(Date)
    due_on: Mapped[dt.date] = mapped_column(Date)
    erase_on: Mapped[dt.date | None] = mapped_column(Date)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    longer_since: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    longer_why: Mapped[str] = mapped_column(String(500), default="")
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(String(1000), default="")
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    checkout: Mapped[OrderGroup | None] = relationship()
    entered_by: Mapped[Person | None] = relationship(foreign_keys=[entered_by_id])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def next_day(self) -> dt.date:
        """Until when somebody has to do the next thing."""
        return self.confirm_by if self.state is RequestState.RECEIVED else self.due_on

    @property
    def is_late(self) -> bool:
        return self.is_open and self.next_day < clock.today()

    @property
    def known(self) -> bool:
        """Whether it is known whose rows are meant."""
        return self.person_id is not None or self.checkout_id is not None

    @property
    def contact(self) -> dict[str, Any]:
        return {"name": self.name, "email": self.email, "phone": self.phone, "locale": self.locale}


for _column in ("person_id", "checkout_id"):
    explain(f"uq_data_requests_open_{_column}", _l("You asked for this already, and it is being done."))
