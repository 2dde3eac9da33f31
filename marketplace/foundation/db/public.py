"""The counters behind the version of all public pages (see session._renew_public_pages)."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Connection, Integer, event, func, select
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.db.base import Model, db
from marketplace.foundation.db.session import PUBLIC_SHARDS

T = TypeVar("T")


class PublicVersion(Model):
    __tablename__ = "public_versions"
    shard: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(BigInteger, default=0)


VERSION = select(func.sum(PublicVersion.version))
_REFERENCE = f"SELECT version FROM public_versions WHERE shard = {PUBLIC_SHARDS}"
_kept: dict[Hashable, tuple[int, Any]] = {}


def kept(name: Hashable, make: Callable[[], T]) -> T:
    """What `make` read from reference data, kept by this process until a commit touches any: one cheap statement."""
    version = int(db.session.connection().exec_driver_sql(_REFERENCE).scalar() or 0)
    known = _kept.get(name)
    if known is None or known[0] != version:
        known = _kept[name] = version, make()
    return known[1]  # type: ignore[no-any-return]


@event.listens_for(PublicVersion.__table__, "after_create")
def _fill(table: object, connection: Connection, **_: object) -> None:
    connection.execute(
        PublicVersion.__table__.insert(),  # type: ignore[attr-defined]
        [{"shard": shard, "version": 0} for shard in range(PUBLIC_SHARDS + 1)],
    )
