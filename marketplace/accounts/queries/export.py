"""Reading files of the trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import TrailExport
from marketplace.accounts.states import ExportState
from marketplace.foundation import clock
from marketplace.foundation.db import db


def trail_export_by_ref(ref: str) -> TrailExport | None:
    """While it lies ready, or is being written."""
    found = select(TrailExport).where(TrailExport.ref == ref, TrailExport.good_until > clock.now())
    return db.session.scalar(found.options(joinedload(TrailExport.by)))


def trail_exports(limit: int = 10) -> Sequence[TrailExport]:
    """The newest, whoever wanted them."""
    query = select(TrailExport).where(TrailExport.good_until > clock.now())
    newest = query.options(joinedload(TrailExport.by)).order_by(TrailExport.id.desc())
    return db.session.scalars(newest.limit(limit)).all()


def waiting_trail_export(export_id: int) -> TrailExport | None:
    """Locked, if it is still to be written."""
    query = select(TrailExport).where(TrailExport.id == export_id, TrailExport.state == ExportState.WAITING)
    return db.session.scalar(query.with_for_update())


def waiting_trail_exports(before: dt.datetime) -> list[int]:
    """Those at which nobody has written since."""
    query = select(TrailExport.id).where(
        TrailExport.state == ExportState.WAITING, TrailExport.touched_at < before
    )
    return list(db.session.scalars(query.order_by(TrailExport.id)))


def count_waiting_trail_exports(by_id: int) -> int:
    return len(
        db.session.scalars(
            select(TrailExport.id).where(TrailExport.state == ExportState.WAITING, TrailExport.by_id == by_id)
        ).all()
    )


def trail_file_names() -> set[str]:
    return set(db.session.scalars(select(TrailExport.name).where(TrailExport.name != "")))
