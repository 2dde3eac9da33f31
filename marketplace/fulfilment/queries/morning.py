"""What waits for officers: small rows, one statement each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from marketplace.cooperatives.models import Cooperative
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.queries import GOING
from marketplace.foundation import clock
from marketplace.foundation.db import Page, page_of
from marketplace.fulfilment import loading
from marketplace.fulfilment.models import Acceptance, Settlement, SlipDispute
from marketplace.fulfilment.states import SettlementState
from marketplace.fulfilment.states.dispute import OPEN_SLIP_DISPUTES, Turn
from marketplace.linkage.models import CallOff, Contract


def disputes_for_alliance(size: int, after: str | None) -> Page[Any]:
    """Those that wait for an officer's word: id, ref, number of the contract, seller's name, at, due_by."""
    query: Any = (
        select(
            SlipDispute.id,
            SlipDispute.ref,
            Contract.number,
            Cooperative.name,
            SlipDispute.at,
            SlipDispute.due_by,
        )
        .join(Contract, Contract.id == SlipDispute.contract_id)
        .join(SlipDispute.acceptance)
        .join(Cooperative, Cooperative.id == Acceptance.cooperative_id)
        .where(SlipDispute.state.in_(OPEN_SLIP_DISPUTES), SlipDispute.turn == Turn.ALLIANCE)
    )
    return page_of(query, SlipDispute.at, SlipDispute.id, after=after, size=size)


def late_loads(size: int, after: str | None) -> Page[Any]:
    """Loads of contracts whose day is over and that nobody received: id, number, due_on, seller's name, ref of the
    contract."""
    query: Any = (
        select(Delivery.id, Delivery.number, Delivery.due_on, Cooperative.name, Contract.ref)
        .join(Delivery.cooperative)
        .join(CallOff, CallOff.id == Delivery.source_id)
        .join(CallOff.contract)
        .where(
            Delivery.source_kind == loading.SOURCE,
            Delivery.state.in_(GOING),
            Delivery.due_on < clock.today(),
        )
    )
    return page_of(query, Delivery.due_on, Delivery.id, after=after, size=size)


def late_sheets(size: int, after: str | None) -> Page[Any]:
    """Confirmed sheets whose day of payment is over: id, ref, sheet, number, contract, name, due_on."""
    query: Any = (
        select(
            Settlement.id,
            Settlement.ref,
            Settlement.number.label("sheet"),
            Contract.number,
            Contract.ref.label("contract"),
            Cooperative.name,
            Settlement.due_on,
        )
        .join(Contract, Contract.id == Settlement.contract_id)
        .join(Cooperative, Cooperative.id == Settlement.cooperative_id)
        .where(Settlement.state == SettlementState.CONFIRMED, Settlement.due_on < clock.today())
    )
    return page_of(query, Settlement.due_on, Settlement.id, after=after, size=size)
