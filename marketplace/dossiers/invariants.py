"""What must be true of papers that buyers want."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text

from marketplace.dossiers.models import DossierLink
from marketplace.dossiers.services import LONGEST_DAYS
from marketplace.foundation.db import db


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


def _long_links() -> int:
    """Y3: no link outlives what may be given away, and none was opened after its end."""
    broken = 0
    for link in db.session.scalars(select(DossierLink)):
        end = min(link.expires_at, link.revoked_at or link.expires_at)
        too_late = link.last_opened_at is not None and link.last_opened_at > end
        broken += too_late or (link.expires_at - link.created_at).days > LONGEST_DAYS
    return broken


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "Y1": (
        "a paper that is wanted with certain goods is wanted with goods that there are",
        _rows(
            """SELECT r.id FROM required_papers r LEFT JOIN goods g ON g.id = r.goods_id
            WHERE r.goods_id IS NOT NULL AND g.id IS NULL"""
        ),
    ),
    "Y2": (
        "only buying organisations want papers, and links are made against their lists alone",
        _rows(
            """SELECT r.id FROM required_papers r JOIN organisations o ON o.id = r.organisation_id
            WHERE o.kind <> 'buyer'
            UNION ALL SELECT l.id FROM dossier_links l JOIN organisations o ON o.id = l.organisation_id
            WHERE o.kind <> 'buyer'"""
        ),
    ),
    "Y3": ("no link to papers outlives its days, and none was opened after its end", _long_links),
    "Y4": (
        "a product names only papers of its own cooperative",
        _rows(
            """SELECT p.product_id FROM product_papers p JOIN products t ON t.id = p.product_id
            JOIN certificates c ON c.id = p.certificate_id WHERE c.cooperative_id <> t.cooperative_id"""
        ),
    ),
}
