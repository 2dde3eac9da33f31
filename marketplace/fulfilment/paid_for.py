"""What a charge of a contract is for: the way from a page of money to the sheet."""

from __future__ import annotations

from marketplace.foundation.db import db
from marketplace.foundation.words import _l
from marketplace.fulfilment.models import Settlement, SettlementPart
from marketplace.fulfilment.states import CONTRACT_DEPOSIT, POOL_SHARE, SETTLEMENT, SETTLEMENT_BACK
from marketplace.linkage.models import Contract
from marketplace.payments import leads
from marketplace.payments.leads import Lead


@leads.to(SETTLEMENT_BACK)
@leads.to(SETTLEMENT)
def sheet(subject_id: int) -> Lead | None:
    settlement = db.session.get(Settlement, subject_id)
    if settlement is None:
        return None
    url = f"/contracts/{settlement.contract.ref}/settlements/{settlement.ref}"
    return Lead(_l("Settlement sheet %(number)s", number=settlement.number), url)


@leads.to(CONTRACT_DEPOSIT)
def deposit(subject_id: int) -> Lead | None:
    contract = db.session.get(Contract, subject_id)
    if contract is None:
        return None
    return Lead(_l("Contract %(number)s", number=contract.number), f"/contracts/{contract.ref}/settlements")


@leads.to(POOL_SHARE)
def part(subject_id: int) -> Lead | None:
    found = db.session.get(SettlementPart, subject_id)
    if found is None:
        return None
    number = found.settlement.number
    return Lead(
        _l("My part of sheet %(number)s", number=number), f"/desk/settlements/parts/{found.settlement.ref}"
    )
