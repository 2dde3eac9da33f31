"""Who has a right to what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.foundation.db import db
from marketplace.supply.models import Claim, ClaimTaking, Stock
from marketplace.supply.states import ClaimState


def held_claims(stock: Stock, limit: int = 100) -> Sequence[Claim]:
    """Who has a right to it now, highest precedence first."""
    return db.session.scalars(
        select(Claim)
        .where(Claim.stock_id == stock.id, Claim.state == ClaimState.HELD)
        .order_by(Claim.precedence, Claim.at)
        .limit(limit)
    ).all()


def held_by_rank(stock_id: int) -> list[Claim]:
    """Every held claim of a week, the highest first: kind, then the day of the contract, then since when."""
    held = db.session.scalars(
        select(Claim)
        .where(Claim.stock_id == stock_id, Claim.state == ClaimState.HELD)
        .options(joinedload(Claim.stock))
        .execution_options(populate_existing=True)
    )
    return sorted(held, key=lambda claim: claim.rank)


def not_covered(stock: Stock) -> list[tuple[Claim, Decimal]]:
    """What of whose claim is no longer expected: the lowest claims bear it, the lowest first."""
    missing, found = stock.short, []
    for claim in reversed(held_by_rank(stock.id)):
        if missing <= 0:
            break
        lacking = min(claim.quantity, missing)
        found.append((claim, lacking))
        missing -= lacking
    return found


def claims_of(holder: str) -> Sequence[Claim]:
    """All claims of one holder ("order:12"), held or ended."""
    return db.session.scalars(select(Claim).where(Claim.holder == holder).order_by(Claim.id)).all()


def takings_of(stock_id: int, limit: int = 50) -> Sequence[ClaimTaking]:
    """What was openly taken from claims of a week, newest first."""
    return db.session.scalars(
        select(ClaimTaking)
        .join(ClaimTaking.claim)
        .where(Claim.stock_id == stock_id)
        .options(joinedload(ClaimTaking.claim))
        .order_by(ClaimTaking.id.desc())
        .limit(limit)
    ).all()


def expired_holds(now: dt.datetime, limit: int = 500) -> Sequence[int]:
    """Ids of claims whose time is up: carts that were left standing, quotes that are no longer valid."""
    return db.session.scalars(
        select(Claim.id)
        .where(Claim.state == ClaimState.HELD, Claim.expires_at <= now)
        .order_by(Claim.expires_at)
        .limit(limit)
    ).all()
