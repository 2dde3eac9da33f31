"""What we write about money: one function per letter."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter
from marketplace.inbox.services import Contact, tell
from marketplace.payments.models import Charge


def _sample() -> dict[str, Any]:
    """An invented payment for the preview of letters."""
    return {
        "payer": "Nguyễn Thị Lan",
        "payee": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "amount": formats.vnd(900_000),
        "reference": "DH7K2M9P4QRC",
    }


letter(
    "payments.reported",
    subject=_l("%(payer)s says that %(amount)s were sent"),
    sentence=_l("Please look at your account for %(amount)s with the words %(reference)s, then confirm."),
    sample=_sample,
)
letter(
    "payments.settled",
    subject=_l("%(payee)s has your money"),
    sentence=_l("%(payee)s confirms that %(amount)s came. Thank you."),
    sample=_sample,
)
letter(
    "payments.not_found",
    subject=_l("Your transfer has not been found yet"),
    sentence=_l(
        "%(payee)s cannot find %(amount)s with the words %(reference)s on its account. Please look in your "
        "bank's app, or call the cooperative."
    ),
    sample=_sample,
)
letter(
    "payments.set_aside",
    subject=_l("%(amount)s to be given back to %(payer)s"),
    sentence=_l("This was called off, but %(amount)s came. Please give it back and write that down."),
    sample=_sample,
)
letter(
    "payments.refunded",
    subject=_l("%(payee)s gave %(amount)s back"),
    sentence=_l("%(payee)s writes that %(amount)s were given back to you."),
    sample=_sample,
)


def to_payee_reported(charge: Charge, amount: Money) -> None:
    _to_payee("payments.reported", charge, amount)


def to_payee_set_aside(charge: Charge, amount: Money) -> None:
    _to_payee("payments.set_aside", charge, amount)


def to_payer_settled(charge: Charge, amount: Money) -> None:
    _to_payer("payments.settled", charge, amount)


def to_payer_not_found(charge: Charge, amount: Money) -> None:
    _to_payer("payments.not_found", charge, amount)


def to_payer_refunded(charge: Charge, amount: Money) -> None:
    _to_payer("payments.refunded", charge, amount)


def _to_payee(kind: str, charge: Charge, amount: Money) -> None:
    tell(
        kind=kind,
        organisation_id=charge.payee_organisation_id,
        url=f"/desk/money/{charge.ref}",
        key=_key(kind, charge),
        **_values(charge, amount),
    )


def _to_payer(kind: str, charge: Charge, amount: Money) -> None:
    to: dict[str, Any] = (
        {"person_id": charge.payer_person_id}
        if charge.payer_person_id is not None
        else {
            "contact": Contact(name=charge.payer_name, email=charge.payer_email, locale=charge.payer_locale)
        }
    )
    tell(kind=kind, url=f"/pay/{charge.ref}", key=_key(kind, charge), **to, **_values(charge, amount))


def _key(kind: str, charge: Charge) -> str:
    """Once for every new entry in the books of this charge."""
    return f"{kind}:{charge.id}:{len(charge.entries)}"


def _values(charge: Charge, amount: Money) -> dict[str, Any]:
    return {
        "payer": charge.payer_name,
        "payee": charge.payee.name,
        "amount": formats.vnd(amount),
        "reference": charge.transfer_ref,
    }
