"""The ledger of goods."""

from __future__ import annotations

from typing import Any

from flask import Flask

from marketplace.cooperatives import queries as cooperatives
from marketplace.foundation import formats
from marketplace.foundation.area import Area, Place
from marketplace.foundation.calendar import Week
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.supply import policies, queries
from marketplace.supply.states import (
    CAUSE_LABELS,
    CLAIM_LABELS,
    MOVE_LABELS,
    SHORTFALL_LABELS,
    SHORTFALL_TONES,
    SOURCE_LABELS,
)


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        claim_label=CLAIM_LABELS.get,
        move_label=MOVE_LABELS.get,
        forecast_source=SOURCE_LABELS.get,
        short_cause=CAUSE_LABELS.get,
        short_label=SHORTFALL_LABELS.get,
        short_tone=SHORTFALL_TONES.get,
        week_number=lambda written: Week.parse(written).week,
        week_days=_days,
    )


def _days(written: str) -> str:
    """From Monday to Sunday of "2027-W09"."""
    week = Week.parse(written)
    return formats.short_span(week.start, week.end, locale())


def _short(user: Any) -> int:
    """Weeks of this person's cooperative that fall short."""
    cooperative = cooperatives.desk_cooperative(user)
    return queries.count_short(cooperative.id) if cooperative is not None else 0


area = Area(
    package="marketplace.supply",
    blueprints=["views.bulk:bp", "views.stocks:bp", "views.ahead:bp", "views.weeks:bp", "views.office:bp"],
    install="area:install",
    converters={
        "own_stock": "converters:OwnStock",
        "own_week": "converters:OwnWeek",
        "any_week": "converters:AnyWeek",
        "own_shortfall": "converters:OwnShortfall",
        "goods_ahead": "converters:GoodsAhead",
    },
    navigation=[
        Place(
            "desk_more",
            _l("Stock"),
            "supply.stocks",
            "scale",
            order=20,
            shown=policies.has_supply,
            group="stock",
        ),
        Place(
            "desk_more",
            _l("Weeks ahead"),
            "weeks_ahead.first",
            "cal",
            order=21,
            shown=policies.has_supply,
            badge=_short,
            group="stock",
        ),
        Place(
            "office",
            _l("Weeks ahead"),
            "office_supply.list",
            "cal",
            order=36,
            shown=policies.keeps_weeks,
            queue=queries.short_ids,
            group="market",
        ),
    ],
)
