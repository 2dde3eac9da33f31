"""What two officers agree to about personal data."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.approvable import approvable
from marketplace.accounts.models import Approval
from marketplace.accounts.states import Desk
from marketplace.foundation.db import db
from marketplace.foundation.words import _l
from marketplace.privacy import services
from marketplace.privacy.models import DataRequest


def _page(approval: Approval) -> str:
    return f"/office/privacy/{db.session.get_one(DataRequest, approval.subject_id).ref}"


@approvable("erasure", label=_l("Delete somebody's data"), desks=[Desk.ADMINISTRATOR], page=_page)
def erase(approval: Approval, by: Any) -> None:
    request = db.session.get_one(DataRequest, approval.subject_id)
    services.finish(request=request, answer=approval.data["answer"], by=by)
