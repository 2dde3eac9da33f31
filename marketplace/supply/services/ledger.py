"""The statements that decide, and the movements they leave behind. Every other verb of the ledger goes through here."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import update

from marketplace.catalogue import services as catalogue
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import id_of
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.supply.models import Claim, Stock, StockMove
from marketplace.supply.states import MoveKind

NOTHING = Decimal(0)


class NotEnough(Refusal):
    """Less is left than was asked; `available` says how much."""

    def __init__(self, available: Decimal, unit: str, field: str | None = "quantity") -> None:
        self.available = available
        super().__init__(self.told(available, formats.amount(available, unit, locale())), field=field)

    @staticmethod
    def told(available: Decimal, left: str) -> Any:
        if available > 0:
            return _l("Only %(left)s are left: order %(left)s or less.", left=left)
        return _l("This is sold out for now.")


class NotFree(NotEnough):
    """The same of a week ahead."""

    @staticmethod
    def told(available: Decimal, left: str) -> Any:
        if available > 0:
            return _l("Only %(left)s of this week are still free: write %(left)s or less.", left=left)
        return _l("Nothing of this week is free any more.")


def take(stock: Stock, amount: Decimal, already: Decimal = NOTHING) -> None:
    """Reserve, if that much is free at this very moment. Raises NotEnough, or NotFree of a week."""
    taken = db.session.execute(
        update(Stock)
        .where(Stock.id == stock.id, Stock.on_hand >= Stock.reserved + amount)
        .values(reserved=Stock.reserved + amount)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        db.session.refresh(stock)
        refused = NotFree if stock.week else NotEnough
        raise refused(stock.free + already, stock.unit)


def give_back(stock: Stock, amount: Decimal) -> None:
    db.session.execute(
        update(Stock)
        .where(Stock.id == stock.id)
        .values(reserved=Stock.reserved - amount)
        .execution_options(synchronize_session=False)
    )


def bring_in(stock: Stock, kind: MoveKind, amount: Decimal, reason: str, by: Any) -> StockMove:
    if amount <= 0:
        raise Refusal(_l("Write more than 0."), field="quantity")
    add(stock, amount)
    move = write(stock, kind, amount, reason=reason, by=by)
    tell_catalogue(stock)
    return move


def add(stock: Stock, amount: Decimal, reserved: Decimal = NOTHING) -> None:
    """More or less of it is there, and of that so much more or less is promised."""
    db.session.execute(
        update(Stock)
        .where(Stock.id == stock.id)
        .values(on_hand=Stock.on_hand + amount, reserved=Stock.reserved + reserved)
        .execution_options(synchronize_session=False)
    )


def write(
    stock: Stock,
    kind: MoveKind,
    amount: Decimal,
    *,
    by: Any,
    reason: str = "",
    cause: str = "",
    claim: Claim | None = None,
) -> StockMove:
    """The movement that stands for a change of what is on hand."""
    move = StockMove(
        stock_id=stock.id,
        kind=kind,
        quantity=amount,
        reason=reason,
        cause=cause,
        claim_id=claim.id if claim else None,
        actor_id=id_of(by),
        at=clock.now(),
    )
    db.session.add(move)
    db.session.flush()
    return move


def lock(stock: Stock) -> None:
    """Take its turn: nobody else changes this stock until we are done."""
    db.session.refresh(stock, with_for_update={"of": Stock})


def tell_catalogue(stock: Stock) -> None:
    """What can be had now is shown in the shop; weeks ahead are not."""
    db.session.refresh(stock)
    if not stock.week:
        catalogue.note_available(product_id=stock.product_id, available=stock.on_hand - stock.reserved)


def facts(stock: Stock, amount: Decimal, by: Any) -> dict[str, Any]:
    """What every fact of the ledger says of a stock."""
    return {
        "product_id": stock.product_id,
        "quantity": amount,
        "unit": stock.unit,
        "week": stock.week,
        "grade": stock.grade,
        "actor_id": id_of(by),
    }
