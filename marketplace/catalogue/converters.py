"""A product in the URL: by its slug for everyone, by its reference for those who sell or check it."""

from __future__ import annotations

from marketplace.catalogue import queries
from marketplace.foundation.web.converters import subject

ShownProduct = subject(lambda slug, user: queries.product_by_slug(slug), attribute="slug")
OwnProduct = subject(queries.own_product)
CheckedProduct = subject(queries.product_for_office)
