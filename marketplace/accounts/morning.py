"""What a colleague proposed and a second officer has to agree to."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.accounts import policies, queries
from marketplace.accounts.approvable import KINDS
from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _l


@queue(
    "approvals",
    place="approvals.list",
    label=_l("To be agreed by a second officer"),
    icon="shield",
    door=policies.answers_approvals,
    order=18,
)
def approvals(user: Any, size: int, after: str | None) -> Page[Waiting]:
    """Those this officer may agree to: at their desk, and not proposed by themselves."""
    kinds = [name for name, kind in KINDS.items() if user.at_desk(*kind.desks)]
    page = queries.to_agree(user.id, kinds, size, after)
    return page.map(
        lambda each: Waiting(
            str(each.id),
            f"{KINDS[each.kind].label}: {each.told}",
            each.proposed_by.name,
            url_for("approvals.show", approval=each),
            since=each.proposed_at,
            due=each.lapses_at,
        )
    )
