"""Requests that close with too few quotes, pools that are short."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace import config
from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _, _l, _n, pick
from marketplace.linkage import policies
from marketplace.linkage.queries import morning as queries


@queue(
    "few-quotes",
    label=_l("Requests with too few quotes"),
    icon="bell",
    door=policies.keeps_requests,
    order=36,
)
def few_quotes(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.needs_with_few_quotes(config.current().match_enough, size, after)
    return page.map(
        lambda row: Waiting(
            str(row.id),
            _n(
                "%(goods)s: %(num)s quote so far",
                "%(goods)s: %(num)s quotes so far",
                row.quotes,
                goods=pick(row.name_vi, row.name_en),
            ),
            row.name,
            url_for("office_requests.show", need=row.ref),
            since=row.opened_at,
            due=row.quotes_until,
        )
    )


@queue(
    "short-pools",
    place="office_pools.list",
    label=_l("Pools short of goods, or to be closed"),
    icon="people",
    door=policies.runs_pools,
    order=38,
)
def short_pools(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.forming_pools(size, after)
    return page.map(
        lambda row: Waiting(
            str(row.id),
            _(
                "%(goods)s: %(most)s of %(goal)s kg promised",
                goods=pick(row.name_vi, row.name_en),
                most=int(row.most),
                goal=row.goal,
            ),
            row.name,
            url_for("office_pools.show", pool=row.ref),
            since=row.formed_at,
            due=row.join_by,
        )
    )
