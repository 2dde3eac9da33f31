"""The statement on paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.accounts import queries as people
from marketplace.foundation.papers import PaperRefused, Sheet, paper
from marketplace.foundation.papers.states import Failure
from marketplace.foundation.web.pages import text_of
from marketplace.payments import parties, written
from marketplace.payments.parties import Account
from marketplace.payments.statements import Period

TEMPLATE = written.STATEMENT.templates[written.STATEMENT.version]


@paper("payments.statement")
def statement(payee: str, buyer: str, first: str, last: str) -> Sheet | None:
    account = parties.sellers_account(people.organisation_by_ref(payee), buyer)
    if account is None:
        return None
    shown = context(account, Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last)))
    if not shown["told"]["complete"]:
        raise PaperRefused(Failure.TOO_LONG)
    return Sheet(text_of(TEMPLATE, pressed=True, **shown))


def values(account: Account, period: Period) -> dict[str, Any]:
    """What the worker needs to write it."""
    return {
        "payee": account.payee.ref,
        "buyer": account.buyer.ref,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
    }


def context(account: Account, period: Period) -> dict[str, Any]:
    """What the template shows of a statement that nobody has issued, on the screen and on the press."""
    return {"document": None, "told": written.statement_of(account, period)}
