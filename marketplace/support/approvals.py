"""What two officers agree to about support."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.accounts.approvable import approvable
from marketplace.accounts.models import Approval
from marketplace.accounts.states import Desk
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.foundation.words import _l
from marketplace.support import services
from marketplace.support.models import SupportClaim
from marketplace.support.states import SupportSource


def _page(approval: Approval) -> str:
    return f"/office/support/claims/{db.session.get_one(SupportClaim, approval.subject_id).ref}"


@approvable("support-payment", label=_l("Pay support"), desks=[Desk.FINANCE], page=_page)
def pay(approval: Approval, by: Any) -> None:
    told = approval.data
    services.pay(
        claim=db.session.get_one(SupportClaim, approval.subject_id),
        source=SupportSource(told["source"]),
        amount=Money(told["amount"]),
        bank_reference=told["bank_reference"],
        day=dt.date.fromisoformat(told["day"]),
        by=by,
    )
