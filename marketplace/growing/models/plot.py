"""Fields, and what is sown in them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Model, OneOf, Thousandths, UtcDateTime, explain, one_of
from marketplace.foundation.words import _l
from marketplace.growing.states import SQUARE_METRES, LandUnit, SowingState
from marketplace.places.models import AdminUnit


class Plot(Model):
    """A field of a cooperative: `area` in m², `area_unit` as its people count land.

    `household` is who tends it; buyers read that name only where the household agreed.
    """

    __tablename__ = "plots"
    __public__ = True
    __table_args__ = (
        one_of("area_unit", LandUnit),
        CheckConstraint("area > 0", name="area_positive"),
        CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="place_whole"),
        CheckConstraint("NOT household_shown OR household <> ''", name="shown_has_name"),
        Index(
            "uq_plots_name",
            "cooperative_id",
            "name",
            unique=True,
            sqlite_where=text("active"),
            postgresql_where=text("active"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    name: Mapped[str] = mapped_column(String(120))
    unit_id: Mapped[int] = mapped_column(ForeignKey("admin_units.id"))
    village: Mapped[str] = mapped_column(String(120), default="")
    area: Mapped[Decimal] = mapped_column(Thousandths)
    area_unit: Mapped[LandUnit] = mapped_column(OneOf(LandUnit), default=LandUnit.SAO)
    household_group: Mapped[str] = mapped_column(String(120), default="")
    household: Mapped[str] = mapped_column(String(120), default="")
    household_shown: Mapped[bool] = mapped_column(Boolean, default=False)
    growing_area_code: Mapped[str] = mapped_column(String(40), default="")
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    cooperative: Mapped[Cooperative] = relationship()
    unit: Mapped[AdminUnit] = relationship()

    @property
    def area_written(self) -> Decimal:
        """In the unit in which it was written."""
        return self.area / SQUARE_METRES[self.area_unit]


class Sowing(Model):
    """A product in a plot, from sowing to harvest: when it is expected, and how much (kilograms of the whole plot)."""

    __tablename__ = "sowings"
    __table_args__ = (
        one_of("state", SowingState),
        CheckConstraint("kg > 0", name="kg_positive"),
        CheckConstraint("first_on > sown_on AND last_on >= first_on", name="days_in_order"),
        CheckConstraint("(state = 'growing') = (ended_on IS NULL)", name="ended_has_day"),
        CheckConstraint("state <> 'lost' OR words <> ''", name="lost_has_reason"),
        Index("ix_sowings_product_id_state", "product_id", "state"),
        Index("ix_sowings_plot_id_state", "plot_id", "state"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    plot_id: Mapped[int] = mapped_column(ForeignKey("plots.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    sown_on: Mapped[dt.date] = mapped_column(Date)
    variety: Mapped[str] = mapped_column(String(80), default="")
    market: Mapped[str] = mapped_column(String(60), default="")
    first_on: Mapped[dt.date] = mapped_column(Date)
    last_on: Mapped[dt.date] = mapped_column(Date)
    kg: Mapped[Decimal] = mapped_column(Thousandths)
    state: Mapped[SowingState] = mapped_column(OneOf(SowingState), default=SowingState.GROWING)
    ended_on: Mapped[dt.date | None] = mapped_column(Date)
    words: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    plot: Mapped[Plot] = relationship()
    product: Mapped[Product] = relationship()


explain("uq_plots_name", _l("You have a plot of this name already."), "name")
