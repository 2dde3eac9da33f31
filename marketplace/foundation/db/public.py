"""The counters behind the version of all public pages (see session._renew_public_pages)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Connection, Integer, event, func, select
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.db.base import Model
from marketplace.foundation.db.session import PUBLIC_SHARDS


class PublicVersion(Model):
    __tablename__ = "public_versions"
    shard: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(BigInteger, default=0)


VERSION = select(func.sum(PublicVersion.version))


@event.listens_for(PublicVersion.__table__, "after_create")
def _fill(table: object, connection: Connection, **_: object) -> None:
    connection.execute(
        PublicVersion.__table__.insert(),  # type: ignore[attr-defined]
        [{"shard": shard, "version": 0} for shard in range(PUBLIC_SHARDS)],
    )
