"""Lots: what was harvested together, its tests, and how much of it went where."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models import Product
from marketplace.foundation.db import (
    JSONColumn,
    Model,
    OneOf,
    Thousandths,
    UtcDateTime,
    explain,
    one_of,
)
from marketplace.foundation.media import Document
from marketplace.foundation.words import _l
from marketplace.growing.models.plot import Plot
from marketplace.growing.states import LabResult


class Lot(Model):
    """What the QR on a box opens: who grew these goods, where, when harvested, with which papers and tests.

    `kg` is what was harvested; `taken` of it is packed into deliveries, `gone` of that has left the yard. A lot made
    while packing has no plots, only their name in `plot`. `cautions` are the rules it was harvested against, as they
    were told then, with `early_reason`. A recalled lot leaves no more.
    """

    __tablename__ = "lots"
    __public__ = True
    __table_args__ = (
        CheckConstraint("harvested_on <= packed_on", name="harvested_before_packed"),
        CheckConstraint("kg IS NULL OR kg > 0", name="kg_positive"),
        CheckConstraint("taken >= 0 AND (kg IS NULL OR taken <= kg)", name="taken_within"),
        CheckConstraint("gone >= 0 AND gone <= taken", name="gone_within"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(24), unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    harvested_on: Mapped[dt.date] = mapped_column(Date)
    packed_on: Mapped[dt.date | None] = mapped_column(Date)
    kg: Mapped[Decimal | None] = mapped_column(Thousandths)
    taken: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0), server_default="0")
    gone: Mapped[Decimal] = mapped_column(Thousandths, default=Decimal(0), server_default="0")
    grade: Mapped[str] = mapped_column(String(60), default="", server_default="")
    household_group: Mapped[str] = mapped_column(String(120), default="", server_default="")
    plot: Mapped[str] = mapped_column(String(120), default="")
    grower: Mapped[str] = mapped_column(String(120), default="")
    certificates: Mapped[list[Any]] = mapped_column(JSONColumn, default=list)
    cautions: Mapped[list[Any] | None] = mapped_column(JSONColumn)
    early_reason: Mapped[str] = mapped_column(String(500), default="", server_default="")
    recalled_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    product: Mapped[Product] = relationship()
    plots: Mapped[list[LotPlot]] = relationship(order_by="LotPlot.plot_id", back_populates="lot")
    tests: Mapped[list[LotTest]] = relationship(order_by="LotTest.id", back_populates="lot")

    @property
    def free(self) -> Decimal:
        """Kilograms that are packed for nobody; nothing of a lot without a weight."""
        return Decimal(0) if self.kg is None else self.kg - self.taken


class LotSending(Model):
    """The number of the page on which a harvest was written: what arrives twice is one lot."""

    __tablename__ = "lot_sendings"
    client: Mapped[str] = mapped_column(String(36), primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"), unique=True)
    lot: Mapped[Lot] = relationship()


class LotPlot(Model):
    """A plot of which a lot was harvested."""

    __tablename__ = "lot_plots"
    __public__ = True
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"), primary_key=True)
    plot_id: Mapped[int] = mapped_column(ForeignKey("plots.id"), primary_key=True, index=True)
    lot: Mapped[Lot] = relationship(back_populates="plots")
    plot: Mapped[Plot] = relationship()


class LotTest(Model):
    """What a laboratory found in a sample of a lot; the sheet itself when somebody took its photo."""

    __tablename__ = "lot_tests"
    __public__ = True
    __table_args__ = (
        one_of("result", LabResult),
        UniqueConstraint("lot_id", "lab", "number"),
        Index("ix_lot_tests_lot_id", "lot_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"))
    number: Mapped[str] = mapped_column(String(60))
    lab: Mapped[str] = mapped_column(String(160))
    sampled_on: Mapped[dt.date] = mapped_column(Date)
    result: Mapped[LabResult] = mapped_column(OneOf(LabResult), default=LabResult.WAITING)
    note: Mapped[str] = mapped_column(String(500), default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    lot: Mapped[Lot] = relationship(back_populates="tests")
    document: Mapped[Document | None] = relationship()


explain("uq_lot_tests_lot_id_lab_number", _l("This test is written down already."), "number")
explain("ck_lots_taken_within", _l("There is not as much left of this lot."))
