"""What we write about money."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.payments.models import Charge


def _sample() -> dict[str, Any]:
    return {"buyer": "Nguyễn Thị Lan", "total": formats.vnd(900_000), "reference": "DH7K2M9QX4T3"}


topic("payments", _l("Money"), _l("What was paid and what you have to confirm."), order=30, fixed=True)
letter(
    "payments.reported",
    subject=_l("Money to check: %(total)s"),
    sentence=_l(
        "%(buyer)s says that %(total)s was sent with the text %(reference)s. Please look and confirm."
    ),
    sample=_sample,
    acts=("payments.confirm",),
)


def reported(charge: Charge) -> None:
    tell(
        organisation_id=charge.payee_organisation_id,
        kind="payments.reported",
        url=f"/desk/money/{charge.ref}",
        key=f"payments.reported:{charge.id}",
        about=charge.id,
        buyer=charge.payer_name,
        total=formats.vnd(charge.amount),
        reference=charge.transfer_ref,
    )
