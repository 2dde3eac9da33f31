"""Settled deals that went into no mean yet. Nothing else reads them: no page, no export."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from marketplace import config
from marketplace.foundation.db import db
from marketplace.prices.computing import Cell, Deal, Rule
from marketplace.prices.models import DealUse, SettledDeal


def rule() -> Rule:
    """As this house tells means of deals."""
    settings = config.current()
    return Rule(settings.price_deal_least, settings.price_deal_share, settings.price_deal_weeks)


def deals_waiting(since: dt.date, upto: dt.date, noted_before: dt.datetime) -> list[Deal]:
    """Of these days (`since` excluded), as far as they were known at a moment; by id."""
    used = select(DealUse.deal_id).where(DealUse.deal_id == SettledDeal.id)
    rows = db.session.scalars(
        select(SettledDeal)
        .where(
            SettledDeal.day > since,
            SettledDeal.day <= upto,
            SettledDeal.noted_at < noted_before,
            ~used.exists(),
        )
        .order_by(SettledDeal.id)
    )
    return [
        Deal(
            row.id,
            Cell(row.goods_id, row.level, row.grade),
            row.day,
            row.price,
            row.quantity,
            row.cooperative_id,
            row.buyer_id,
        )
        for row in rows
    ]
