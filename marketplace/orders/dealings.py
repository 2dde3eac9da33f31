"""Who deals with whom by orders: told to the dossiers below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, select

from marketplace.deliveries.windows import Window
from marketplace.dossiers.dealings import KEPT_DAYS, Dealing, Parties, dealings
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.orders.models import Order, OrderGroup, OrderLine
from marketplace.orders.states import LIVE, OrderState


@dealings
def of_orders(parties: Parties) -> Iterator[Dealing]:
    """Companies and what they take: of open orders the day they are due; who bought not long ago. Two statements."""
    three: Sequence[Any] = (Order.cooperative_id, OrderGroup.organisation_id, OrderLine.product_id)
    bought = _of(select(*three).distinct(), parties).where(
        Order.state == OrderState.COMPLETED,
        Order.placed_at >= clock.now() - dt.timedelta(days=KEPT_DAYS),
    )
    for cooperative_id, organisation_id, product_id in db.session.execute(bought):
        yield Dealing(cooperative_id, organisation_id, product_id)
    due = _of(select(*three, Order.delivery), parties).where(Order.state.in_(LIVE))
    for cooperative_id, organisation_id, product_id, way in db.session.execute(due):
        window = Window.agreed(way.get("window"))
        ahead = window is not None and window.day >= clock.today()
        yield Dealing(cooperative_id, organisation_id, product_id, window.day if window and ahead else None)


def _of(query: Select[Any], parties: Parties) -> Select[Any]:
    query = (
        query.select_from(Order)
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .join(OrderLine, (OrderLine.order_id == Order.id) & OrderLine.ended_by_id.is_(None))
        .where(OrderGroup.organisation_id.is_not(None))
    )
    if parties.cooperative_ids is not None:
        query = query.where(Order.cooperative_id.in_([*parties.cooperative_ids]))
    if parties.organisation_ids is not None:
        query = query.where(OrderGroup.organisation_id.in_([*parties.organisation_ids]))
    return query
