"""What somebody saw goods cost: written once, never changed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.catalogue.models import Commodity, Goods
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Dong, Model, OneOf, UtcDateTime, explain, one_of, schema
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.prices.models.place import PricePlace
from marketplace.prices.states import Level, Source

_MEAN = text("source = 'settled'")


class Observation(Model):
    """The price of one unit of goods (`goods.unit`, mostly a kilogram) at a place, on a day, of a grade, at a level.

    `grade` is a sign as the grade table has it, "" for goods that were not graded. What was published as a span keeps
    it in `low` and `high`; `price` is then its middle. A row is corrected by another that replaces it and says why;
    one that is `void` replaces it by nothing. `root_id` is the first of such a row of rows, None for the first itself.
    `checked`: it lay far from the recent prices, and whoever entered it said that it is right.
    """

    __tablename__ = "price_observations"
    __public__ = True
    __table_args__ = (
        one_of("level", Level),
        one_of("source", Source),
        CheckConstraint("price > 0", name="price_positive"),
        CheckConstraint("(low IS NULL) = (high IS NULL)", name="span_has_both_ends"),
        CheckConstraint("low IS NULL OR (low > 0 AND low <= price AND price <= high)", name="price_in_span"),
        CheckConstraint("(source = 'cooperative') = (cooperative_id IS NOT NULL)", name="cooperative_named"),
        CheckConstraint("source <> 'published' OR source_words <> ''", name="published_names_source"),
        CheckConstraint("source_url = '' OR source_url LIKE 'https://%'", name="link_is_https"),
        CheckConstraint("(replaces_id IS NULL) = (root_id IS NULL)", name="replaced_has_root"),
        CheckConstraint("replaces_id IS NULL OR replaces_id < id", name="replaces_older"),
        CheckConstraint("NOT void OR replaces_id IS NOT NULL", name="void_replaces"),
        CheckConstraint("source <> 'settled' OR replaces_id IS NULL", name="settled_stands"),
        UniqueConstraint("replaces_id"),
        Index("ix_price_observations_goods_id", "goods_id", "level", "day", "id"),
        Index("ix_price_observations_cooperative_id", "cooperative_id", "id"),
        Index(
            "uq_price_observations_mean",
            "goods_id",
            "level",
            "grade",
            "day",
            unique=True,
            sqlite_where=_MEAN,
            postgresql_where=_MEAN,
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    goods_id: Mapped[int] = mapped_column(ForeignKey("goods.id"))
    commodity_id: Mapped[int | None] = mapped_column(ForeignKey("commodities.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("price_places.id"))
    day: Mapped[dt.date] = mapped_column(Date)
    grade: Mapped[str] = mapped_column(String(20), default="")
    level: Mapped[Level] = mapped_column(OneOf(Level))
    price: Mapped[Money] = mapped_column(Dong)
    low: Mapped[Money | None] = mapped_column(Dong)
    high: Mapped[Money | None] = mapped_column(Dong)
    source: Mapped[Source] = mapped_column(OneOf(Source))
    source_words: Mapped[str] = mapped_column(String(200), default="")
    source_url: Mapped[str] = mapped_column(String(255), default="")
    cooperative_id: Mapped[int | None] = mapped_column(ForeignKey("cooperatives.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    noted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    checked: Mapped[bool] = mapped_column(Boolean, default=False)
    is_example: Mapped[bool] = mapped_column(Boolean, default=False)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("price_observations.id"))
    root_id: Mapped[int | None] = mapped_column(ForeignKey("price_observations.id"), index=True)
    void: Mapped[bool] = mapped_column(Boolean, default=False)
    reason: Mapped[str] = mapped_column(String(200), default="")
    goods: Mapped[Goods] = relationship()
    commodity: Mapped[Commodity | None] = relationship()
    place: Mapped[PricePlace] = relationship()
    cooperative: Mapped[Cooperative | None] = relationship()
    by: Mapped[Person | None] = relationship()
    replaces: Mapped[Observation | None] = relationship(foreign_keys=[replaces_id], remote_side=[id])

    @property
    def root(self) -> int:
        """The first row of what this one belongs to: its history is kept under that number."""
        return self.root_id or self.id


schema.redactable("price_observations", "source_words", "reason")
explain(
    "uq_price_observations_replaces_id",
    _l("Somebody corrected this price a moment ago. Please look at it again."),
)
