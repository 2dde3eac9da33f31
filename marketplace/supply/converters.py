"""A stock in the URL, by its product's reference."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.supply import queries

OwnStock = subject(lambda text, user: queries.own_stock(text, user.organisation_ids), attribute="product_ref")
