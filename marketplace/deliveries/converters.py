"""Deliveries, ways to deliver and lots in URLs."""

from __future__ import annotations

from marketplace.deliveries import queries
from marketplace.deliveries.models import DeliveryOption
from marketplace.foundation.db import db
from marketplace.foundation.web.converters import subject

DeliveryByRef = subject(lambda text, user: queries.delivery_by_ref(text))
OwnDelivery = subject(lambda text, user: queries.own_delivery(text, user.organisation_ids))
LotByCode = subject(lambda text, user: queries.lot_by_code(text), attribute="code")


def _own_option(ref: str, organisation_ids: list[int]) -> DeliveryOption | None:
    from marketplace.cooperatives.models import Cooperative

    return db.session.query(DeliveryOption).join(Cooperative, Cooperative.id == DeliveryOption.cooperative_id).filter(
        DeliveryOption.ref == ref, Cooperative.organisation_id.in_(organisation_ids)
    ).one_or_none()


OwnOption = subject(lambda text, user: _own_option(text, user.organisation_ids))
