"""Partners of the alliance, and what cooperatives received from them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, explain, one_of
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.registry.states.partner import HelpKind, PartnerKind


class Partner(Model):
    """An organisation that helps, in Vietnam or from abroad."""

    __tablename__ = "partners"
    __table_args__ = (one_of("kind", PartnerKind),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(255), unique=True)
    kind: Mapped[PartnerKind] = mapped_column(OneOf(PartnerKind))
    country: Mapped[str] = mapped_column(String(80), default="")
    since: Mapped[dt.date | None] = mapped_column(Date)
    matters: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class PartnerHelp(Model):
    """What a partner gave on a day: to one cooperative, or to the alliance for all of them (`cooperative_id` NULL)."""

    __tablename__ = "partner_helps"
    __table_args__ = (
        one_of("kind", HelpKind),
        CheckConstraint("amount IS NULL OR amount > 0", name="amount_positive"),
        CheckConstraint("kind <> 'money' OR amount IS NOT NULL", name="money_has_amount"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_reason = '')", name="withdrawn_has_reason"),
        Index("ix_partner_helps_partner_id", "partner_id", "day"),
        Index("ix_partner_helps_cooperative_id", "cooperative_id", "day"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("partners.id"))
    cooperative_id: Mapped[int | None] = mapped_column(ForeignKey("cooperatives.id"))
    kind: Mapped[HelpKind] = mapped_column(OneOf(HelpKind))
    day: Mapped[dt.date] = mapped_column(Date)
    activity: Mapped[str] = mapped_column(String(255))
    amount: Mapped[Money | None] = mapped_column(Dong)
    source: Mapped[str] = mapped_column(String(255), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(String(500), default="")
    partner: Mapped[Partner] = relationship()
    cooperative: Mapped[Cooperative | None] = relationship()


explain("uq_partners_name", _l("This partner is entered already."), "name")
