"""Deliveries, ways to deliver and lots in URLs."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries import queries
from marketplace.deliveries.models import DeliveryOption
from marketplace.foundation.db import db
from marketplace.foundation.web.converters import subject


def _own_option(ref: str, organisation_ids: Collection[int]) -> DeliveryOption | None:
    """A way to deliver of a cooperative one acts for."""
    return db.session.scalar(
        select(DeliveryOption)
        .join(Cooperative, Cooperative.id == DeliveryOption.cooperative_id)
        .where(DeliveryOption.ref == ref, Cooperative.organisation_id.in_([*organisation_ids]))
    )


DeliveryByRef = subject(lambda text, user: queries.delivery_by_ref(text))
OwnDelivery = subject(lambda text, user: queries.own_delivery(text, user.organisation_ids))
OwnOption = subject(lambda text, user: _own_option(text, user.organisation_ids))
LotByCode = subject(lambda text, user: queries.lot_by_code(text), attribute="code")
