"""Kinds of goods as a buyer thinks of them, whoever grows them and wherever."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models.product import Category
from marketplace.foundation.db import Model
from marketplace.foundation.db.session import REFERENCE
from marketplace.foundation.words import pick


class Goods(Model):
    """What is asked for and priced: carrots. Each commodity, carrots of Đồng Lạc or of Đức Chính, is some goods.

    `unit` is the one in which requests and prices count: kilograms wherever goods are weighed.
    """

    __tablename__ = "goods"
    __public__ = REFERENCE
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    name_vi: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80))
    unit: Mapped[str] = mapped_column(String(12))
    position: Mapped[int] = mapped_column(SmallInteger)
    category: Mapped[Category] = relationship()

    @property
    def name(self) -> str:
        return pick(self.name_vi, self.name_en)
