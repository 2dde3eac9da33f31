"""Where prices are seen: an administrative unit, a market, or the whole region."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Model, OneOf, explain, one_of
from marketplace.foundation.words import _l, pick
from marketplace.places.models import AdminUnit
from marketplace.prices.states import PlaceKind

_REGION = text("kind = 'region'")
_UNIT = text("kind = 'unit'")


class PricePlace(Model):
    """A place of the board. A market may lie in a unit; the region, of which there is one, lies in none."""

    __tablename__ = "price_places"
    __public__ = True
    __table_args__ = (
        one_of("kind", PlaceKind),
        CheckConstraint("kind <> 'unit' OR unit_id IS NOT NULL", name="unit_named"),
        Index("uq_price_places_region", "kind", unique=True, sqlite_where=_REGION, postgresql_where=_REGION),
        Index("uq_price_places_unit", "unit_id", unique=True, sqlite_where=_UNIT, postgresql_where=_UNIT),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[PlaceKind] = mapped_column(OneOf(PlaceKind))
    name_vi: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    folded_name: Mapped[str] = mapped_column(String(120), unique=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("admin_units.id"))
    unit: Mapped[AdminUnit | None] = relationship()

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)


explain("uq_price_places_folded_name", _l("A place of this name is on the board already."), "name_vi")
explain("uq_price_places_unit", _l("This place is on the board already."), "unit")
