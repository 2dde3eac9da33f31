"""Setting aside, promising, letting go and handing over."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.supply import queries
from marketplace.supply.events import ClaimHeld, ClaimReleased, ClaimTaken, GoodsHandedOver, WeekPromised
from marketplace.supply.models import Claim, ClaimTaking, Stock, StockMove
from marketplace.supply.services import ledger, weeks
from marketplace.supply.states import PRECEDENCE, ClaimKind, ClaimState, MoveKind, claim_lifecycle

GONE = _l("This is no longer set aside.")
SAY_WHY = _l("Please say why: whoever loses it is told.")


def hold(
    *,
    product_id: int,
    quantity: Decimal,
    holder: str,
    kind: ClaimKind = ClaimKind.ORDER,
    expires_at: dt.datetime | None = None,
    by: Any = None,
) -> Claim:
    """Set a quantity of what is on hand aside for `holder` ("cart:12", "order:55").

    Raises NotEnough, with what is left, when somebody else was quicker.
    """
    amount = _positive(quantity)
    stock = queries.stock_of(product_id)
    if stock is None:
        raise ledger.NotEnough(Decimal(0), "kg")
    ledger.take(stock, amount)
    claim = make(stock, kind=kind, quantity=amount, holder=holder, expires_at=expires_at)
    if kind is not ClaimKind.CART:
        _announce_held(claim, by)
    ledger.tell_catalogue(stock)
    return claim


def promise(
    *,
    product_id: int,
    week: str,
    quantity: Decimal,
    holder: str,
    grade: str = "",
    kind: ClaimKind = ClaimKind.CONTRACT,
    contract_day: dt.date | None = None,
    since: dt.datetime | None = None,
    expires_at: dt.datetime | None = None,
    by: Any = None,
) -> Claim:
    """Promise a quantity of a week ("2027-W09") to `holder` ("contract:12").

    Never more than is likely then: one conditional statement decides. Raises NotFree with what is left. `contract_day`
    and `since` (now, when not said) say which of two claims of one kind is the older. What has `expires_at` is free
    again by itself after that moment.
    """
    amount = _positive(quantity)
    stock = queries.week_stock(product_id, week, grade)
    if stock is None:
        raise ledger.NotFree(Decimal(0), "kg")
    ledger.take(stock, amount)
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
    db.session.refresh(stock)
    return claim


def make(
    stock: Stock,
    *,
    kind: ClaimKind,
    quantity: Decimal,
    holder: str,
    contract_day: dt.date | None = None,
    since: dt.datetime | None = None,
    expires_at: dt.datetime | None = None,
) -> Claim:
    """The row of a quantity that was taken already."""
    now = clock.now()
    claim = Claim(
        stock=stock,
        kind=kind,
        precedence=PRECEDENCE[kind],
        contract_day=contract_day,
        since=since or now,
        quantity=quantity,
        holder=holder,
        expires_at=expires_at,
        at=now,
    )
    db.session.add(claim)
    db.session.flush()
    return claim


def change_hold(*, claim: Claim, quantity: Decimal, expires_at: dt.datetime | None = None) -> Claim:
    """More or less of the same. Raises NotEnough; less than all of it frees the rest."""
    amount, stock = exact(quantity), claim.stock
    if claim.state is not ClaimState.HELD or amount <= 0:
        raise Refusal(GONE)
    if amount > claim.quantity:
        ledger.take(stock, amount - claim.quantity, already=claim.quantity)
    elif amount < claim.quantity:
        ledger.give_back(stock, claim.quantity - amount)
    claim.quantity = amount
    if expires_at is not None:
        claim.expires_at = expires_at
    db.session.flush()
    _settle(stock, None)
    return claim


def convert(*, claim: Claim, kind: ClaimKind, holder: str, by: Any = None) -> Claim:
    """A cart's hold becomes an order's claim, a quote's a contract's: the same kilograms, never let go of between."""
    if claim.state is not ClaimState.HELD:
        raise Refusal(GONE)
    claim.kind, claim.precedence, claim.holder, claim.expires_at = kind, PRECEDENCE[kind], holder, None
    db.session.flush()
    _announce_held(claim, by)
    return claim


def split(*, claim: Claim, quantity: Decimal, holder: str, by: Any = None) -> Claim:
    """A part of a claim becomes one of its own, of the same rank: what is called off from a contract's week.

    Nothing is freed in between. All of it only changes the holder.
    """
    ledger.lock(claim.stock)
    db.session.refresh(claim)
    amount = _positive(quantity)
    if claim.state is not ClaimState.HELD or amount > claim.quantity:
        most = formats.amount(claim.quantity, claim.stock.unit, locale())
        raise Refusal(_l("Only %(most)s are held: write %(most)s or less.", most=most), field="quantity")
    if amount == claim.quantity:
        claim.holder, part = holder, claim
    else:
        claim.quantity -= amount
        part = make(
            claim.stock,
            kind=claim.kind,
            quantity=amount,
            holder=holder,
            contract_day=claim.contract_day,
            since=claim.since,
            expires_at=claim.expires_at,
        )
    db.session.flush()
    _announce_held(part, by)
    return part


def renew(*, claim: Claim, holder: str, reason: str, by: Any = None) -> Claim:
    """The same quantity under a claim of its own; the old one ends with its reason. Nothing is freed in between."""
    ledger.lock(claim.stock)
    db.session.refresh(claim)
    if claim.state is not ClaimState.HELD:
        raise Refusal(GONE)
    _end(claim, "release", reason)
    made = make(
        claim.stock,
        kind=claim.kind,
        quantity=claim.quantity,
        holder=holder,
        contract_day=claim.contract_day,
        since=claim.since,
        expires_at=claim.expires_at,
    )
    _announce_held(made, by)
    return made


def release(*, claim: Claim, reason: str, by: Any = None) -> None:
    """Let go of a claim: the quantity is free for others. Releasing an ended claim does nothing."""
    if claim.state is not ClaimState.HELD:
        return
    let_go(claim, reason)
    if claim.kind is not ClaimKind.CART:
        announce(
            ClaimReleased(**ledger.facts(claim.stock, claim.quantity, by), holder=claim.holder, reason=reason)
        )
    _settle(claim.stock, by)


def lessen(*, claim: Claim, quantity: Decimal, reason: str, by: Any) -> ClaimTaking:
    """Take so much away from a claim, openly: the reason stands beside it, and who held it is told.

    All of it ends the claim. (An area that wants less itself uses `change_hold` or `release`.)
    """
    ledger.lock(claim.stock)
    db.session.refresh(claim)
    taking = take_from(claim, _positive(quantity), reason, winner="", by=by)
    ledger.give_back(claim.stock, taking.quantity)
    _settle(claim.stock, by)
    return taking


def take_from(claim: Claim, amount: Decimal, reason: str, *, winner: str, by: Any) -> ClaimTaking:
    """The claim becomes smaller, or ends; what becomes of the quantity is the caller's. The stock is locked."""
    if not reason.strip():
        raise Refusal(SAY_WHY, field="reason")
    if claim.state is not ClaimState.HELD or amount > claim.quantity:
        most = formats.amount(claim.quantity, claim.stock.unit, locale())
        raise Refusal(_l("Only %(most)s are held: write %(most)s or less.", most=most), field="quantity")
    if amount == claim.quantity:
        _end(claim, "release", "taken")
    else:
        claim.quantity -= amount
    taking = ClaimTaking(
        claim=claim, quantity=amount, reason=reason, winner=winner, by_id=id_of(by), at=clock.now()
    )
    db.session.add(taking)
    db.session.flush()
    announce(
        ClaimTaken(
            **ledger.facts(claim.stock, amount, by),
            stock_id=claim.stock_id,
            claim_id=claim.id,
            taking_id=taking.id,
            holder=claim.holder,
            winner=winner,
            words=reason,
        )
    )
    return taking


def hand_over(*, claim: Claim, quantity: Decimal, by: Any = None, cause: str = "") -> StockMove:
    """Goods leave against a claim; what the claim held beyond that is free again.

    When a week brings more than was expected, what leaves beyond is noted as harvested first.
    """
    amount, stock = exact(quantity), claim.stock
    if not 0 < amount <= claim.quantity:
        raise Refusal(
            _l("Hand over %(most)s at the most.", most=formats.amount(claim.quantity, stock.unit, locale())),
            field="quantity",
        )
    claim.handed_over = amount
    _end(claim, "hand_over", "")
    db.session.flush()
    cause = cause or claim.holder
    if stock.week:
        _bring_what_lacks(stock, amount, cause, by)
    ledger.add(stock, -amount, reserved=-claim.quantity)
    move = ledger.write(stock, MoveKind.HANDED_OVER, -amount, by=by, cause=cause, claim=claim)
    announce(GoodsHandedOver(**ledger.facts(stock, amount, by), holder=claim.holder))
    _settle(stock, by)
    return move


def _bring_what_lacks(stock: Stock, amount: Decimal, cause: str, by: Any) -> None:
    ledger.lock(stock)
    if (lacking := amount - stock.on_hand) > 0:
        ledger.add(stock, lacking)
        ledger.write(stock, MoveKind.HARVESTED, lacking, by=by, cause=cause)


def let_go(claim: Claim, reason: str) -> None:
    """End a held claim and free its quantity; who is told is the caller's."""
    _end(claim, "release", reason)
    ledger.give_back(claim.stock, claim.quantity)


def _settle(stock: Stock, by: Any) -> None:
    """After volume became free: the shop shows it, and a week that fell short may be covered."""
    ledger.tell_catalogue(stock)
    weeks.judge(stock, by=by)


def _end(claim: Claim, step: str, reason: str) -> None:
    claim_lifecycle.advance(claim, step)
    claim.ended_at, claim.end_reason = clock.now(), reason


def _positive(quantity: Decimal) -> Decimal:
    amount = exact(quantity)
    if amount <= 0:
        raise Refusal(_l("Write more than 0."), field="quantity")
    return amount


def _announce_held(claim: Claim, by: Any) -> None:
    announce(ClaimHeld(**ledger.facts(claim.stock, claim.quantity, by), holder=claim.holder))
