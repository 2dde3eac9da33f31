"""What somebody does about a week that falls short."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.calendar import Week, week_of
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce
from marketplace.foundation.words import _l
from marketplace.supply import queries
from marketplace.supply.events import (
    BuyersWarned,
    ClaimShifted,
    PoolAsked,
    ShortfallClosed,
    WeekShifted,
)
from marketplace.supply.models import Claim, Shortfall, Stock
from marketplace.supply.services import claim as claims
from marketplace.supply.services import ledger
from marketplace.supply.services.weeks import end, facts_of
from marketplace.supply.states import ShortCause, shortfall_lifecycle


def ask_pool(*, shortfall: Shortfall, cause: ShortCause, words: str = "", by: Any) -> None:
    """Ask, through the alliance, whether other cooperatives have what is missing."""
    _move(shortfall, "ask_pool", cause, words)
    announce(PoolAsked(**facts_of(shortfall, by), words=words, cause=cause.value))


def tell_buyers(*, shortfall: Shortfall, cause: ShortCause, words: str = "", by: Any) -> None:
    """Tell early those whose claims are no longer covered: the youngest claims of the lowest kind first."""
    _move(shortfall, "tell_buyers", cause, words)
    lacking = queries.not_covered(shortfall.stock)
    announce(
        BuyersWarned(
            **facts_of(shortfall, by),
            holders=tuple(claim.holder for claim, _amount in lacking),
            words=words,
            cause=cause.value,
        )
    )


def shift(*, shortfall: Shortfall, week: str, cause: ShortCause, words: str = "", by: Any) -> list[Claim]:
    """Promise what is missing for another week instead; whoever has it then is told. Returns the claims there.

    Raises NotFree, with what is free there, when the other week has less.
    """
    stock = shortfall.stock
    to = _other_week(stock, week)
    # Two weeks of one product: always in the order of their ids, so that nobody waits crosswise.
    for each in sorted((stock, to), key=lambda one: one.id):
        ledger.lock(each)
    db.session.refresh(shortfall, with_for_update={"of": Shortfall})
    missing = stock.short
    ledger.take(to, missing)
    moved = [_shift_part(claim, lacking, to, words, by) for claim, lacking in queries.not_covered(stock)]
    _move(shortfall, "shift", cause, words)
    announce(WeekShifted(**facts_of(shortfall, by), to_week=to.week, words=words, cause=cause.value))
    db.session.refresh(stock)
    db.session.refresh(to)
    return moved


def close(*, shortfall: Shortfall, cause: ShortCause, words: str, by: Any) -> None:
    """It stays short: what is missing is let go with the claims that are no longer covered, and they are told why."""
    if not words.strip():
        raise Refusal(_l("Please say why nothing else is possible."), field="words")
    stock = shortfall.stock
    ledger.lock(stock)
    for claim, lacking in queries.not_covered(stock):
        claims.take_from(claim, lacking, words, winner="", by=by)
        ledger.give_back(stock, lacking)
    _move(shortfall, "close", cause, words)
    announce(ShortfallClosed(**facts_of(shortfall, by), words=words, cause=cause.value))
    db.session.refresh(stock)


def close_past(*, shortfall: Shortfall) -> None:
    """Its week is over: there is nothing left to do about it. What was promised stays with those who promised."""
    if not shortfall.live or shortfall.stock.iso_week >= week_of(clock.today()):
        return
    end(shortfall, "close")
    announce(ShortfallClosed(**facts_of(shortfall, None), words="", cause=shortfall.cause or ""))


def _other_week(stock: Stock, written: str) -> Stock:
    try:
        week = Week.parse(written)
    except ValueError as error:
        raise Refusal(_l("Please choose a week."), field="week") from error
    to = queries.week_stock(stock.product_id, str(week), stock.grade)
    if to is None or to.id == stock.id:
        raise ledger.NotFree(Decimal(0), stock.unit, field="week")
    return to


def _shift_part(claim: Claim, amount: Decimal, to: Stock, words: str, by: Any) -> Claim:
    """A part of a claim, or all of it, in the other week: of the same rank, with the same end."""
    stock = claim.stock
    if amount == claim.quantity:
        claims.let_go(claim, "shifted")
    else:
        claim.quantity -= amount
        ledger.give_back(stock, amount)
    there = claims.make(
        to,
        kind=claim.kind,
        quantity=amount,
        holder=claim.holder,
        contract_day=claim.contract_day,
        since=claim.since,
        expires_at=claim.expires_at,
    )
    announce(
        ClaimShifted(
            **ledger.facts(stock, amount, by),
            stock_id=stock.id,
            claim_id=there.id,
            holder=claim.holder,
            to_week=to.week,
            words=words,
        )
    )
    return there


def _move(shortfall: Shortfall, step: str, cause: ShortCause, words: str) -> None:
    shortfall_lifecycle.advance(shortfall, step)
    shortfall.cause, shortfall.words = cause, words
    if step in {"shift", "close"}:
        shortfall.ended_at = clock.now()
    db.session.flush()
