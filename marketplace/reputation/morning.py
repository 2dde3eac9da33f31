"""Buyers' words that somebody found wrong."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _l
from marketplace.reputation import policies, queries


@queue(
    "reported-words",
    place="office_words.queue",
    label=_l("Buyers' words reported"),
    icon="chat",
    door=policies.moderates,
    order=29,
)
def reported_words(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.reported_words(size, after)
    return page.map(
        lambda each: Waiting(
            str(each.id),
            f"“{each.words}”",
            each.cooperative.called,
            url_for("office_words.show", words=each),
            since=min(report.at for report in each.reports if report.closed_at is None),
        )
    )


@queue(
    "words-appeals",
    place="office_words.queue",
    label=_l("Appeals against hidden words"),
    icon="scale",
    door=policies.moderates,
    order=30,
)
def words_appeals(user: Any, size: int, after: str | None) -> Page[Waiting]:
    """Those this officer may answer: of what somebody else hid."""
    page = queries.open_appeals(user.id, size, after)
    return page.map(
        lambda each: Waiting(
            str(each.id),
            f"“{each.why}”",
            each.about.cooperative.called,
            url_for("office_words.show", words=each.about),
            since=each.at,
        )
    )
