"""E-invoices that a cooperative issued through its own provider, noted on the order."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.words import _l
from marketplace.orders.models.order import Order
from marketplace.orders.states import InvoiceKind

ORIGINAL = text("corrects_id IS NULL")


class OrderInvoice(Model):
    """Form sign, series and number as the provider gave them, and the tax authority's code. Append-only.

    A correction is a row of its own that names the one it corrects; one follows another, so the last one is the newest.
    """

    __tablename__ = "order_invoices"
    __table_args__ = (
        one_of("kind", InvoiceKind),
        CheckConstraint("(kind = 'original') = (corrects_id IS NULL)", name="correction_names_its_original"),
        CheckConstraint("kind = 'original' OR reason <> ''", name="correction_has_reason"),
        CheckConstraint("lookup_link = '' OR lookup_link LIKE 'https://%'", name="link_is_https"),
        UniqueConstraint("cooperative_id", "form_sign", "series", "number"),
        UniqueConstraint("corrects_id"),
        Index(
            "uq_order_invoices_original",
            "order_id",
            unique=True,
            sqlite_where=ORIGINAL,
            postgresql_where=ORIGINAL,
        ),
        Index("ix_order_invoices_order_id", "order_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    kind: Mapped[InvoiceKind] = mapped_column(OneOf(InvoiceKind))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("order_invoices.id"))
    form_sign: Mapped[str] = mapped_column(String(4))
    series: Mapped[str] = mapped_column(String(12))
    number: Mapped[str] = mapped_column(String(8))
    issued_on: Mapped[dt.date] = mapped_column(Date)
    authority_code: Mapped[str] = mapped_column(String(40), default="")
    lookup_link: Mapped[str] = mapped_column(String(255), default="")
    reason: Mapped[str] = mapped_column(String(200), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    order: Mapped[Order] = relationship(back_populates="invoices")

    @property
    def called(self) -> str:
        """1C26TAA 00000123: form sign, series, number."""
        return f"{self.form_sign}{self.series} {self.number}"


explain(
    "uq_order_invoices_cooperative_id_form_sign_series_number",
    _l("This invoice stands on another order already."),
)
explain("uq_order_invoices_original", _l("This order has its invoice already: note a correction instead."))
explain(
    "uq_order_invoices_corrects_id",
    _l("This invoice was corrected meanwhile. Please look at the order again."),
)
schema.redactable("order_invoices", "reason")
