"""The tables behind a report: what was sold by commodity, and what happened in the lives of cooperatives."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from marketplace.catalogue.models import Commodity
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.foundation.words import in_language
from marketplace.insights.models import TradeMonth
from marketplace.insights.reporting import EVER, Span
from marketplace.registry import queries as registry
from marketplace.registry.models import LifeEvent
from marketplace.registry.states import LIFE_LABELS
from marketplace.registry.states.life_event import LifeKind

MOST = 300
NOT_TOLD = "Không tách được theo mặt hàng"


def of(span: Span) -> list[dict[str, Any]]:
    """Each with its title, columns and rows; one without rows is not printed."""
    assert span.first > EVER
    with in_language("vi"):
        told = [_by_commodity(span), _lives(span)]
    return [each for each in told if each["rows"]]


def _by_commodity(span: Span) -> dict[str, Any]:
    """From the months that the worker keeps: one statement."""
    query = (
        select(Commodity, func.sum(TradeMonth.kg), func.sum(TradeMonth.value))
        .select_from(TradeMonth)
        .outerjoin(Commodity, Commodity.id == TradeMonth.commodity_id)
        .where(TradeMonth.month >= span.first, TradeMonth.month <= span.last)
        .group_by(Commodity.id)
        .order_by(func.sum(TradeMonth.value).desc(), Commodity.id)
    )
    rows = [
        [commodity.name if commodity is not None else NOT_TOLD, kg, Money(int(value))]
        for commodity, kg, value in db.session.execute(query)
    ]
    return {
        "title": f"Hàng hóa bán ra theo mặt hàng, {span.called_vi}",
        "columns": ["Mặt hàng", "Sản lượng (kg)", "Giá trị (đồng)"],
        "rows": rows,
    }


def _lives(span: Span) -> dict[str, Any]:
    query = registry.happened(frozenset(LifeKind), span.first, span.last, kind=None)
    query = query.options(contains_eager(LifeEvent.cooperative))
    events = db.session.scalars(query.order_by(LifeEvent.day, LifeEvent.id).limit(MOST))
    return {
        "title": f"Biến động hợp tác xã, {span.called_vi}",
        "columns": ["Ngày", "Tên", "Biến động"],
        "rows": [[each.day, each.cooperative.name, str(LIFE_LABELS[each.kind])] for each in events],
    }
