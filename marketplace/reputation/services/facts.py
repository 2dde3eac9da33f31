"""Keeping the counted figures of sellers true."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import update

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.reputation import facts
from marketplace.reputation.models import SellerFacts


def mark_stale(*, cooperative_id: int) -> None:
    """Something happened that counts. Public pages follow when the figures do, not before: no page is renewed here."""
    table = SellerFacts.__table__
    marked = db.session.execute(
        update(table).where(table.c.cooperative_id == cooperative_id).values(stale=True)  # type: ignore[arg-type]
    )
    if not marked.rowcount:  # type: ignore[attr-defined]
        db.session.add(SellerFacts(cooperative_id=cooperative_id, counted_on=clock.today(), told=[]))
        db.session.flush()


def count_anew(*, cooperative_id: int) -> None:
    """Take the row first: whoever marks it meanwhile waits, and marks it after this count."""
    row = db.session.get(SellerFacts, cooperative_id, with_for_update=True, populate_existing=True)
    if row is None:
        row = SellerFacts(cooperative_id=cooperative_id, counted_on=clock.today(), told=[])
        db.session.add(row)
    told = [asdict(figure) for figure in facts.of_seller(cooperative_id)]
    if row.told != told:
        row.told = told
    table = SellerFacts.__table__
    db.session.flush()
    db.session.execute(
        update(table)  # type: ignore[arg-type]
        .where(table.c.cooperative_id == cooperative_id)
        .values(stale=False, counted_on=clock.today())
    )
