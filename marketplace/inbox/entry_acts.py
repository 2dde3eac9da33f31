"""Right or wrong, tapped in a letter: about what an officer wrote down for somebody."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.inbox import policies, queries, services
from marketplace.inbox.acts import Facts, act
from marketplace.inbox.forms import WrongForm
from marketplace.inbox.models import Entry
from marketplace.inbox.states import ENTRY_LABELS

ASKED_FOR = dt.timedelta(days=30)


def _facts(entry: Entry) -> Facts:
    return Facts(
        title=_("Is this right?"),
        rows=[
            (_("Written down"), entry.what),
            (_("Told by"), entry.told_by),
            (_("Officer"), entry.by.name),
            (_("On"), formats.date_time(entry.at, locale())),
        ],
        stands=str(ENTRY_LABELS[entry.state]).capitalize(),
        url=f"/entries/{entry.ref}",
    )


def _right(entry: Entry, form: Any, by: Any, once: str) -> Any:
    services.confirm_entry(entry=entry, by=by)
    return _l("Thank you: it is right.")


def _wrong(entry: Entry, form: Any, by: Any, once: str) -> Any:
    services.deny_entry(entry=entry, words=form.words.data, by=by)
    return _l("Thank you. The alliance was told and puts it right.")


def _until(entry: Entry) -> dt.datetime:
    return entry.at + ASKED_FOR


act(
    name="entry.confirm",
    button=_l("Right"),
    last_word=_l("Yes, it is right"),
    load=queries.entry_by_id,
    sees=policies.reads_entry,
    may=policies.answers_entry,
    facts=_facts,
    do=_right,
    until=_until,
)
act(
    name="entry.deny",
    button=_l("Wrong"),
    last_word=_l("No, it is wrong"),
    load=queries.entry_by_id,
    sees=policies.reads_entry,
    may=policies.answers_entry,
    facts=_facts,
    do=_wrong,
    until=_until,
    form=lambda _entry: WrongForm(),
    kind="danger",
)
