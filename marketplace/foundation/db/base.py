"""The declarative base: names for every constraint, so that migrations and refusals can speak of them."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, MetaData
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Model(DeclarativeBase):
    """`__public__ = True` on a model whose rows show on public pages: their change renews those pages.

    `__public__ = "reference"` is the same for names that hardly ever change and may be kept (see db.public.kept).
    """

    metadata = MetaData(naming_convention=NAMES)
    __public__: ClassVar[bool | str] = False


db = SQLAlchemy(model_class=Model, session_options={"expire_on_commit": False})


def one_of(column: str, choices: type[StrEnum], name: str | None = None) -> CheckConstraint:
    """A CHECK that the column holds one of the enum's words."""
    words = ", ".join(f"'{choice}'" for choice in choices)
    return CheckConstraint(f"{column} IN ({words})", name=name or f"{column}_known")
