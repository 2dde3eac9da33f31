"""Recalls that are going on."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _l
from marketplace.recalls import policies, queries


@queue(
    "recalls",
    place="office_recalls.list",
    label=_l("Recalls going on"),
    icon="warn",
    door=policies.watches_lots,
    order=8,
)
def recalls(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.going_on(size, after)
    return page.map(
        lambda row: Waiting(
            str(row.id),
            row.number,
            row.name,
            url_for("office_recalls.show", recall=row.ref),
            since=row.opened_at,
        )
    )
