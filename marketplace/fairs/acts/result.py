"""What the letters about results let people do."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.fairs import policies, queries, services
from marketplace.fairs.forms.result import follow_up_form
from marketplace.fairs.models import FollowUp
from marketplace.fairs.states import RESULT_LABELS
from marketplace.foundation import clock, formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.inbox.acts import Facts, act

DAYS_TO_ANSWER = 60


def _facts(follow_up: FollowUp) -> Facts:
    result = follow_up.result
    rows = [
        (_("The fair ended on"), formats.date(result.stand.fair.last_day, locale())),
        (_("Contracts you declared"), formats.vnd(result.contracts_value, locale())),
    ]
    return Facts(
        title=_("%(fair)s: after %(month)s months", fair=result.stand.fair.name, month=follow_up.month),
        rows=rows,
        stands=str(RESULT_LABELS[result.state]),
        url=f"/desk/fairs/{result.stand.fair.slug}/result",
    )


def _sees(user: Any, follow_up: FollowUp) -> bool:
    return bool(policies.exhibits_here(user, follow_up.result.stand))


def _may(user: Any, follow_up: FollowUp) -> bool:
    return follow_up.verified is None and _sees(user, follow_up)


def _declare(follow_up: FollowUp, form: Any, by: Any, once: str) -> Any:
    services.declare_follow_up(follow_up=follow_up, value=form.value.data, words=form.words.data or "", by=by)
    return _l("Thank you. Written down.")


act(
    name="fairs.follow_up",
    button=_l("Write what came of it"),
    load=queries.follow_up_by_id,
    sees=_sees,
    may=_may,
    facts=_facts,
    form=follow_up_form,
    do=_declare,
    until=lambda follow_up: clock.now() + dt.timedelta(days=DAYS_TO_ANSWER),
)
