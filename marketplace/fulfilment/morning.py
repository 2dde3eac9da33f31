"""Disputes about slips, loads of contracts that are late, sheets that are not paid in time."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.foundation.db import Page
from marketplace.foundation.morning import Waiting, queue
from marketplace.foundation.words import _, _l
from marketplace.fulfilment import policies
from marketplace.fulfilment.queries import morning as queries


@queue(
    "slip-disputes",
    place="office_slip_disputes.queue",
    label=_l("Disputes about slips"),
    icon="chat",
    door=policies.mediates_slips,
    order=34,
)
def slip_disputes(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.disputes_for_alliance(size, after)
    return page.map(
        lambda row: Waiting(
            str(row.id),
            _("Contract %(number)s", number=row.number),
            row.name,
            url_for("slip_disputes.show", dispute=row.ref),
            since=row.at,
            due=row.due_by,
        )
    )


@queue(
    "late-loads", label=_l("Loads of contracts late"), icon="truck", door=policies.keeps_acceptances, order=42
)
def late_loads(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.late_loads(size, after)
    return page.map(
        lambda row: Waiting(
            str(row.id),
            _("Delivery %(number)s", number=row.number),
            row.name,
            url_for("contracts.show", contract=row.ref),
            due=row.due_on,
        )
    )


@queue(
    "late-sheets",
    place="office_settlements.list",
    label=_l("Settlement sheets not paid"),
    icon="money",
    door=policies.keeps_settlements,
    order=50,
)
def late_sheets(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.late_sheets(size, after)
    return page.map(
        lambda row: Waiting(
            str(row.id),
            _("Sheet %(sheet)s of contract %(number)s", sheet=row.sheet, number=row.number),
            row.name,
            url_for("settlements.show", contract=row.contract, settlement=row.ref),
            due=row.due_on,
        )
    )
