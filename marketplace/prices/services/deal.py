"""Settled deals come in one by one and go out as means of many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.prices import queries
from marketplace.prices.computing import Cell, Deal, last_sunday, to_tell, weighed_mean
from marketplace.prices.events import DealCounted, PriceNoted
from marketplace.prices.models import DealUse, Observation, SettledDeal
from marketplace.prices.services.place import whole_region
from marketplace.prices.states import Level, Source


def note_settled(
    *,
    about: str,
    goods_id: int,
    day: dt.date,
    level: Level,
    price_per_kg: Money,
    quantity: Decimal,
    cooperative_id: int,
    buyer_id: int,
    by: Any,
    grade: str = "",
    place_id: int | None = None,
) -> SettledDeal:
    """Count a deal whose goods were accepted and whose price is settled; the same `about` again changes nothing.

    `price_per_kg` and `quantity` are for the goods' unit. `buyer_id` is an organisation: what households pay is no
    price of trade. The deal is told to nobody; it goes into a mean by `tell_means`.
    """
    known = db.session.scalar(select(SettledDeal).where(SettledDeal.about == about))
    if known is not None:
        return known
    deal = SettledDeal(
        about=about,
        goods_id=goods_id,
        place_id=place_id,
        day=day,
        grade=grade,
        level=level,
        price=price_per_kg,
        quantity=quantity,
        cooperative_id=cooperative_id,
        buyer_id=buyer_id,
        noted_at=clock.now(),
    )
    db.session.add(deal)
    db.session.flush()
    announce(DealCounted(deal_id=deal.id, actor_id=id_of(by)))
    return deal


def tell_means(*, today: dt.date | None = None) -> list[Observation]:
    """Put the means of the last whole week on the board, once for each goods, level and grade.

    Only deals count that were known when that week had ended: whenever this runs in the week after, it tells the same.
    """
    upto = last_sunday(today or clock.today())
    rule = queries.rule()
    deals = queries.deals_waiting(
        upto - dt.timedelta(weeks=rule.weeks), upto, clock.start_of_day(upto + dt.timedelta(days=1))
    )
    told = _told_of(upto)
    return [
        _tell(cell, found, upto) for cell, found in to_tell(deals, upto, rule).items() if cell not in told
    ]


def _told_of(day: dt.date) -> set[Cell]:
    rows = db.session.execute(
        select(Observation.goods_id, Observation.level, Observation.grade).where(
            Observation.source == Source.SETTLED, Observation.day == day
        )
    )
    return {Cell(*row) for row in rows}


def _tell(cell: Cell, deals: Sequence[Deal], day: dt.date) -> Observation:
    row = Observation(
        ref=random_ref(),
        goods_id=cell.goods_id,
        level=cell.level,
        grade=cell.grade,
        place=whole_region(),
        day=day,
        price=weighed_mean(deals),
        source=Source.SETTLED,
        noted_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    db.session.add_all([DealUse(deal_id=deal.id, observation_id=row.id) for deal in deals])
    db.session.flush()
    announce(PriceNoted(observation_id=row.id, root_id=row.id, goods_id=row.goods_id, price=int(row.price)))
    return row
