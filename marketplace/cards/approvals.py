"""What two officers agree to when collected card money is handed on."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.approvable import approvable
from marketplace.accounts.models import Approval, Organisation
from marketplace.accounts.states import Desk
from marketplace.cards import services
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l


@approvable(
    "hand-on",
    label=_l("Hand card money on"),
    desks=[Desk.FINANCE],
    page=lambda _approval: "/office/cards",
)
def hand_on(approval: Approval, by: Any) -> None:
    services.hand_on(
        organisation=db.session.get_one(Organisation, approval.subject_id),
        amount=Money(approval.data["amount"]),
        note=approval.data["note"],
        by=by,
    )
