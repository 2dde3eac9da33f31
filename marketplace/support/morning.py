"""Claims for support: to verify, to approve, to pay."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _, _l
from marketplace.support import policies, queries
from marketplace.support.states import CLAIM_KIND_LABELS, CLAIM_LABELS


@queue(
    "support",
    place="office_support.list",
    label=_l("Support to verify, approve or pay"),
    icon="money",
    door=policies.keeps_support,
    order=52,
)
def claims(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.waiting_claims(size, after)
    return page.map(
        lambda each: Waiting(
            str(each.id),
            _("%(what)s: %(state)s", what=CLAIM_KIND_LABELS[each.kind], state=CLAIM_LABELS[each.state]),
            each.name,
            url_for("office_support.claim", claim=each),
            since=each.submitted_at,
        )
    )
