"""Products and changes that wait for an officer's look."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.catalogue import policies, queries
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _, _l


@queue(
    "products",
    place="office_products.queue",
    label=_l("Products to check"),
    icon="box",
    door=policies.can_review,
    order=22,
)
def products(_user: Any, limit: int) -> list[Waiting]:
    new = [
        Waiting(
            f"product-{each.id}",
            each.name,
            each.cooperative.name,
            url_for("office_products.product", product=each),
            since=each.created_at,
        )
        for each in queries.in_review(limit)
    ]
    changed = [
        Waiting(
            f"change-{each.id}",
            _("Change of %(product)s", product=each.product.name),
            each.product.cooperative.name,
            url_for("office_products.queue"),
            since=each.asked_at,
        )
        for each in queries.open_changes(limit)
    ]
    return [*new, *changed][:limit]
