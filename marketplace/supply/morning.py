"""Weeks in which more is promised than expected."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _, _l
from marketplace.supply import policies, queries


@queue(
    "short-weeks",
    place="office_supply.list",
    label=_l("Weeks that fall short"),
    icon="warn",
    door=policies.keeps_weeks,
    order=46,
)
def short_weeks(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.shortfalls(live=True, after=after, size=size)
    return page.map(
        lambda each: Waiting(
            str(each.id),
            _("%(product)s, week %(week)s", product=each.stock.product.name, week=each.stock.week),
            each.stock.product.cooperative.name,
            url_for("office_supply.week", stock=each.stock),
            since=each.opened_at,
        )
    )
