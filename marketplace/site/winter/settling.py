"""Settlement sheets: drawn by the clock, confirmed, seldom disagreed with; paid on their day, or late with interest."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.fulfilment import services
from marketplace.fulfilment.models import Settlement, SettlementPart
from marketplace.fulfilment.queries import settlement as sheets
from marketplace.fulfilment.states import POOL_SHARE, SETTLEMENT, TO_CONFIRM
from marketplace.payments import services as payments
from marketplace.payments.models import Charge
from marketplace.payments.states import ChargeState
from marketplace.site.winter.life import Season


def confirm(season: Season) -> None:
    """Both sides read their sheets; who is slow reads them another day."""
    for sheet_id in season.read(_to_confirm):
        if season.happens("disagrees", "sheets"):
            season.do("sheet disagreed with", partial(_disagree, season, sheet_id))
            continue
        for side in ("seller", "buyer"):
            if not season.happens("confirms_late", "sheets"):
                season.do("sheet confirmed", partial(_confirm, season, sheet_id, side))


def _to_confirm() -> list[int]:
    query = select(Settlement.id).where(Settlement.state.in_(TO_CONFIRM))
    return [*db.session.scalars(query.order_by(Settlement.id))]


def _person(season: Season, sheet: Settlement, side: str) -> Any:
    contract = sheet.contract
    if side == "seller":
        return season.person(season.grower(contract.cooperative_id).director)
    return season.person(season.company(contract.buyer_id).director)


def _confirm(season: Season, sheet_id: int, side: str) -> None:
    sheet = sheets.settlement_by_id(sheet_id)
    if sheet.state in TO_CONFIRM:
        services.settlement.confirm(settlement=sheet, by=_person(season, sheet, side))


def _disagree(season: Season, sheet_id: int) -> None:
    """The buyer had carried the boxes."""
    sheet = sheets.settlement_by_id(sheet_id)
    services.settlement.disagree(
        settlement=sheet,
        words="Chưa trừ tiền bốc xếp hai bên đã thoả thuận",
        deductions=[("Bốc xếp", Money(50_000))],
        by=_person(season, sheet, "buyer"),
    )


def pay(season: Season) -> None:
    """What is due is paid, by the prompt at once and by others when they find the time."""
    for charge_id in season.read(partial(_due, season)):
        season.do("payment", partial(_pay, season, charge_id))


def _due(season: Season) -> list[int]:
    query = select(Charge).where(
        Charge.purpose.in_([SETTLEMENT, POOL_SHARE]),
        Charge.state.in_([ChargeState.EXPECTED, ChargeState.REPORTED]),
        Charge.due_on.is_not(None),
        Charge.due_on <= clock.today(),
    )
    today = clock.today()
    return [each.id for each in db.session.scalars(query.order_by(Charge.id)) if _day(season, each) <= today]


def _day(season: Season, charge: Charge) -> dt.date:
    """When it is paid: the same whenever it is asked."""
    assert charge.due_on is not None, "asked for with a day"
    chance = season.chance(f"payment {charge.id}")
    chance.seed(f"{season.seed}:payment {charge.id}")
    payer = charge.payer_organisation_id
    prompt = season.company(payer).prompt if charge.purpose == SETTLEMENT and payer is not None else 0.8
    if chance.random() * 100 >= season.behaviour.pays_late * 2 * (1 - prompt):
        return charge.due_on
    return charge.due_on + dt.timedelta(days=chance.randint(1, season.behaviour.most_days_late))


def _pay(season: Season, charge_id: int) -> None:
    charge = db.session.get_one(Charge, charge_id)
    payments.confirm(charge=charge, amount=Money(charge.open_amount), by=_payee(season, charge))


def _payee(season: Season, charge: Charge) -> Any:
    if charge.purpose == SETTLEMENT:
        contract = sheets.settlement_by_id(charge.subject_id).contract
        return season.person(season.grower(contract.cooperative_id).director)
    part = db.session.get_one(SettlementPart, charge.subject_id)
    return season.person(season.grower(part.cooperative_id).director)
