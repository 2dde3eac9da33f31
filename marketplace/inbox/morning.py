"""What somebody said is wrong in what was written down for them."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from marketplace.foundation.db import Page
from marketplace.foundation.morning import Decision, Waiting, queue
from marketplace.foundation.words import _l
from marketplace.inbox import policies, queries, services
from marketplace.inbox.models import Entry


def _settle(entry: Entry, by: Any) -> None:
    services.settle_entry(entry=entry, by=by)


def _reopen(entry: Entry, by: Any) -> None:
    services.reopen_entry(entry=entry, by=by)


@queue(
    "denied-entries",
    place="entries.office",
    label=_l("Written down, said to be wrong"),
    icon="warn",
    door=policies.follows_entries,
    order=20,
    decisions=[
        Decision(
            key="settle",
            label=_l("Mark as put right"),
            told=_l("They leave the list: what was wrong is put right, or was talked over."),
            load=lambda key: queries.find_entry(int(key)),
            act=_settle,
            undo=_reopen,
        )
    ],
)
def denied_entries(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.denied_entries(size, after)
    return page.map(
        lambda entry: Waiting(
            str(entry.id),
            entry.words or entry.what,
            entry.organisation.name,
            f"{request.script_root}{entry.office_url}" if entry.office_url else url_for("entries.office"),
            since=entry.answered_at,
        )
    )
