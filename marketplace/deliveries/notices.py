"""What we write about deliveries: one function per letter."""

from __future__ import annotations

from typing import Any

from marketplace.deliveries.models import Delivery
from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter
from marketplace.inbox.services import Contact, tell


def _sample() -> dict[str, Any]:
    """An invented delivery for the preview of letters."""
    return {
        "number": "PG-2026-000042",
        "seller": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "buyer": "Nguyễn Thị Lan",
        "goods": "Cà rốt Đồng Lạc 50 kg, Su hào 40 củ",
    }


letter(
    "deliveries.dispatched",
    subject=_l("%(seller)s: your goods are on their way"),
    sentence=_l("%(goods)s left today. When they arrive, please count them and confirm."),
    sample=_sample,
)
letter(
    "deliveries.received_less",
    subject=_l("%(number)s: less arrived than was sent"),
    sentence=_l("%(buyer)s confirmed the goods, but counted less than was sent. Please look and call."),
    sample=_sample,
)
letter(
    "deliveries.silence",
    subject=_l("%(number)s counts as received"),
    sentence=_l(
        "Nobody objected in time, so %(goods)s count as received. Something wrong? Please call %(seller)s."
    ),
    sample=_sample,
)


def dispatched(delivery: Delivery) -> None:
    _to_buyer("deliveries.dispatched", delivery)


def silence(delivery: Delivery) -> None:
    _to_buyer("deliveries.silence", delivery)


def received_less(delivery: Delivery) -> None:
    kind = "deliveries.received_less"
    tell(
        kind=kind,
        organisation_id=delivery.cooperative.organisation_id,
        url=f"/desk/deliveries/{delivery.ref}",
        key=f"{kind}:{delivery.id}",
        **_values(delivery),
    )


def _to_buyer(kind: str, delivery: Delivery) -> None:
    to: dict[str, Any] = (
        {"person_id": delivery.contact_person_id}
        if delivery.contact_person_id is not None
        else {
            "contact": Contact(
                name=delivery.contact_name,
                email=delivery.contact_email,
                phone=delivery.contact_phone,
                locale=delivery.contact_locale,
            )
        }
    )
    link = delivery.link or f"/deliveries/{delivery.ref}/receipt"
    tell(kind=kind, url=link, key=f"{kind}:{delivery.id}", **to, **_values(delivery))


def _values(delivery: Delivery) -> dict[str, Any]:
    sent = [(line, line.dispatched) for line in delivery.lines if line.dispatched]
    return {
        "number": delivery.number,
        "seller": delivery.cooperative.name,
        "buyer": delivery.contact_name,
        "goods": ", ".join(f"{line.name_vi} {formats.amount(much, line.unit)}" for line, much in sent),
    }
