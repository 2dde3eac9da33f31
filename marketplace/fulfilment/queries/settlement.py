"""Reading settlement sheets, what they settle and what is still to be settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import Organisation
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.fulfilment.models import (
    Acceptance,
    InputAdvance,
    Settlement,
    SettlementBook,
    SettlementFact,
    SettlementLine,
    SettlementPart,
)
from marketplace.fulfilment.states import (
    AGREED,
    CONTRACT_DEPOSIT,
    FIRM,
    LIVING,
    POOL_SHARE,
    SETTLEMENT,
    TO_CONFIRM,
    AdvanceState,
    SettlementState,
)
from marketplace.linkage.models import AgreedPrice, CallOff, Contract
from marketplace.linkage.reckoning.settlement import LineKind
from marketplace.payments.models import Charge
from marketplace.payments.states import Posting

# --- what is to be settled ----------------------------------------------------------------------------


def _free(beside: Settlement | None) -> Any:
    """No living sheet settles the slip, but perhaps the one beside which it is asked."""
    taken = exists().where(SettlementFact.acceptance_id == Acceptance.id, SettlementFact.living)
    if beside is not None:
        taken = taken.where(SettlementFact.settlement_id != beside.id)
    return ~taken


def unsettled(
    contract_id: int,
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
    beside: Settlement | None = None,
) -> Sequence[Acceptance]:
    """Firm slips of deliveries within these days that stand in no sheet, the oldest first, with their lines."""
    query = (
        select(Acceptance)
        .where(Acceptance.contract_id == contract_id, Acceptance.state.in_(FIRM), _free(beside))
        .options(selectinload(Acceptance.all_lines), joinedload(Acceptance.call_off).joinedload(CallOff.product))
        .order_by(Acceptance.arrived_at, Acceptance.id)
    )
    if first is not None:
        query = query.where(Acceptance.arrived_at >= clock.start_of_day(first))
    if last is not None:
        query = query.where(Acceptance.arrived_at < clock.start_of_day(last + dt.timedelta(days=1)))
    return db.session.scalars(query).all()


def to_draw() -> list[int]:
    """Ids of contracts with firm slips that stand in no sheet."""
    query = (
        select(Acceptance.contract_id)
        .where(Acceptance.state.in_(FIRM), _free(None))
        .distinct()
        .order_by(Acceptance.contract_id)
    )
    return list(db.session.scalars(query))


def agreed_prices(contract_id: int) -> Sequence[AgreedPrice]:
    """All that both confirmed, the newest first: one statement."""
    return db.session.scalars(
        select(AgreedPrice)
        .where(
            AgreedPrice.contract_id == contract_id,
            AgreedPrice.seller_agreed_at.is_not(None),
            AgreedPrice.buyer_agreed_at.is_not(None),
        )
        .order_by(AgreedPrice.day.desc(), AgreedPrice.id.desc())
    ).all()


def taken_facts(facts: Collection[str], *, beside: Settlement | None = None) -> set[str]:
    """Which of these a living sheet settles already."""
    if not facts:
        return set()
    query = select(SettlementFact.fact).where(SettlementFact.fact.in_([*facts]), SettlementFact.living)
    if beside is not None:
        query = query.where(SettlementFact.settlement_id != beside.id)
    return {*db.session.scalars(query)}


def is_settled(acceptance_id: int) -> bool:
    """Whether a sheet that both confirmed counts this slip: its lines do not change any more."""
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    SettlementFact.acceptance_id == acceptance_id,
                    SettlementFact.living,
                    SettlementFact.settlement_id == Settlement.id,
                    Settlement.state.in_(AGREED),
                )
            )
        )
    )


def owed_back(contract_id: int, *, beside: Settlement | None = None) -> Sequence[Settlement]:
    """Confirmed sheets that left the seller owing, and no later sheet has taken it off."""
    taken = exists().where(
        SettlementFact.fact == "settlement:" + func.cast(Settlement.id, SettlementFact.fact.type),
        SettlementFact.living,
    )
    if beside is not None:
        taken = taken.where(SettlementFact.settlement_id != beside.id)
    return db.session.scalars(
        select(Settlement)
        .where(Settlement.contract_id == contract_id, Settlement.state.in_(AGREED), Settlement.owed_back > 0, ~taken)
        .order_by(Settlement.id)
    ).all()


@dataclass(frozen=True, slots=True)
class LatePayment:
    """A sum that came for a sheet after its day."""

    number: str
    ref: str
    fact: str
    amount: Money
    due_on: dt.date
    paid_on: dt.date


def late_payments(contract_id: int) -> list[LatePayment]:
    """What came too late for the contract's sheets; of what came too much only what was owed."""
    rows = db.session.execute(
        select(Settlement, Charge)
        .join(Charge, and_(Charge.purpose == SETTLEMENT, Charge.subject_id == Settlement.id))
        .where(Settlement.contract_id == contract_id, Settlement.state.in_(AGREED), Charge.due_on.is_not(None))
        .options(selectinload(Charge.postings))
        .order_by(Settlement.id)
    ).all()
    found = []
    for sheet, charge in rows:
        left = int(charge.amount)
        for entry in charge.postings:
            if entry.kind is not Posting.CONFIRMED or left <= 0:
                continue
            amount, left = min(int(entry.amount), left), left - int(entry.amount)
            paid_on = clock.to_local(entry.at).date()
            if paid_on > charge.due_on:
                fact = f"payment:{entry.id}"
                found.append(LatePayment(sheet.number, sheet.ref, fact, Money(amount), charge.due_on, paid_on))
    return found


def book_of(contract_id: int) -> SettlementBook | None:
    return db.session.get(SettlementBook, contract_id)


# --- sheets -------------------------------------------------------------------------------------------


def _whole() -> tuple[Any, ...]:
    return (
        joinedload(Settlement.contract).joinedload(Contract.cooperative).joinedload(Cooperative.organisation),
        joinedload(Settlement.contract).joinedload(Contract.buyer),
        selectinload(Settlement.lines),
        selectinload(Settlement.parts).joinedload(SettlementPart.cooperative),
    )


def settlement_by_id(settlement_id: int) -> Settlement:
    return db.session.scalars(select(Settlement).where(Settlement.id == settlement_id).options(*_whole())).one()


def _parties(user: Any) -> Any:
    own = [*user.organisation_ids]
    seller = Contract.cooperative_id.in_(select(Cooperative.id).where(Cooperative.organisation_id.in_(own)))
    return or_(seller, Contract.buyer_id.in_(own))


def settlement_by_ref(ref: str, user: Any) -> Settlement | None:
    """For the parties and officers; with its lines: a constant number of statements."""
    query = select(Settlement).join(Settlement.contract).where(Settlement.ref == ref).options(*_whole())
    if not user.is_officer:
        query = query.where(_parties(user))
    return db.session.scalar(query)


def part_by_ref(ref: str, user: Any) -> SettlementPart | None:
    """A member's own part of a sheet, found by the sheet."""
    return db.session.scalar(
        select(SettlementPart)
        .join(SettlementPart.settlement)
        .join(SettlementPart.cooperative)
        .where(Settlement.ref == ref, Cooperative.organisation_id.in_([*user.organisation_ids]))
        .options(joinedload(SettlementPart.settlement).joinedload(Settlement.contract))
    )


def replaced_by(settlement: Settlement) -> Settlement | None:
    return db.session.scalar(select(Settlement).where(Settlement.replaces_id == settlement.id))


def advance_by_ref(ref: str, user: Any) -> InputAdvance | None:
    query = select(InputAdvance).join(InputAdvance.contract).where(InputAdvance.ref == ref)
    return db.session.scalar(query if user.is_officer else query.where(_parties(user)))


def advance_by_id(advance_id: int) -> InputAdvance:
    return db.session.get_one(InputAdvance, advance_id)


def advances_of(contract_id: int) -> Sequence[InputAdvance]:
    """The newest first."""
    return db.session.scalars(
        select(InputAdvance).where(InputAdvance.contract_id == contract_id).order_by(InputAdvance.id.desc()).limit(100)
    ).all()
