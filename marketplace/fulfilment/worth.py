"""What contracts brought in đồng: what was accepted at the agreed prices, and what of it was paid."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from marketplace.deliveries.models import DeliveryLine
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money, line_total
from marketplace.fulfilment.models import Acceptance, AcceptanceLine, Settlement, SettlementLine
from marketplace.fulfilment.states import FIRM, Outcome, SettlementState
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import AgreedPrice, CallOff, Contract, ContractVersion
from marketplace.linkage.reckoning.price import RuleKind
from marketplace.linkage.reckoning.settlement import OF_SLIPS


@dataclass(frozen=True, slots=True)
class AcceptedLine:
    """Kilograms of one grade on a slip that counts, and what they came to: None without an agreed price."""

    acceptance_id: int
    contract_id: int
    cooperative_id: int
    product_id: int
    day: dt.date
    grade: str
    kg: Decimal
    worth: Money | None = None


def accepted_worth(contract_ids: Collection[int]) -> Mapping[int, Money]:
    """Contract → kilograms of its agreed slips at the price of their grade on the day they arrived; a constant number
    of statements. What has no agreed price yet adds nothing."""
    told: dict[int, Money] = defaultdict(lambda: Money(0))
    for line in _priced(_accepted(Acceptance.contract_id.in_([*contract_ids]))):
        if line.worth is not None:
            told[line.contract_id] += line.worth
    return told


def accepted_between(since: dt.datetime, before: dt.datetime) -> list[AcceptedLine]:
    """What arrived in this time and counts, with what it came to; a constant number of statements."""
    return _priced(_accepted(Acceptance.arrived_at >= since, Acceptance.arrived_at < before))


def span() -> tuple[dt.datetime | None, dt.datetime | None]:
    """When the first and the last slip that counts arrived."""
    query = select(func.min(Acceptance.arrived_at), func.max(Acceptance.arrived_at))
    first, last = db.session.execute(query.where(Acceptance.state.in_(FIRM))).one()
    return first, last


def days_of(contract_id: int) -> set[dt.date]:
    """The days on which anything arrived under a contract."""
    query = select(Acceptance.arrived_at).where(Acceptance.contract_id == contract_id)
    return {clock.to_local(at).date() for at in db.session.scalars(query)}


def _priced(lines: list[AcceptedLine]) -> list[AcceptedLine]:
    if not lines:
        return []
    own = {line.contract_id for line in lines}
    computed, fixed = _computed(own), _fixed(own)
    told = []
    for line in lines:
        key = line.contract_id, line.grade
        price = _price(computed.get(key, ()), line.day) or fixed.get(key)
        told.append(line if price is None else replace(line, worth=line_total(price, line.kg)))
    return told


def paid_worth(contract_ids: Collection[int]) -> Mapping[int, Money]:
    """Contract → the goods on its sheets that are paid, as corrected since: one statement."""
    query = (
        select(Settlement.contract_id, func.sum(SettlementLine.amount))
        .join(SettlementLine, SettlementLine.settlement_id == Settlement.id)
        .where(
            Settlement.contract_id.in_([*contract_ids]),
            Settlement.state == SettlementState.PAID,
            SettlementLine.kind.in_(OF_SLIPS),
        )
        .group_by(Settlement.contract_id)
    )
    return {contract_id: Money(int(amount)) for contract_id, amount in db.session.execute(query)}


def _accepted(*which: ColumnElement[bool]) -> list[AcceptedLine]:
    """The lines that count now; goods are those that the delivery brought, in a pool its member's own."""
    brought = (
        select(DeliveryLine.product_id)
        .where(DeliveryLine.delivery_id == Acceptance.delivery_id)
        .order_by(DeliveryLine.position)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(
            Acceptance.id,
            Acceptance.contract_id,
            Acceptance.cooperative_id,
            func.coalesce(brought, CallOff.product_id).label("product_id"),
            Acceptance.arrived_at,
            AcceptanceLine.grade,
            AcceptanceLine.kg,
        )
        .join(
            AcceptanceLine,
            (AcceptanceLine.acceptance_id == Acceptance.id)
            & (AcceptanceLine.revision == Acceptance.revision),
        )
        .join(CallOff, CallOff.id == Acceptance.call_off_id)
        .where(*which, Acceptance.state.in_(FIRM), AcceptanceLine.outcome == Outcome.ACCEPTED)
    )
    return [
        AcceptedLine(
            row.id,
            row.contract_id,
            row.cooperative_id,
            row.product_id,
            clock.to_local(row.arrived_at).date(),
            row.grade,
            row.kg,
        )
        for row in db.session.execute(query)
    ]


def _computed(contract_ids: Collection[int]) -> dict[tuple[int, str], Sequence[tuple[dt.date, Money]]]:
    """(contract, grade) → (day, price) that both confirmed, the oldest first."""
    query = (
        select(AgreedPrice)
        .where(
            AgreedPrice.contract_id.in_([*contract_ids]),
            AgreedPrice.seller_agreed_at.is_not(None),
            AgreedPrice.buyer_agreed_at.is_not(None),
        )
        .order_by(AgreedPrice.day)
    )
    told: dict[tuple[int, str], list[tuple[dt.date, Money]]] = defaultdict(list)
    for each in db.session.scalars(query):
        told[each.contract_id, each.grade].append((each.day, each.price))
    return {**told}


def _price(steps: Sequence[tuple[dt.date, Money]], day: dt.date) -> Money | None:
    """The last one that held on this day."""
    return next((price for since, price in reversed(steps) if since <= day), None)


def _fixed(contract_ids: Collection[int]) -> dict[tuple[int, str], Money]:
    """(contract, grade) → the fixed price in the text in force."""
    query = (
        select(Contract)
        .where(Contract.id.in_([*contract_ids]))
        .options(selectinload(Contract.versions).selectinload(ContractVersion.revisions))
    )
    told: dict[tuple[int, str], Money] = {}
    for contract in db.session.scalars(query):
        content = linkage.content_in_force(contract)
        if content is not None and content["price"]["kind"] == RuleKind.FIXED:
            told |= {(contract.id, each["grade"]): each["price"] for each in content["price"]["grades"]}
    return told
