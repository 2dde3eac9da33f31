"""Confirmed, or not given, tapped in a letter: a delegation that an officer brought in on paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.helping import policies, queries, services
from marketplace.helping.models import Delegation
from marketplace.helping.states import DELEGATION_LABELS, MATTER_LABELS
from marketplace.inbox.acts import Facts, act

ASKED_FOR = dt.timedelta(days=30)


def _facts(delegation: Delegation) -> Facts:
    officer = (
        delegation.officer.name if delegation.officer is not None else _("every officer of the alliance")
    )
    return Facts(
        title=_("Did you give this delegation?"),
        rows=[
            (_("What may be decided for you"), str(MATTER_LABELS[delegation.matter])),
            (_("By whom"), officer),
            (_("Until"), formats.date(delegation.last_day, locale())),
            (_("Signed by"), delegation.given_by),
            (_("Brought in by"), delegation.by.name),
        ],
        stands=str(DELEGATION_LABELS[delegation.state]),
        url=f"/desk/delegations/{delegation.ref}",
    )


def _confirm(delegation: Delegation, form: Any, by: Any, once: str) -> Any:
    services.confirm_delegation(delegation=delegation, by=by)
    return _l("Thank you. The delegation is in force.")


def _decline(delegation: Delegation, form: Any, by: Any, once: str) -> Any:
    services.decline_delegation(delegation=delegation, by=by)
    return _l("Thank you for telling us. Nobody decides for you.")


def _until(delegation: Delegation) -> dt.datetime:
    end = clock.start_of_day(delegation.last_day + dt.timedelta(days=1))
    return min(delegation.at + ASKED_FOR, end)


act(
    name="delegation.confirm",
    button=_l("Yes, I gave it"),
    load=queries.delegation_by_id,
    sees=policies.reads_delegation,
    may=policies.answers_delegation,
    facts=_facts,
    do=_confirm,
    until=_until,
)
act(
    name="delegation.decline",
    button=_l("No, I did not"),
    load=queries.delegation_by_id,
    sees=policies.reads_delegation,
    may=policies.answers_delegation,
    facts=_facts,
    do=_decline,
    until=_until,
    kind="danger",
)
