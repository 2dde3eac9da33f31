"""Confirming a settlement sheet by a link."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.fulfilment import policies, services
from marketplace.fulfilment.models import Settlement
from marketplace.fulfilment.queries import settlement as queries
from marketplace.fulfilment.states import SETTLEMENT_LABELS
from marketplace.inbox.acts import Facts, act
from marketplace.linkage.reckoning.settlement import LINE_LABELS, LineKind

LASTS = dt.timedelta(days=30)


def _facts(settlement: Settlement) -> Facts:
    """Sums by kind; each line stands on the page."""
    contract = settlement.contract
    rows = [(_("Contract"), f"{contract.number or ''} {contract.title}".strip())]
    if settlement.from_day and settlement.until_day:
        days = (
            f"{formats.date(settlement.from_day, locale())} – {formats.date(settlement.until_day, locale())}"
        )
        rows.append((_("Deliveries of"), days))
    for kind in LineKind:
        if amount := settlement.of(kind):
            rows.append((str(LINE_LABELS[kind]), formats.vnd(amount, locale())))
    rows.append((_("To pay"), formats.vnd(settlement.total, locale())))
    if settlement.closing and settlement.owed_back:
        rows.append((_("The seller owes the buyer"), formats.vnd(settlement.owed_back, locale())))
    if (end := settlement.deposit_end) is not None:
        if end.kept:
            rows.append((_("Deposit: the seller keeps"), formats.vnd(end.kept, locale())))
        if end.returned:
            rows.append((_("Deposit: the seller gives back"), formats.vnd(end.returned, locale())))
    return Facts(
        title=_("Settlement sheet %(number)s", number=settlement.number),
        rows=rows,
        stands=str(SETTLEMENT_LABELS[settlement.state]),
        url=f"/contracts/{contract.ref}/settlements/{settlement.ref}",
    )


def _confirm(settlement: Settlement, form: Any, by: Any, once: str) -> Any:
    services.settlement.confirm(settlement=settlement, by=by)
    return _l("Confirmed. Thank you.")


def _until(settlement: Settlement) -> dt.datetime:
    return clock.now() + LASTS


act(
    name="settlement.confirm",
    button=_l("Confirm the sheet"),
    load=queries.settlement_by_id,
    sees=policies.reads_settlement,
    may=policies.confirms_settlement,
    facts=_facts,
    do=_confirm,
    until=_until,
)
