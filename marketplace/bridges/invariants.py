"""What must be true of deals that began at fairs."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, text

from marketplace.bridges import queries
from marketplace.bridges.happening import happening
from marketplace.bridges.models import DealLink, DealPath
from marketplace.bridges.states import FromKind, ToKind
from marketplace.foundation.db import db
from marketplace.linkage.models import Contract, Need

# A contract and the path it stands on, read from its own origin instead of from awards.
ON_PATH = """
    SELECT c.id AS contract_id, c.agreed, c.value, c.state, c.signed_on, p.id AS path_id, p.fair_id, p.counts_until
    FROM contracts c
    LEFT JOIN quotes q ON c.origin = 'quote:' || q.id
    LEFT JOIN pools g ON c.origin = 'pool:' || g.id
    JOIN deal_paths p ON p.ended_at IS NULL AND (p.contract_id = c.id OR p.need_id = q.need_id OR p.need_id = g.need_id)
    WHERE c.state <> 'dropped'"""
COUNTS = "state <> 'agreeing' AND signed_on <= counts_until"


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


def _sums() -> int:
    """I1: contracts, kilograms and đồng of every path, added up once more by another way."""
    living = [*db.session.scalars(select(DealPath.id).where(DealPath.ended_at.is_(None)))]
    counted = text(
        f"SELECT path_id, count(*) AS contracts, sum(agreed) AS agreed, sum(value) AS value "
        f"FROM ({ON_PATH}) AS on_path WHERE {COUNTS} GROUP BY path_id"
    )
    again = {
        row.path_id: (row.contracts, int(row.agreed), int(row.value)) for row in db.session.execute(counted)
    }
    return sum(
        (sums.contracts, int(sums.agreed * 1000), int(sums.value)) != again.get(path_id, (0, 0, 0))
        for path_id, sums in queries.sums_by_path(living).items()
    )


def _links_lead_somewhere() -> int:
    """I3: what each standing link names is there, of the path's fair, and stands on its path."""
    broken = 0
    for link in _standing():
        happened = happening(link.from_kind, link.from_id)
        to: Need | Contract | None = (
            db.session.get(Need, link.to_id)
            if link.to_kind is ToKind.REQUEST
            else db.session.get(Contract, link.to_id)
        )
        if happened is None or to is None or happened.fair.id != link.path.fair_id:
            broken += 1
        elif isinstance(to, Need):
            broken += to.id != link.path.need_id
        else:
            need = queries.need_of_contract(to)
            broken += (need.id if need else None, None if need else to.id) != (
                link.path.need_id,
                link.path.contract_id,
            )
    return broken


def _parties_match() -> int:
    """I4: a meeting's buyer asks, a paper's cooperative sells."""
    broken = 0
    for link in _standing():
        happened, to = happening(link.from_kind, link.from_id), queries.to_of(link)
        if happened is None:
            continue
        buyer = to.organisation_id if isinstance(to, Need) else to.buyer_id
        broken += happened.organisation_id not in (None, buyer)
        if link.from_kind is FromKind.FAIR_DEAL and isinstance(to, Contract):
            broken += happened.cooperative_id != to.cooperative_id
    return broken


def _standing() -> list[DealLink]:
    return [*db.session.scalars(select(DealLink).where(DealLink.removed_at.is_(None)))]


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "I1": ("the sums of a deal path are those of its contracts, added up by another way", _sums),
    "I2": (
        "no contract is counted for two fairs, nor a fair's paper twice; a living path has a standing link",
        _rows(f"""SELECT contract_id FROM ({ON_PATH}) AS on_path GROUP BY contract_id HAVING count(*) > 1
            UNION ALL SELECT from_id FROM deal_links WHERE removed_at IS NULL AND from_kind IN ('lead', 'fair_deal')
            GROUP BY from_kind, from_id HAVING count(*) > 1
            UNION ALL SELECT p.id FROM deal_paths p WHERE (p.ended_at IS NULL) <> EXISTS (
                SELECT 1 FROM deal_links l WHERE l.path_id = p.id AND l.removed_at IS NULL)"""),
    ),
    "I3": (
        "a link leads from something that happened at its fair to something that is there",
        _links_lead_somewhere,
    ),
    "I4": ("the parties of what is linked are the same", _parties_match),
}
