"""Money that a cooperative's contracts will bring and that nobody owes yet: sheets to be confirmed, and what was
accepted and stands in no sheet. It reads and computes; what is owed already stands in `payments`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.foundation import clock
from marketplace.foundation.money import Money
from marketplace.fulfilment import queries, worth
from marketplace.fulfilment.models import Settlement
from marketplace.fulfilment.services.settlement import due_day, paid_by_terms
from marketplace.linkage.models import Contract


@dataclass(frozen=True, slots=True)
class Coming:
    """`amount` on `day`, if the sheet is confirmed today. Without a sheet the amount is what the slips are worth;
    `part` is a member's own of the sheet of its pool."""

    contract: Contract
    amount: Money
    day: dt.date
    sheet: Settlement | None = None
    part: bool = False


def of_seller(cooperative_id: int) -> Sequence[Coming]:
    """The earliest first; a constant number of statements."""
    today = clock.today()
    told = [
        Coming(sheet.contract, sheet.total, due_day(sheet, today)[0], sheet)
        for sheet in queries.settlement.to_confirm_of(cooperative_id)
    ]
    told += [
        Coming(
            part.settlement.contract, part.amount, due_day(part.settlement, today)[0], part.settlement, True
        )
        for part in queries.settlement.parts_to_confirm(cooperative_id)
    ]
    told += _in_no_sheet(cooperative_id, today)
    return sorted(told, key=lambda each: (each.day, each.contract.id))


def _in_no_sheet(cooperative_id: int, today: dt.date) -> list[Coming]:
    waiting = queries.settlement.in_no_sheet(cooperative_id)
    ids = [contract.id for contract, _firm_since in waiting]
    accepted, settled = worth.accepted_worth(ids), queries.settlement.goods_settled(ids)
    told = []
    for contract, firm_since in waiting:
        amount = accepted.get(contract.id, Money(0)) - settled.get(contract.id, Money(0))
        if amount > 0:
            day = paid_by_terms(contract, clock.to_local(firm_since).date())
            told.append(Coming(contract, amount, max(day, today)))
    return told
