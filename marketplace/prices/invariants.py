"""What must be true of the price board."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from sqlalchemy import func, select, text

from marketplace.foundation.db import db
from marketplace.prices.computing import Cell, Deal, Rule, may_be_told, weighed_mean
from marketplace.prices.models import DealUse, Observation, SettledDeal
from marketplace.prices.states import Source


def _rows(sql: str) -> Callable[[], int]:
    query = select(func.count()).select_from(text(f"({sql}) AS broken"))
    return lambda: int(db.session.scalar(query) or 0)


def _means() -> dict[int, list[Deal]]:
    """Each mean of the board with the deals that went into it."""
    found: dict[int, list[Deal]] = defaultdict(list)
    rows = db.session.execute(
        select(DealUse.observation_id, SettledDeal).join(SettledDeal, SettledDeal.id == DealUse.deal_id)
    )
    for observation_id, row in rows:
        cell = Cell(row.goods_id, row.level, row.grade)
        found[observation_id].append(
            Deal(row.id, cell, row.day, row.price, row.quantity, row.cooperative_id, row.buyer_id)
        )
    return found


def _revealing() -> int:
    """J1: by the least that the rule may ever be, whatever the settings say today."""
    told = db.session.scalars(select(Observation.id).where(Observation.source == Source.SETTLED)).all()
    means = _means()
    return sum(not may_be_told(means.get(each, []), Rule()) for each in told)


def _wrong_means() -> int:
    """J2: computed once more from its deals; none of other goods, none of a day after the mean's."""
    means = _means()
    rows = db.session.scalars(select(Observation).where(Observation.id.in_(means)))
    return sum(
        row.source is not Source.SETTLED
        or row.price != weighed_mean(means[row.id])
        or {deal.cell for deal in means[row.id]} != {Cell(row.goods_id, row.level, row.grade)}
        or max(deal.day for deal in means[row.id]) > row.day
        for row in rows
    )


CHECKS: dict[str, tuple[str, Callable[[], int]]] = {
    "J1": (
        "every mean of deals is of three sellers and three buyers at least, none with more than 60 %",
        _revealing,
    ),
    "J2": (
        "every mean of deals is what its deals weigh, of these goods, level and grade alone",
        _wrong_means,
    ),
    "J3": (
        "whatever replaces a price is of the same source, begins with the same row, is later and says why",
        _rows(
            """SELECT n.id FROM price_observations n JOIN price_observations o ON o.id = n.replaces_id
            WHERE n.source <> o.source OR n.noted_at < o.noted_at OR n.root_id <> COALESCE(o.root_id, o.id)
            OR n.reason = '' OR o.void OR COALESCE(n.cooperative_id, 0) <> COALESCE(o.cooperative_id, 0)"""
        ),
    ),
    "J5": (
        "nobody is asked to look at a price that was corrected or taken off the board",
        _rows(
            """SELECT d.id FROM price_doubts d JOIN price_observations n ON n.replaces_id = d.observation_id
            WHERE d.verdict IS NULL"""
        ),
    ),
    "J4": (
        "one mean of one week for goods, level and grade",
        _rows(
            """SELECT goods_id FROM price_observations WHERE source = 'settled'
            GROUP BY goods_id, level, grade, day HAVING count(*) > 1"""
        ),
    ),
}
