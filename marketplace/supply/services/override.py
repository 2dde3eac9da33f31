"""Taking from one claim for another, openly: with a reason, and whoever loses is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.supply import queries
from marketplace.supply.events import WeekPromised
from marketplace.supply.models import Claim, Stock
from marketplace.supply.models.claim import Rank
from marketplace.supply.services import ledger, weeks
from marketplace.supply.services.claim import SAY_WHY, make, take_from
from marketplace.supply.states import PRECEDENCE, ClaimKind, ClaimState


def override(
    *,
    product_id: int,
    week: str,
    quantity: Decimal,
    holder: str,
    reason: str,
    grade: str = "",
    kind: ClaimKind = ClaimKind.CONTRACT,
    contract_day: dt.date | None = None,
    since: dt.datetime | None = None,
    expires_at: dt.datetime | None = None,
    by: Any,
) -> Claim:
    """Promise a quantity as `promise` does; what is not free is taken from claims that stand lower, the lowest first.

    Nothing is ever taken from a higher claim or an older one of the same kind. Raises NotFree with what could be had
    so, and Refusal without a reason.
    """
    stock = queries.week_stock(product_id, week, grade)
    if stock is None:
        raise ledger.NotFree(Decimal(0), "kg")
    ledger.lock(stock)
    amount = _wanted(quantity, reason)
    since = since or clock.now()
    rank = (PRECEDENCE[kind], contract_day or dt.date.max, since, 2**62)
    lower = _below(stock, rank)
    _take(stock, amount, lower, reason, winner=holder, by=by)
    claim = make(
        stock,
        kind=kind,
        quantity=amount,
        holder=holder,
        contract_day=contract_day,
        since=since,
        expires_at=expires_at,
    )
    announce(WeekPromised(**ledger.facts(stock, amount, by), stock_id=stock.id, holder=holder))
    weeks.judge(stock, by=by)
    return claim


def reassign(*, winner: Claim, quantity: Decimal, reason: str, loser: Claim | None = None, by: Any) -> Claim:
    """A claim that is there gets more: what is free, then from `loser`, or else from those below, the lowest first.

    A named loser may stand higher than the winner: a person decides that, and gives the reason.
    """
    stock = winner.stock
    ledger.lock(stock)
    db.session.refresh(winner)
    amount = _wanted(quantity, reason)
    if winner.state is not ClaimState.HELD or (loser is not None and loser.stock_id != stock.id):
        raise Refusal(_l("This is no longer set aside."))
    if loser is not None:
        db.session.refresh(loser)
    losers = [loser] if loser is not None else _below(stock, winner.rank)
    _take(stock, amount, losers, reason, winner=winner.holder, by=by)
    winner.quantity += amount
    db.session.flush()
    announce(WeekPromised(**ledger.facts(stock, amount, by), stock_id=stock.id, holder=winner.holder))
    weeks.judge(stock, by=by)
    return winner


def _wanted(quantity: Decimal, reason: str) -> Decimal:
    amount = exact(quantity)
    if amount <= 0:
        raise Refusal(_l("Write more than 0."), field="quantity")
    if not reason.strip():
        raise Refusal(SAY_WHY, field="reason")
    return amount


def _below(stock: Stock, rank: Rank) -> Sequence[Claim]:
    """Held claims of the week that stand lower, the lowest first."""
    held = queries.held_by_rank(stock.id)
    return [claim for claim in reversed(held) if claim.rank > rank]


def _take(
    stock: Stock, amount: Decimal, losers: Sequence[Claim], reason: str, *, winner: str, by: Any
) -> None:
    """`amount` becomes reserved for the winner: what is free, then out of the losers' claims in their order."""
    held = [claim for claim in losers if claim.state is ClaimState.HELD]
    can_be_had = stock.free + sum((claim.quantity for claim in held), Decimal(0))
    if amount > can_be_had:
        most = formats.amount(can_be_had, stock.unit, locale())
        raise Refusal(
            _l("Only %(most)s can be had like this: write %(most)s or less.", most=most), field="quantity"
        )
    free = min(stock.free, amount)
    needed = amount - free
    for claim in held:
        if needed <= 0:
            break
        part = min(claim.quantity, needed)
        take_from(claim, part, reason, winner=winner, by=by)
        needed -= part
    # What was taken stays reserved, for the winner; only what was free is new.
    if free:
        ledger.take(stock, free)
    db.session.refresh(stock)
