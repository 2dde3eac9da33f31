"""What the letter about a take-down lets its owner do without signing in: appeal, once, in time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation.db import db
from marketplace.foundation.words import _, _l
from marketplace.inbox.acts import Facts, act
from marketplace.moderation import policies, services
from marketplace.moderation.forms import AppealForm
from marketplace.moderation.models import Takedown
from marketplace.moderation.states import REASON_LABELS, TAKEDOWN_LABELS


def _load(takedown_id: int) -> Takedown | None:
    return db.session.get(Takedown, takedown_id)


def _facts(takedown: Takedown) -> Facts:
    return Facts(
        title=_("%(label)s is taken down", label=takedown.label),
        rows=[
            (_("The reason"), f"{REASON_LABELS[takedown.reason]}. {takedown.words}"),
            *([(_("Your appeal"), takedown.appeal)] if takedown.appeal else []),
            *([(_("The answer"), takedown.answer)] if takedown.answer else []),
        ],
        stands=str(TAKEDOWN_LABELS[takedown.state]),
        url="/notices",
    )


def _appeal(takedown: Takedown, form: Any, by: Any, _once: str) -> Any:
    services.appeal(takedown=takedown, words=form.words.data, by=by)
    return _l("Your appeal is sent. Another officer looks at it and answers you.")


def _until(takedown: Takedown) -> dt.datetime:
    return takedown.appeal_until


act(
    name="moderation.appeal",
    button=_l("Appeal against it"),
    last_word=_l("Send the appeal"),
    load=_load,
    sees=policies.sees_takedown,
    may=policies.can_appeal,
    facts=_facts,
    do=_appeal,
    until=_until,
    form=lambda _takedown: AppealForm(),
    kind="quiet",
)
