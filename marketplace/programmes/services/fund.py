"""Funds: entered, their capital as they tell it, the figures they go by."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.money import Money
from marketplace.foundation.reference import random_ref
from marketplace.foundation.text import clean_line
from marketplace.foundation.words import _l
from marketplace.programmes import queries
from marketplace.programmes.events import FundAdded, FundCapitalTold, FundRuleAdded
from marketplace.programmes.models import FundRule, LoanFund
from marketplace.programmes.states.fund import CheckKind, FundKind

KNOWN = (
    ("QTW", "Quỹ Hỗ trợ phát triển HTX Trung ương", FundKind.CENTRAL),
    ("QGVL", "Quỹ Quốc gia giải quyết việc làm", FundKind.JOBS),
    ("QTINH", "Quỹ Hỗ trợ phát triển HTX tỉnh", FundKind.PROVINCE),
    ("TCTD", "Các tổ chức tín dụng khác", FundKind.CREDIT),
)
"""The three funds of the alliance's own report, and the banks and credit funds beside them."""


def add_fund(*, code: str, name: str, kind: FundKind, by: Any) -> LoanFund:
    """Raises Conflict when there is one of this code."""
    fund = LoanFund(
        ref=random_ref(),
        code=clean_line(code).upper()[:20],
        name=clean_line(name)[:200],
        kind=kind,
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(fund)
    db.session.flush()
    announce(FundAdded(fund_id=fund.id, code=fund.code, actor_id=id_of(by)))
    return fund


def add_known(*, by: Any) -> int:
    """Those of KNOWN that are not there yet; how many."""
    there = queries.fund.codes()
    missing = [each for each in KNOWN if each[0] not in there]
    for code, name, kind in missing:
        add_fund(code=code, name=name, kind=kind, by=by)
    return len(missing)


def tell_capital(*, fund: LoanFund, capital: Money, day: dt.date, by: Any) -> None:
    """Its own capital on a day, as the fund tells it: the share that one borrower may owe is counted of it."""
    if day > clock.today():
        raise Refusal(_l("This day is still to come."), field="capital_on")
    fund.capital, fund.capital_on = capital, day
    db.session.flush()
    announce(FundCapitalTold(fund_id=fund.id, code=fund.code, amount=int(capital), actor_id=id_of(by)))


def add_rule(
    *,
    fund: LoanFund,
    measure: CheckKind,
    threshold: Decimal,
    valid_from: dt.date,
    source: str,
    by: Any,
) -> FundRule:
    """A figure that counts from a day on, with the sentence it stands in. Raises Conflict for the same day twice."""
    if measure is not CheckKind.BAD_DEBT and threshold > 100:
        raise Refusal(_l("A share is 100 per cent at the most."), field="threshold")
    rule = FundRule(
        fund_id=fund.id,
        measure=measure,
        threshold=threshold,
        valid_from=valid_from,
        source=source.strip()[:500],
        by_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(rule)
    db.session.flush()
    announce(
        FundRuleAdded(
            fund_id=fund.id,
            code=fund.code,
            valid_from=valid_from,
            words=rule.source,
            actor_id=id_of(by),
        )
    )
    return rule
