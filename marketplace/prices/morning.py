"""Prices of the board that somebody doubts, or that lie far from the others."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.foundation import formats
from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.prices import policies, queries


@queue(
    "doubted-prices",
    place="office_prices.list",
    label=_l("Doubted prices"),
    icon="chart",
    door=policies.keeps_board,
    order=30,
)
def doubted_prices(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    """Until somebody has looked, no contract counts by them."""
    return queries.doubts(size, after).map(
        lambda doubt: Waiting(
            str(doubt.id),
            _(
                "%(goods)s, %(price)s",
                goods=doubt.observation.goods.name,
                price=formats.vnd(doubt.observation.price, locale()),
            ),
            doubt.observation.place.name,
            url_for("office_prices.show", observation=doubt.observation),
            since=doubt.at,
        )
    )
