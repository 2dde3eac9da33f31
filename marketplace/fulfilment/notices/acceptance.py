"""What we write about goods on their way to a depot and what they turned out to be."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from marketplace.accounts.states import OrganisationKind
from marketplace.deliveries.models import Delivery
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l, later, picked_later
from marketplace.fulfilment.models import Acceptance, Load
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell


def _sample() -> dict[str, Any]:
    return {
        "number": "NT-2027-000012",
        "other": "Siêu thị BigMart",
        "contract": "12/2027/HĐLK-ĐL",
        "goods": "Cà rốt",
        "kg": "2.000 kg",
        "accepted": "1.920 kg",
        "rejected": "80 kg",
        "vehicle": "34C-123.45",
        "until": "18:00, 13/03/2027",
    }


topic(
    "acceptance",
    _l("Goods that leave and acceptance at the depot"),
    _l("What is on its way, what the buyer wrote on the slip, and who has signed."),
    order=60,
    shown=lambda person: bool(
        person.organisations(OrganisationKind.COOPERATIVE) or person.organisations(OrganisationKind.BUYER)
    ),
)
letter(
    "acceptance.sent",
    subject=_l("%(kg)s of %(goods)s are on their way, from %(other)s"),
    sentence=_l(
        "Contract %(contract)s. Vehicle: %(vehicle)s. When they arrive, weigh them and write the slip."
    ),
    sample=_sample,
)
letter(
    "acceptance.signed",
    subject=_l("%(other)s signed %(number)s: %(accepted)s accepted, %(rejected)s refused"),
    sentence=_l("%(goods)s. Do you agree? Say so before %(until)s: after that it counts as agreed."),
    sample=_sample,
    acts=("acceptance.agree",),
)
letter(
    "acceptance.agreed",
    subject=_l("%(number)s is agreed: %(accepted)s accepted, %(rejected)s refused"),
    sentence=_l("%(goods)s, contract %(contract)s, with %(other)s."),
    sample=_sample,
)
letter(
    "acceptance.silent",
    subject=_l("%(number)s counts as agreed: nobody wrote in time"),
    sentence=_l("%(accepted)s of %(goods)s accepted, contract %(contract)s, with %(other)s."),
    sample=_sample,
)


def sent(load: Load) -> None:
    """The buyer hears what is on its way."""
    contract, delivery = load.call_off.contract, load.delivery
    tell(
        organisation_id=contract.buyer_id,
        kind="acceptance.sent",
        url=f"/buyer/arrivals/{delivery.ref}",
        key=f"acceptance.sent:{load.id}",
        other=load.cooperative.called,
        contract=contract.number or "",
        goods=_goods(delivery),
        kg=later(_kg, load.sent),
        vehicle=delivery.vehicle or "–",
    )


def signed(acceptance: Acceptance) -> None:
    """Whoever brought the goods reads what the buyer wrote; the lead of a pool reads it too."""
    for organisation_id in sellers(acceptance):
        tell(
            organisation_id=organisation_id,
            kind="acceptance.signed",
            url=f"/desk/acceptances/{acceptance.ref}",
            key=f"acceptance.signed:{acceptance.id}",
            about=acceptance.id,
            answer_by=acceptance.object_by,
            other=acceptance.contract.buyer.name,
            until=later(_until, acceptance.object_by),
            **_told(acceptance),
        )


def agreed(acceptance: Acceptance) -> None:
    kind = "acceptance.silent" if acceptance.by_silence else "acceptance.agreed"
    contract = acceptance.contract
    sides = dict.fromkeys(sellers(acceptance), f"/desk/acceptances/{acceptance.ref}")
    sides[contract.buyer_id] = f"/buyer/arrivals/{acceptance.delivery.ref}"
    for organisation_id, url in sides.items():
        sells = organisation_id != contract.buyer_id
        tell(
            organisation_id=organisation_id,
            kind=kind,
            url=url,
            key=f"{kind}:{acceptance.id}",
            other=contract.buyer.name if sells else acceptance.delivery.cooperative.called,
            **_told(acceptance),
        )


def sellers(acceptance: Acceptance) -> list[int]:
    """The organisation that brought the goods, and the seller of the contract: one and the same but in a pool."""
    both = [acceptance.delivery.cooperative.organisation_id, acceptance.contract.cooperative.organisation_id]
    return [*dict.fromkeys(both)]


def _told(acceptance: Acceptance) -> dict[str, Any]:
    return {
        "number": acceptance.called,
        "contract": acceptance.contract.number or "",
        "goods": _goods(acceptance.delivery),
        "accepted": later(_kg, acceptance.accepted),
        "rejected": later(_kg, acceptance.rejected),
    }


def _goods(delivery: Delivery) -> Any:
    return picked_later(delivery.goods_vi, delivery.goods_en)


def _kg(kg: Decimal) -> str:
    return formats.weight(kg, locale())


def _until(moment: dt.datetime) -> str:
    return formats.date_time(moment, locale())
