"""What must be true of papers."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text

from marketplace.documents.models import IssuedDocument, fingerprint
from marketplace.foundation.db import db


def _gaps() -> int:
    query = text(
        """SELECT count(*) FROM (SELECT d.issuer_id FROM issued_documents d LEFT JOIN document_counters c
             ON c.issuer_id = d.issuer_id AND c.kind = d.kind AND c.year = d.year
           GROUP BY d.issuer_id, d.kind, d.year, c.last
           HAVING count(*) <> max(d.seq) OR count(DISTINCT d.seq) <> count(*)
             OR c.last IS NULL OR c.last <> max(d.seq)) AS broken"""
    )
    return int(db.session.execute(query).scalar() or 0)


def _changed() -> int:
    papers = db.session.scalars(select(IssuedDocument).execution_options(yield_per=200))
    return sum(paper.sha256 != fingerprint(paper) for paper in papers)


def _torn() -> int:
    earlier = IssuedDocument.__table__.alias()
    now = IssuedDocument.__table__
    query = (
        select(func.count())
        .select_from(now.join(earlier, earlier.c.id == now.c.replaces_id))
        .where(
            (now.c.about != earlier.c.about)
            | (now.c.kind != earlier.c.kind)
            | (now.c.issuer_id != earlier.c.issuer_id)
        )
    )
    return int(db.session.scalar(query) or 0)


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "D1": ("no gap and no repeat in an issuer's numbers of a kind and a year", _gaps),
    "D2": ("every paper says what it said when it was written", _changed),
    "D3": ("a paper replaces one of the same issuer and kind about the same thing", _torn),
}
