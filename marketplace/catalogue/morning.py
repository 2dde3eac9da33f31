"""Products and changes that wait for an officer's look."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.catalogue import policies, queries
from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _l


@queue(
    "products",
    place="office_products.queue",
    label=_l("Products to check"),
    icon="box",
    door=policies.can_review,
    order=22,
)
def products(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.in_review(size, after)
    return page.map(
        lambda each: Waiting(
            str(each.id),
            each.name,
            each.cooperative.name,
            url_for("office_products.product", product=each),
            since=each.created_at,
        )
    )


@queue(
    "product-changes",
    place="office_products.queue",
    label=_l("Changes of products to check"),
    icon="edit",
    door=policies.can_review,
    order=23,
)
def changes(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.open_changes(size, after)
    return page.map(
        lambda each: Waiting(
            str(each.id),
            each.product.name,
            each.product.cooperative.name,
            url_for("office_products.queue"),
            since=each.asked_at,
        )
    )
