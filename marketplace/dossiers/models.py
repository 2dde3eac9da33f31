"""A link to a dossier that a cooperative gives away."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Organisation
from marketplace.catalogue.models import Product
from marketplace.foundation.db import Model, UtcDateTime


class DossierLink(Model):
    """Whoever holds `ref` sees the verified papers of a product until `expires_at`, or until it is taken back.

    Against the list of `organisation`, or of nobody's; `on` is the day of delivery it was made for, None: today,
    whenever it is opened. `meant_for` is what the cooperative called the reader.
    """

    __tablename__ = "dossier_links"
    __table_args__ = (
        CheckConstraint("expires_at > created_at", name="ends_later"),
        CheckConstraint("openings >= 0", name="openings_not_negative"),
        CheckConstraint("(openings = 0) = (last_opened_at IS NULL)", name="opened_has_time"),
        CheckConstraint("revoked_by_id IS NULL OR revoked_at IS NOT NULL", name="revoker_has_time"),
        Index("ix_dossier_links_product_id", "product_id", "id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    meant_for: Mapped[str] = mapped_column(String(120))
    on: Mapped[dt.date | None] = mapped_column("delivery_day", Date)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    openings: Mapped[int] = mapped_column(Integer, default=0)
    last_opened_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    product: Mapped[Product] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    def opens_at(self, now: dt.datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at
