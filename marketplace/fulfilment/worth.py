"""What contracts brought in đồng: what was accepted at the agreed prices, and what of it was paid."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money, line_total
from marketplace.fulfilment.models import Acceptance, AcceptanceLine, Settlement, SettlementLine
from marketplace.fulfilment.states import FIRM, Outcome, SettlementState
from marketplace.linkage import queries as linkage
from marketplace.linkage.models import AgreedPrice, Contract, ContractVersion
from marketplace.linkage.reckoning.price import RuleKind
from marketplace.linkage.reckoning.settlement import OF_SLIPS


def accepted_worth(contract_ids: Collection[int]) -> Mapping[int, Money]:
    """Contract → kilograms of its agreed slips at the price of their grade on the day they arrived; a constant number
    of statements. What has no agreed price yet adds nothing."""
    lines = _accepted(contract_ids)
    if not lines:
        return {}
    own = {line[0] for line in lines}
    computed, fixed = _computed(own), _fixed(own)
    told: dict[int, Money] = defaultdict(lambda: Money(0))
    for contract_id, grade, day, kg in lines:
        price = _price(computed.get((contract_id, grade), ()), day) or fixed.get((contract_id, grade))
        if price is not None:
            told[contract_id] += line_total(price, kg)
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


def _accepted(contract_ids: Collection[int]) -> list[tuple[int, str, dt.date, Decimal]]:
    """(contract, grade, day, kg) of the lines that count now."""
    query = (
        select(Acceptance.contract_id, AcceptanceLine.grade, Acceptance.arrived_at, AcceptanceLine.kg)
        .join(
            AcceptanceLine,
            (AcceptanceLine.acceptance_id == Acceptance.id)
            & (AcceptanceLine.revision == Acceptance.revision),
        )
        .where(
            Acceptance.contract_id.in_([*contract_ids]),
            Acceptance.state.in_(FIRM),
            AcceptanceLine.outcome == Outcome.ACCEPTED,
        )
    )
    return [
        (contract_id, grade, clock.to_local(at).date(), kg)
        for contract_id, grade, at, kg in db.session.execute(query)
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
