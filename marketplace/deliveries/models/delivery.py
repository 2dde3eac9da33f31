"""Deliveries with their six quantities, and the lots that lie in their boxes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Time,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.states import DeliveryState, Mode, ReceivedHow
from marketplace.foundation.db import Dong, JSONColumn, Model, OneOf, Thousandths, UtcDateTime, one_of
from marketplace.foundation.money import Money
from marketplace.foundation.words import pick
from marketplace.growing.models import Lot
from marketplace.places.models import Address
from marketplace.supply.models import Claim


class Delivery(Model):
    """Goods of one sale on their way from one seller to one buyer; names and addresses as agreed."""

    __tablename__ = "deliveries"
    __table_args__ = (
        one_of("state", DeliveryState),
        one_of("mode", Mode),
        CheckConstraint("(state = 'received') = (received_at IS NOT NULL)", name="received_has_time"),
        CheckConstraint("(due_from IS NULL) = (due_to IS NULL)", name="window_has_both_ends"),
        CheckConstraint("tracking_link = '' OR tracking_link LIKE 'https://%'", name="link_is_https"),
        UniqueConstraint("cooperative_id", "number"),
        Index("ix_deliveries_source", "source_kind", "source_id"),
        Index("ix_deliveries_cooperative_id_state", "cooperative_id", "state", "id"),
        Index("ix_deliveries_state_dispatched_at", "state", "dispatched_at"),
        Index("ix_deliveries_source_kind_state_due_on", "source_kind", "state", "due_on"),
        Index("ix_deliveries_contact_organisation_id", "contact_organisation_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    number: Mapped[str] = mapped_column(String(40))
    source_kind: Mapped[str] = mapped_column(String(20))
    source_id: Mapped[int] = mapped_column(Integer)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    mode: Mapped[Mode] = mapped_column(OneOf(Mode))
    option: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    fee: Mapped[Money] = mapped_column(Dong)
    contact_name: Mapped[str] = mapped_column(String(255))
    contact_phone: Mapped[str] = mapped_column(String(20))
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    contact_locale: Mapped[str] = mapped_column(String(2), default="vi")
    contact_person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    contact_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    depot: Mapped[dict[str, Any] | None] = mapped_column(JSONColumn)
    papers_asked: Mapped[list[Any] | None] = mapped_column(JSONColumn)
    link: Mapped[str] = mapped_column(String(120), default="")
    address_id: Mapped[int | None] = mapped_column(ForeignKey("addresses.id"))
    state: Mapped[DeliveryState] = mapped_column(OneOf(DeliveryState), default=DeliveryState.PLANNED)
    due_on: Mapped[dt.date] = mapped_column(Date)
    due_from: Mapped[dt.time | None] = mapped_column(Time)
    due_to: Mapped[dt.time | None] = mapped_column(Time)
    carrier: Mapped[str] = mapped_column(String(80), default="")
    tracking_number: Mapped[str] = mapped_column(String(40), default="")
    tracking_link: Mapped[str] = mapped_column(String(255), default="")
    vehicle: Mapped[str] = mapped_column(String(60), default="")
    packed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    dispatched_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    received_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    received_how: Mapped[ReceivedHow | None] = mapped_column(OneOf(ReceivedHow))
    planned_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    cooperative: Mapped[Cooperative] = relationship()
    address: Mapped[Address | None] = relationship()
    lines: Mapped[list[DeliveryLine]] = relationship(
        order_by="DeliveryLine.position", back_populates="delivery"
    )

    @property
    def goods(self) -> str:
        """What it brings, each product once, as its own seller calls it."""
        return ", ".join(dict.fromkeys(line.name for line in self.lines))

    @property
    def goods_vi(self) -> str:
        return ", ".join(dict.fromkeys(line.name_vi for line in self.lines))

    @property
    def goods_en(self) -> str:
        return ", ".join(dict.fromkeys(line.name_en or line.name_vi for line in self.lines))

    @property
    def lot_codes(self) -> list[str]:
        """The lots that are packed in it."""
        return [each.lot.code for line in self.lines for each in line.lots]

    @property
    def papers_to_bring(self) -> list[tuple[str, list[str]]]:
        """(kind, names of its goods that lacked such a paper for that day when they were ordered)."""
        names = {line.product_id: line.name for line in self.lines}
        return [
            (paper["kind"], [names[each] for each in paper["lacking"] if each in names])
            for paper in self.papers_asked or []
        ]


class DeliveryLine(Model):
    """One product of a delivery with its six quantities: asked, accepted, dispatched, received, graded, settled.

    The first four are in the sale unit. Graded is what counts as good, settled what is paid for: kilograms of weighed
    goods, else sale units. Weighed goods leave once the scale was read and somebody said what is paid for.
    """

    __tablename__ = "delivery_lines"
    __table_args__ = (
        UniqueConstraint("delivery_id", "position"),
        CheckConstraint("asked > 0 AND accepted >= 0 AND accepted <= asked", name="accepted_within"),
        CheckConstraint(
            "dispatched IS NULL OR (dispatched >= 0 AND (dispatched <= accepted OR (weighed AND unit = 'kg')))",
            name="dispatched_within",
        ),
        CheckConstraint(
            "received IS NULL OR (received >= 0 AND received <= dispatched)", name="received_within"
        ),
        CheckConstraint("(scale_count IS NULL) = (scale_kg IS NULL)", name="scale_read_whole"),
        CheckConstraint(
            "scale_kg IS NULL OR (weighed AND scale_kg > 0 AND scale_count > 0"
            " AND (unit = 'kg' OR scale_count <= accepted))",
            name="scale_within",
        ),
        CheckConstraint("dispatched IS NULL OR settled IS NOT NULL", name="left_is_settled"),
        CheckConstraint(
            "settled IS NULL OR (settled >= 0 AND settled <= CASE WHEN weighed"
            " THEN COALESCE(scale_kg, 0) ELSE accepted END)",
            name="settled_within",
        ),
        CheckConstraint("(received IS NULL) = (graded IS NULL)", name="received_is_graded"),
        CheckConstraint(
            "graded IS NULL OR (graded >= 0 AND graded <= CASE WHEN weighed"
            " THEN COALESCE(scale_kg, 0) ELSE received END)",
            name="graded_within",
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    delivery_id: Mapped[int] = mapped_column(ForeignKey("deliveries.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), unique=True)
    name_vi: Mapped[str] = mapped_column(String(255))
    name_en: Mapped[str] = mapped_column(String(255), default="")
    grade: Mapped[str] = mapped_column(String(120), default="")
    grade_en: Mapped[str] = mapped_column(String(120), default="", server_default="")
    packing: Mapped[str] = mapped_column(String(255), default="")
    unit: Mapped[str] = mapped_column(String(12))
    kg_per_unit: Mapped[Decimal | None] = mapped_column(Thousandths)
    weighed: Mapped[bool] = mapped_column(Boolean, default=False)
    asked: Mapped[Decimal] = mapped_column(Thousandths)
    accepted: Mapped[Decimal] = mapped_column(Thousandths)
    scale_count: Mapped[Decimal | None] = mapped_column(Thousandths)
    scale_kg: Mapped[Decimal | None] = mapped_column(Thousandths)
    dispatched: Mapped[Decimal | None] = mapped_column(Thousandths)
    received: Mapped[Decimal | None] = mapped_column(Thousandths)
    graded: Mapped[Decimal | None] = mapped_column(Thousandths)
    settled: Mapped[Decimal | None] = mapped_column(Thousandths)
    delivery: Mapped[Delivery] = relationship(back_populates="lines")
    product: Mapped[Product] = relationship()
    claim: Mapped[Claim] = relationship()
    lots: Mapped[list[DeliveryLot]] = relationship(
        order_by="DeliveryLot.id", back_populates="line", cascade="all, delete-orphan"
    )

    @property
    def lot(self) -> Lot | None:
        """The first of its lots; mostly there is one."""
        return self.lots[0].lot if self.lots else None

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)

    @property
    def grade_told(self) -> str:
        return pick(self.grade, self.grade_en)

    @property
    def called(self) -> str:
        """Name and grade, as lists say it."""
        return ", ".join(filter(None, (self.name, self.grade_told)))

    @property
    def paid_unit(self) -> str:
        """The unit of graded and settled."""
        return "kg" if self.weighed else self.unit

    @property
    def refused(self) -> bool:
        """The buyer did not want it at the weight that the scale showed."""
        return self.weighed and self.settled == 0

    @property
    def in_the_box(self) -> Decimal:
        """Sale units that lie packed: counted at the scale, nothing of what the buyer did not want there, else what was
        agreed."""
        if self.refused:
            return Decimal(0)
        return self.accepted if self.scale_count is None else self.scale_count

    @property
    def to_weigh(self) -> bool:
        """Goes onto the scale before it leaves."""
        return self.weighed and self.accepted > 0 and not self.refused


class DeliveryLot(Model):
    """How many kilograms of a lot lie in the boxes of a line (None: nobody knows what they weigh)."""

    __tablename__ = "delivery_lots"
    __table_args__ = (
        CheckConstraint("kg IS NULL OR kg > 0", name="kg_positive"),
        UniqueConstraint("line_id", "lot_id"),
        Index("ix_delivery_lots_lot_id", "lot_id"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("delivery_lines.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lots.id"))
    kg: Mapped[Decimal | None] = mapped_column(Thousandths)
    packed_on: Mapped[dt.date] = mapped_column(Date)
    line: Mapped[DeliveryLine] = relationship(back_populates="lots")
    lot: Mapped[Lot] = relationship()


class DeliveryCounter(Model):
    """The last slip number of a seller in a year."""

    __tablename__ = "delivery_counters"
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)
