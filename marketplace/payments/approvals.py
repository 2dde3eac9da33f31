"""What two officers agree to when the alliance itself gives money back."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.approvable import approvable
from marketplace.accounts.models import Approval
from marketplace.accounts.states import Desk
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.payments import services
from marketplace.payments.models import Charge


def _page(approval: Approval) -> str:
    return f"/desk/money/{db.session.get_one(Charge, approval.subject_id).ref}"


@approvable("refund", label=_l("Pay money of the alliance back"), desks=[Desk.FINANCE], page=_page)
def pay_back(approval: Approval, by: Any) -> None:
    services.pay_back(
        charge=db.session.get_one(Charge, approval.subject_id),
        amount=Money(approval.data["amount"]),
        note=approval.data["note"],
        by=by,
    )
