"""Objections against what counts as a deal from a fair."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.bridges import policies, queries
from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _l


@queue(
    "deal-objections",
    place="office_deals.list",
    label=_l("Objections to deals from fairs"),
    icon="chart",
    door=policies.keeps_deals,
    order=45,
)
def deal_objections(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.open_objections(size, after)
    return page.map(
        lambda each: Waiting(
            str(each.id),
            f"“{each.words}”",
            each.path.fair.name,
            url_for("office_deals.show", path=each.path),
            since=each.at,
        )
    )
