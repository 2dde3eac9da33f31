"""What hand-overs tell of a member's life."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from marketplace.deliveries.models import Delivery
from marketplace.foundation.words import _
from marketplace.registry.happenings import Line, Matter, by_id, rows_of, told


@told("deliveries", matter=Matter.TRADE, rows=rows_of(Delivery, Delivery.received_at))
def _deliveries(ids: Sequence[int]) -> dict[int, Line]:
    return {
        each.id: Line(
            _("Delivery %(number)s handed over", number=each.number),
            each.contact_name,
            desk=url_for("deliveries.delivery", delivery=each),
        )
        for each in by_id(Delivery, ids)
    }
