"""A product in the URL: by its slug for everyone, by its reference for those who sell or check it."""

from __future__ import annotations

from marketplace.catalogue import queries
from marketplace.catalogue.views import review
from marketplace.foundation.web.converters import subject

ShownProduct = subject(lambda slug, user: queries.product_by_slug(slug), attribute="slug")
OwnProduct = subject(queries.own_product)
CheckedProduct = subject(queries.product_for_office)
WaitingChange = subject(review.change_for_office, attribute="id", regex="[0-9]{1,9}")
OwnPriceList = subject(queries.own_price_list)
OfficeGrade = subject(queries.grade_for_office)
