"""What two officers agree to in the registry."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.approvable import approvable
from marketplace.accounts.models import Approval
from marketplace.accounts.states import Desk
from marketplace.cooperatives import services
from marketplace.cooperatives.models import BankAccount
from marketplace.foundation.db import db
from marketplace.foundation.words import _l


@approvable(
    "bank-account",
    label=_l("Use a new bank account"),
    desks=[Desk.FINANCE],
    page=lambda _approval: "/office/members/accounts",
)
def verify(approval: Approval, by: Any) -> None:
    services.verify_bank_account(account=db.session.get_one(BankAccount, approval.subject_id), by=by)
