"""Agreeing to a slip of acceptance by a link."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.fulfilment import policies, queries, services
from marketplace.fulfilment.models import Acceptance
from marketplace.fulfilment.states import ACCEPTANCE_LABELS, REJECTION_LABELS, Outcome
from marketplace.inbox.acts import Facts, act


def _facts(acceptance: Acceptance) -> Facts:
    rows = [(_("Contract"), acceptance.contract.number or "")]
    for line in acceptance.lines:
        if line.outcome is Outcome.ACCEPTED:
            label = _("Grade %(sign)s", sign=line.grade or "–")
        else:
            label = str(REJECTION_LABELS[line.why]) if line.why else _("Refused")
        rows.append((label, formats.weight(line.kg, locale())))
    if acceptance.object_by is not None:
        rows.append((_("Answer before"), formats.date_time(acceptance.object_by, locale())))
    return Facts(
        title=_(
            "%(who)s signed the slip %(number)s",
            who=acceptance.contract.buyer.name,
            number=acceptance.called,
        ),
        rows=rows,
        stands=str(ACCEPTANCE_LABELS[acceptance.state]),
        url=f"/desk/acceptances/{acceptance.ref}",
    )


def _agree(acceptance: Acceptance, form: Any, by: Any, once: str) -> Any:
    services.acceptance.sign_as_seller(acceptance=acceptance, name=by.name, by=by)
    return _l("Signed. The slip is agreed.")


def _until(acceptance: Acceptance) -> dt.datetime:
    return acceptance.object_by or clock.now()


act(
    name="acceptance.agree",
    button=_l("I agree and sign"),
    load=queries.acceptance.by_id,
    sees=policies.sold_by,
    may=policies.signs_for_seller,
    facts=_facts,
    do=_agree,
    until=_until,
)
