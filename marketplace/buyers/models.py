"""Tables of buying organisations."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation, Person
from marketplace.buyers.wants import OLDEST_DAYS, Want
from marketplace.cooperatives.states import PaperKind
from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.db.hours import ClosedFor, EachWeek
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.places.models import Address


class Depot(Model):
    """Where an organisation takes goods in. Its address is never edited: another place is another address."""

    __tablename__ = "depots"
    __table_args__ = (
        Index(
            "uq_depots_name",
            "organisation_id",
            "name",
            unique=True,
            sqlite_where=text("is_active"),
            postgresql_where=text("is_active"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str] = mapped_column(String(120))
    address_id: Mapped[int] = mapped_column(ForeignKey("addresses.id"))
    contact_name: Mapped[str] = mapped_column(String(120))
    contact_phone: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(500), default="")
    closed_at_tet: Mapped[bool] = mapped_column(Boolean, default=True)
    active: Mapped[bool] = mapped_column("is_active", Boolean, default=True)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    organisation: Mapped[Organisation] = relationship()
    address: Mapped[Address] = relationship()
    windows: Mapped[list[OpeningWindow]] = relationship(
        cascade="all, delete-orphan", order_by="OpeningWindow.weekday, OpeningWindow.opens"
    )
    closures: Mapped[list[DepotClosure]] = relationship(
        cascade="all, delete-orphan", order_by="DepotClosure.first_day"
    )


class OpeningWindow(EachWeek, Model):
    """When the depot takes goods in."""

    __tablename__ = "opening_windows"
    keeper = "depot_id"
    depot_id: Mapped[int] = mapped_column(ForeignKey("depots.id"))


class DepotClosure(ClosedFor, Model):
    """When the depot takes nothing in."""

    __tablename__ = "depot_closures"
    depot_id: Mapped[int] = mapped_column(ForeignKey("depots.id"), index=True)


class RequiredPaper(Model):
    """A kind of certificate that this organisation wants with its goods, valid on the day of delivery.

    `goods_id` is the catalogue's, a floor above: an invariant holds the two together. See wants.Want.
    """

    __tablename__ = "required_papers"
    __table_args__ = (
        one_of("kind", PaperKind),
        CheckConstraint(f"max_age_days BETWEEN 1 AND {OLDEST_DAYS}", name="age_within"),
        Index(
            "uq_required_papers_all",
            "organisation_id",
            "kind",
            unique=True,
            sqlite_where=text("goods_id IS NULL"),
            postgresql_where=text("goods_id IS NULL"),
        ),
        Index(
            "uq_required_papers_goods",
            "organisation_id",
            "kind",
            "goods_id",
            unique=True,
            sqlite_where=text("goods_id IS NOT NULL"),
            postgresql_where=text("goods_id IS NOT NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    kind: Mapped[PaperKind] = mapped_column(OneOf(PaperKind))
    goods_id: Mapped[int | None] = mapped_column(Integer)
    max_age_days: Mapped[int | None] = mapped_column(SmallInteger)
    names_product: Mapped[bool] = mapped_column(Boolean, default=True)
    note: Mapped[str] = mapped_column(String(200), default="")

    @property
    def want(self) -> Want:
        return Want(self.kind, self.goods_id, self.max_age_days, self.names_product, self.note)


class SpendingLimit(Model):
    """Above this sum somebody else approves. Without a person it holds for every member who has none of their own;
    a director is bound only by one of their own."""

    __tablename__ = "spending_limits"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        UniqueConstraint("organisation_id", "person_id"),
        Index(
            "uq_spending_limits_all",
            "organisation_id",
            unique=True,
            sqlite_where=text("person_id IS NULL"),
            postgresql_where=text("person_id IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    amount: Mapped[Money] = mapped_column(Dong)
    person: Mapped[Person | None] = relationship()


explain("uq_depots_name", _l("You have a depot of this name already."), "name")
