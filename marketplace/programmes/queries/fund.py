"""Funds, and the figure that counts on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from marketplace.foundation.db import db
from marketplace.programmes.models import FundRule, LoanFund
from marketplace.programmes.states.fund import CheckKind, FundKind


def funds() -> Sequence[LoanFund]:
    """All, those that count as preferential first."""
    order = {kind: place for place, kind in enumerate(FundKind)}
    found = db.session.scalars(select(LoanFund).options(selectinload(LoanFund.rules)))
    return sorted(found, key=lambda each: (order[each.kind], each.code))


def by_ref(ref: str) -> LoanFund | None:
    return db.session.scalar(select(LoanFund).where(LoanFund.ref == ref))


def by_id(fund_id: int) -> LoanFund | None:
    return db.session.get(LoanFund, fund_id)


def codes() -> set[str]:
    return set(db.session.scalars(select(LoanFund.code)))


def rules_on(fund_id: int, day: dt.date) -> dict[CheckKind, FundRule]:
    """The figure of each check that counts on this day; a check without one is missing."""
    query = select(FundRule).where(FundRule.fund_id == fund_id, FundRule.valid_from <= day)
    found = db.session.scalars(query.order_by(FundRule.valid_from))
    return {each.measure: each for each in found}
