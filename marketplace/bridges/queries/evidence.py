"""The history of a cooperative's contracts in figures, and who lets whom read it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, case, cast, func, select

from marketplace.bridges.models import LoanEvidence
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.fulfilment.models import Load, Settlement
from marketplace.fulfilment.states.settlement import AGREED, SettlementState
from marketplace.linkage.models import CallOff, Contract
from marketplace.linkage.states.contract import UNSIGNED


@dataclass(frozen=True)
class Figures:
    """As LoanEvidence keeps them."""

    contracts: int
    partners: int
    value: Money
    delivered_kg: Decimal
    delivered: Money
    sheets: int
    in_time: int
    late: int
    paid: Money


def living(loan_id: int) -> LoanEvidence | None:
    """What was agreed to and not withdrawn."""
    return db.session.scalar(
        select(LoanEvidence).where(LoanEvidence.loan_id == loan_id, LoanEvidence.withdrawn_at.is_(None))
    )


def figures(cooperative_id: int, first: dt.date, last: dt.date) -> Figures:
    """Of contracts signed within these days: agreed, delivered and settled until today, and how buyers paid."""
    mine = select(Contract.id).where(
        Contract.cooperative_id == cooperative_id,
        Contract.state.not_in(UNSIGNED),
        Contract.signed_on.between(first, last),
    )
    contracts, partners, value = db.session.execute(
        select(func.count(), func.count(Contract.buyer_id.distinct()), func.sum(Contract.value)).where(
            Contract.id.in_(mine)
        )
    ).one()
    kg = db.session.scalar(
        select(func.sum(Load.sent))
        .join(CallOff, CallOff.id == Load.call_off_id)
        .where(CallOff.contract_id.in_(mine))
    )
    in_time = _paid_on() <= Settlement.due_on
    paid = Settlement.state == SettlementState.PAID
    behind = (paid & ~in_time) | (~paid & (Settlement.due_on < clock.today()))
    delivered, sheets, good, bad, sum_paid = db.session.execute(
        select(
            func.sum(Settlement.goods + Settlement.corrected),
            func.sum(_one(Settlement.total > 0)),
            func.sum(_one((Settlement.total > 0) & paid & in_time)),
            func.sum(_one((Settlement.total > 0) & behind)),
            func.sum(case((paid, Settlement.total), else_=0)),
        ).where(Settlement.contract_id.in_(mine), Settlement.state.in_(AGREED))
    ).one()
    return Figures(
        contracts=int(contracts),
        partners=int(partners),
        value=Money(int(value or 0)),
        delivered_kg=Decimal(kg or 0),
        delivered=Money(int(delivered or 0)),
        sheets=int(sheets or 0),
        in_time=int(good or 0),
        late=int(bad or 0),
        paid=Money(int(sum_paid or 0)),
    )


def _one(condition: Any) -> Any:
    return case((condition, 1), else_=0)


def _paid_on() -> Any:
    """The day in Vietnam on which the money came."""
    if db.engine.dialect.name == "postgresql":
        return cast(func.timezone("Asia/Ho_Chi_Minh", Settlement.paid_at), Date)
    return func.date(Settlement.paid_at, "+7 hours")
