"""What was signed at a fair: memoranda, and contracts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models import Product
from marketplace.fairs.models.stand import Stand
from marketplace.fairs.states import DealKind, DealState
from marketplace.foundation.db import Dong, Hundredths, Model, OneOf, Thousandths, UtcDateTime, one_of
from marketplace.foundation.media import Document
from marketplace.foundation.money import Money


class FairDeal(Model):
    """One memorandum or contract. `value` is what the exhibitor declares; `verified` what an officer saw proof of,
    nothing while nobody has looked, and 0 when there was none. `counted`: the handed-in result holds it, whatever
    becomes of it later. `country` is of two letters."""

    __tablename__ = "fair_deals"
    __table_args__ = (
        one_of("kind", DealKind),
        one_of("state", DealState),
        CheckConstraint("value >= 0 AND (verified IS NULL OR verified >= 0)", name="value_not_negative"),
        CheckConstraint("quantity IS NULL OR quantity > 0", name="quantity_positive"),
        CheckConstraint("(quantity IS NULL) = (unit = '')", name="quantity_has_unit"),
        CheckConstraint("valid_until IS NULL OR valid_until >= signed_on", name="days_in_order"),
        UniqueConstraint("stand_id", "client"),
        Index("ix_fair_deals_fair_id_kind", "fair_id", "kind"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    stand_id: Mapped[int] = mapped_column(ForeignKey("stands.id"))
    fair_id: Mapped[int] = mapped_column(ForeignKey("fairs.id"))
    client: Mapped[str] = mapped_column(String(36))
    kind: Mapped[DealKind] = mapped_column(OneOf(DealKind))
    state: Mapped[DealState] = mapped_column(OneOf(DealState), default=DealState.SIGNED)
    partner: Mapped[str] = mapped_column(String(160))
    country: Mapped[str] = mapped_column(String(2), default="VN")
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    quantity: Mapped[Decimal | None] = mapped_column(Thousandths)
    unit: Mapped[str] = mapped_column(String(12), default="")
    price: Mapped[Decimal | None] = mapped_column(Hundredths)
    value: Mapped[Money] = mapped_column(Dong)
    verified: Mapped[Money | None] = mapped_column(Dong)
    counted: Mapped[bool] = mapped_column(Boolean, default=False)
    signed_on: Mapped[dt.date] = mapped_column(Date)
    valid_until: Mapped[dt.date | None] = mapped_column(Date)
    words: Mapped[str] = mapped_column(String(500), default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    stand: Mapped[Stand] = relationship()
    product: Mapped[Product | None] = relationship()
    file: Mapped[Document | None] = relationship()
