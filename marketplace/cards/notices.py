"""What we write about cards."""

from __future__ import annotations

from typing import Any

from marketplace.cards.models import CardDispute
from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter
from marketplace.inbox.services import tell
from marketplace.payments.models import Charge


def _sample() -> dict[str, Any]:
    return {
        "buyer": "Nguyễn Thị Lan",
        "total": formats.vnd(900_000),
        "title": "DL-2026-000127",
        "by": "20/12/2026",
    }


letter(
    "cards.dispute",
    subject=_l("A card payment is disputed: %(total)s"),
    sentence=_l(
        "The bank of %(buyer)s's card asks %(total)s back for %(title)s. Answer on the card company's page before"
        " %(by)s, with the delivery slip and the signature."
    ),
    sample=_sample,
)
letter(
    "cards.refund_failed",
    subject=_l("A refund to a card failed: %(total)s"),
    sentence=_l(
        "%(total)s for %(title)s could not go back to the card of %(buyer)s. Please look, try again, or call the buyer"
        " and pay it back by transfer."
    ),
    sample=_sample,
)
letter(
    "cards.ready",
    subject=_l("Buyers can pay you by card now"),
    sentence=_l("The card company has checked your data. From now on buyers can choose to pay by card."),
    sample=_sample,
)
letter(
    "cards.stopped",
    subject=_l("You can take no cards at the moment"),
    sentence=_l("The card company needs something from you. Please look at your card account."),
    sample=_sample,
)


def disputed(dispute: CardDispute) -> None:
    """To the payee, and to the office."""
    charge = dispute.charge
    by = formats.date_time(dispute.answer_by) if dispute.answer_by else "–"
    key = f"cards.dispute:{dispute.stripe_id}"
    told: dict[str, Any] = {"kind": "cards.dispute", "key": key, "by": by, **_of(charge, dispute.amount)}
    tell(organisation_id=charge.payee_organisation_id, url=f"/desk/money/{charge.ref}", **told)
    tell(officers=True, url="/office/cards", **told)


def refund_failed(charge: Charge, amount: int, once: str) -> None:
    tell(
        organisation_id=charge.payee_organisation_id,
        kind="cards.refund_failed",
        url=f"/desk/money/{charge.ref}",
        key=f"cards.refund_failed:{once}",
        **_of(charge, amount),
    )


def account(organisation_id: int, kind: str, once: str) -> None:
    tell(organisation_id=organisation_id, kind=kind, url="/desk/cards", key=f"{kind}:{once}")


def _of(charge: Charge, amount: int) -> dict[str, Any]:
    return {
        "buyer": charge.payer_name,
        "total": formats.vnd(amount),
        "title": charge.told,
    }
