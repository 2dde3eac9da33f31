"""What deliveries hold about people: whom the goods go to."""

from __future__ import annotations

from marketplace.accounts.holdings import by, holds, keeps
from marketplace.deliveries.models import ClosedDays, Delivery, Lot, PickupPoint

holds(
    Delivery,
    by(Delivery.contact_person_id),
    name=("contact_name",),
    phone=("contact_phone",),
    email=("contact_email",),
)
keeps(Lot, "who grew a lot, as the cooperative printed it on the goods: traceability of food")
keeps(ClosedDays, "days on which a cooperative does not deliver")
keeps(PickupPoint, "places where goods are picked up")
