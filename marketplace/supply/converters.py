"""A stock in the URL by its product's reference; a week of the ledger by its number; a shortfall by its reference."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.supply import queries

NUMBER = "[0-9]{1,9}"
OwnStock = subject(lambda text, user: queries.own_stock(text, user.organisation_ids), attribute="product_ref")
OwnWeek = subject(
    lambda text, user: queries.own_week(text, user.organisation_ids), attribute="id", regex=NUMBER
)
AnyWeek = subject(queries.week_by_id, attribute="id", regex=NUMBER)
OwnShortfall = subject(lambda text, user: queries.own_shortfall(text, user.organisation_ids))
GoodsAhead = subject(queries.goods_by_slug, attribute="slug")
