"""Complaints to the alliance with their clock, and calls that somebody promised to return."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _l
from marketplace.helping import policies, queries
from marketplace.helping.states import TO_DO, TOPIC_LABELS, ComplaintState


@queue(
    "alliance-complaints",
    place="office_complaints.list",
    label=_l("Complaints to the alliance"),
    icon="warn",
    door=policies.keeps_complaints,
    order=25,
)
def complaints(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    """Until receipt is confirmed the first clock runs, then that of the answer."""
    page = queries.complaints(list(TO_DO), after, size)
    return page.map(
        lambda each: Waiting(
            each.ref,
            str(TOPIC_LABELS[each.topic]),
            each.name,
            url_for("office_complaints.show", any_complaint=each),
            since=each.received_at,
            due=each.confirm_by if each.state is ComplaintState.RECEIVED else each.due_on,
        )
    )


@queue(
    "calls-to-return",
    place="office_phone.list",
    label=_l("Calls to follow up"),
    icon="phone",
    door=policies.helps,
    order=24,
)
def calls(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.to_follow(after, size)
    return page.map(
        lambda each: Waiting(
            each.ref,
            str(TOPIC_LABELS[each.topic]),
            each.caller,
            url_for("office_phone.show", phone_call=each),
            since=each.at,
            due=each.follow_up_on,
        )
    )
