"""Prices that were computed by a contract's rule, with what went in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.db import Dong, JSONColumn, Model, UtcDateTime, explain
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.linkage.models.contract import Contract


class AgreedPrice(Model):
    """Đồng per kg of a grade for deliveries from `day` on, as its rule gave it: `rule` and `inputs` as they were,
    `words` why in both languages. With a weekly review it counts once both sides have said yes."""

    __tablename__ = "contract_prices"
    __table_args__ = (
        CheckConstraint("price >= 0", name="price_not_negative"),
        UniqueConstraint("contract_id", "day", "grade"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    contract_id: Mapped[int] = mapped_column(ForeignKey("contracts.id"))
    day: Mapped[dt.date] = mapped_column(Date)
    grade: Mapped[str] = mapped_column(String(12), default="")
    price: Mapped[Money] = mapped_column(Dong)
    rule: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    inputs: Mapped[dict[str, Any]] = mapped_column(JSONColumn)
    words: Mapped[dict[str, str]] = mapped_column(JSONColumn)
    computed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    computed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    seller_agreed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    buyer_agreed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    contract: Mapped[Contract] = relationship()

    @property
    def agreed(self) -> bool:
        return self.seller_agreed_at is not None and self.buyer_agreed_at is not None


explain(
    "uq_contract_prices_contract_id_day_grade",
    _l("The price of this grade and day is computed already."),
    "day",
)
