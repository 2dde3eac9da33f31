"""What people ask about their own data; the law sets the days."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _l
from marketplace.privacy import policies, queries
from marketplace.privacy.states import OPEN, RIGHT_LABELS


@queue(
    "personal-data",
    place="office_privacy.queue",
    label=_l("Requests about personal data"),
    icon="shield",
    door=policies.keeps_data,
    order=30,
)
def personal_data(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.requests(list(OPEN), after, size)
    return page.map(
        lambda each: Waiting(
            each.ref,
            str(RIGHT_LABELS[each.kind]),
            each.name,
            url_for("office_privacy.show", data_request=each),
            since=each.received_at,
            due=each.next_day,
        )
    )
