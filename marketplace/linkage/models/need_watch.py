"""Searches of requests that somebody keeps, and which requests they were told of."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.foundation.db import Model, UtcDateTime, explain
from marketplace.foundation.words import _l


class NeedWatch(Model):
    """A search on the board that is kept; `query` is its address without the first sign, "q=ca+rot&month=3"."""

    __tablename__ = "need_watches"
    __table_args__ = (UniqueConstraint("person_id", "query"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    query: Mapped[str] = mapped_column(String(400))
    kept_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship()


class NeedTold(Model):
    """A person heard of a request: never a second time, whatever they watch."""

    __tablename__ = "need_told"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    need_id: Mapped[int] = mapped_column(ForeignKey("needs.id"), primary_key=True, index=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


explain("uq_need_watches_person_id_query", _l("You keep this search already."))
