"""Whom a stand met at a fair."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models import Product
from marketplace.fairs.models.stand import Stand
from marketplace.foundation.db import Model, UtcDateTime
from marketplace.foundation.media import Document


class FairLead(Model):
    """A contact. Whoever is named agreed to it, in the words of `consent_text`; `fair_id` stays its origin.

    `client` is cut on the phone: sent again, it is the same contact.
    """

    __tablename__ = "fair_leads"
    __table_args__ = (
        CheckConstraint("(consent_at IS NULL) = (consent_text = '')", name="consent_has_words"),
        CheckConstraint(
            "consent_at IS NOT NULL OR (name = '' AND phone = '' AND email = '' AND card_id IS NULL)",
            name="named_by_consent",
        ),
        UniqueConstraint("stand_id", "client"),
        Index("ix_fair_leads_fair_id", "fair_id"),
        Index("ix_fair_leads_phone", "phone"),
        Index("ix_fair_leads_email", "email"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    stand_id: Mapped[int] = mapped_column(ForeignKey("stands.id"))
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    client: Mapped[str] = mapped_column(String(36))
    met_on: Mapped[dt.date] = mapped_column(Date)
    name: Mapped[str] = mapped_column(String(120), default="")
    company: Mapped[str] = mapped_column(String(160), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    words: Mapped[str] = mapped_column(String(1000), default="")
    card_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    consent_text: Mapped[str] = mapped_column(String(20), default="")
    consent_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    stand: Mapped[Stand] = relationship()
    card: Mapped[Document | None] = relationship()
    interests: Mapped[list[LeadInterest]] = relationship(cascade="all, delete-orphan")

    @property
    def called(self) -> str:
        return self.name or self.company


class LeadInterest(Model):
    """A product that a contact would like to buy."""

    __tablename__ = "fair_lead_interests"
    lead_id: Mapped[int] = mapped_column(ForeignKey("fair_leads.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    product: Mapped[Product] = relationship()
