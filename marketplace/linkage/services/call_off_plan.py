"""The plan of call-offs: one row for every slot of the schedule in force."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.linkage import queries
from marketplace.linkage.agreement import ScheduleLine
from marketplace.linkage.events.call_off import CallOffsPlanned
from marketplace.linkage.models import CallOff, CallOffTotal, Contract
from marketplace.linkage.reckoning.breach import bounds
from marketplace.linkage.services.contract import lock_contract
from marketplace.linkage.states.call_off import CallOffState
from marketplace.linkage.terms import Content

Slot = tuple[int, str]
"""Product id, and the day or week."""


def plan_call_offs(*, contract: Contract, by: Any) -> None:
    """Rows as the schedule in force wants them: what was called already stays as it is. Twice changes nothing."""
    lock_contract(contract)
    content = queries.content_in_force(contract)
    if content is None:
        return
    _set_most(contract, content)
    wanted = _wanted(contract, content)
    rows = {(each.product_id, each.slot): each for each in _rows(contract)}
    added = [_add(contract, slot, line, kg) for slot, (line, kg) in wanted.items() if slot not in rows]
    changed = sum(_renew(row, wanted) for row in rows.values() if row.state is CallOffState.PLANNED)
    db.session.flush()
    if added or changed:
        announce(
            CallOffsPlanned(contract_id=contract.id, added=len(added), changed=changed, actor_id=id_of(by))
        )


def _rows(contract: Contract) -> list[CallOff]:
    query = select(CallOff).where(CallOff.contract_id == contract.id).order_by(CallOff.id)
    locked = query.with_for_update(of=CallOff).execution_options(populate_existing=True)
    return [*db.session.scalars(locked)]


def _wanted(contract: Contract, content: Content) -> dict[Slot, tuple[ScheduleLine, Decimal]]:
    """Slots of this week and those to come; stretches that meet in one slot are one delivery."""
    products, this_week = queries.products_of(content), str(week_of(clock.today()))
    told: dict[Slot, tuple[ScheduleLine, Decimal]] = {}
    for line in queries.schedule_of(contract):
        if line.week >= this_week and line.quantity > 0:
            slot = products[line.goods], str(line.day or line.week)
            told[slot] = line, line.quantity + (told[slot][1] if slot in told else Decimal(0))
    return told


def _add(contract: Contract, slot: Slot, line: ScheduleLine, kg: Decimal) -> CallOff:
    made = CallOff(
        ref=random_ref(),
        contract=contract,
        product_id=slot[0],
        slot=slot[1],
        week=line.week,
        day=line.day,
        planned=kg,
    )
    db.session.add(made)
    return made


def _renew(row: CallOff, wanted: dict[Slot, tuple[ScheduleLine, Decimal]]) -> bool:
    """Whether it had to change. A slot that is over stays: nobody called it."""
    found = wanted.get((row.product_id, row.slot))
    if found is not None:
        before, row.planned = row.planned, found[1]
        return before != row.planned
    if row.ends < clock.today():
        return False
    db.session.delete(row)
    return True


def _set_most(contract: Contract, content: Content) -> None:
    """An annex may lower it, but not below what was called already."""
    most = bounds(contract.agreed, content["quantity"]["tolerance"] or Decimal(0))[1]
    total = db.session.get(CallOffTotal, contract.id, with_for_update=True, populate_existing=True)
    if total is None:
        db.session.add(CallOffTotal(contract_id=contract.id, most=most, taken=Decimal(0)))
    else:
        total.most = max(most, total.taken)
