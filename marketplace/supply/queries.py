"""Reading the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.foundation.quantity import quantity as exact
from marketplace.supply.models import Claim, Stock, StockMove
from marketplace.supply.states import ClaimKind, ClaimState

NOW = ""


@dataclass(frozen=True)
class Outlook:
    """What there is of one product: in its sale unit."""

    unit: str
    on_hand: Decimal
    reserved: Decimal

    @property
    def free(self) -> Decimal:
        return self.on_hand - self.reserved


@dataclass(frozen=True)
class Standing:
    """What the page of all products shows of one, and lets change: price, stock (None: not counted), sale."""

    price: Money
    counted: Decimal | None
    state: ProductState

    @property
    def written(self) -> str:
        """As a page keeps it, to be compared when the page comes back."""
        counted = "-" if self.counted is None else format(self.counted.normalize(), "f")
        return f"{int(self.price)} {counted} {self.state}"

    @classmethod
    def read(cls, written: str) -> Standing | None:
        """What `written` wrote, or None for anything else."""
        try:
            price, counted, state = written.split(" ")
            return cls(Money(int(price)), None if counted == "-" else exact(counted), ProductState(state))
        except ValueError:
            return None


@dataclass(frozen=True)
class Line:
    """A product with its stock, or without one while it is not counted."""

    product: Product
    stock: Stock | None

    @property
    def standing(self) -> Standing:
        counted = self.stock.on_hand if self.stock else None
        return Standing(self.product.price, counted, self.product.state)


def lines_of(cooperative_id: int) -> list[Line]:
    """All products that a cooperative offers, by name, each with its stock; a constant number of statements."""
    products = catalogue.all_of_cooperative(cooperative_id)
    found = select(Stock).where(Stock.product_id.in_([product.id for product in products]), Stock.week == NOW)
    stocks = {stock.product_id: stock for stock in db.session.scalars(found)}
    return [Line(product, stocks.get(product.id)) for product in products]


def stock_of(product_id: int) -> Stock | None:
    """The stock on hand of a product, or None when it is not counted."""
    return db.session.scalar(select(Stock).where(Stock.product_id == product_id, Stock.week == NOW))


def outlook(product_id: int) -> Outlook | None:
    """On hand, set aside and free, or None when the product is not counted."""
    stock = stock_of(product_id)
    return Outlook(stock.unit, stock.on_hand, stock.reserved) if stock else None


def available(product_id: int) -> Decimal:
    """How much can still be had, in the sale unit; 0 when the product is not counted."""
    return availability([product_id]).get(product_id, Decimal(0))


def availability(product_ids: Iterable[int]) -> dict[int, Decimal]:
    """product id -> free quantity, for the counted ones, in one statement."""
    rows = db.session.execute(
        select(Stock.product_id, Stock.on_hand, Stock.reserved).where(
            Stock.product_id.in_(list(product_ids)), Stock.week == NOW
        )
    )
    return {row.product_id: row.on_hand - row.reserved for row in rows}


def desk_stocks(cooperative_id: int, after: str | None, size: int = 50) -> Page[Stock]:
    """A cooperative's counted products by name: stocks with their products loaded."""
    query = (
        select(Stock)
        .join(Stock.product)
        .options(contains_eager(Stock.product))
        .where(Product.cooperative_id == cooperative_id, Product.state != "retired", Stock.week == NOW)
    )
    return page_of(query, Product.name_vi, Stock.id, after=after, size=size).map(lambda row: row[0])


def uncounted_products(cooperative_id: int) -> Sequence[Product]:
    """Products of a cooperative that have no stock yet."""
    counted = select(Stock.product_id).where(Stock.week == NOW)
    return db.session.scalars(
        select(Product)
        .where(
            Product.cooperative_id == cooperative_id,
            Product.state != "retired",
            Product.id.not_in(counted),
        )
        .order_by(Product.name_vi)
    ).all()


def moves_of(stock: Stock, after: str | None = None, size: int = 30) -> Page[StockMove]:
    """Movements, newest first."""
    query = select(StockMove).where(StockMove.stock_id == stock.id)
    return page_of(query, StockMove.id, after=after, size=size, descending=True).map(lambda row: row[0])


def held_claims(stock: Stock, limit: int = 100) -> Sequence[Claim]:
    """Who has a right to it now, highest precedence first."""
    return db.session.scalars(
        select(Claim)
        .where(Claim.stock_id == stock.id, Claim.state == ClaimState.HELD)
        .order_by(Claim.precedence, Claim.at)
        .limit(limit)
    ).all()


def claims_of(holder: str) -> Sequence[Claim]:
    """All claims of one holder ("order:12"), held or ended."""
    return db.session.scalars(select(Claim).where(Claim.holder == holder).order_by(Claim.id)).all()


def expired_holds(now: dt.datetime, limit: int = 500) -> Sequence[int]:
    """Ids of cart holds whose time is up."""
    return db.session.scalars(
        select(Claim.id)
        .where(Claim.state == ClaimState.HELD, Claim.kind == ClaimKind.CART, Claim.expires_at <= now)
        .order_by(Claim.expires_at)
        .limit(limit)
    ).all()


def own_stock(product_ref: str, organisation_ids: Iterable[int]) -> Stock | None:
    """The stock of a product that one of these organisations sells, or None."""
    from marketplace.cooperatives.models import Cooperative

    return db.session.scalar(
        select(Stock)
        .join(Stock.product)
        .join(Cooperative, Cooperative.id == Product.cooperative_id)
        .options(contains_eager(Stock.product))
        .where(
            Product.ref == product_ref,
            Stock.week == NOW,
            Cooperative.organisation_id.in_(list(organisation_ids)),
        )
    )
