"""What is on hand, and the line of one week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import Page, db, page_of
from marketplace.foundation.money import Money
from marketplace.foundation.quantity import quantity as exact
from marketplace.supply.models import Stock, StockMove

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


def moved_by(stock_id: int, cause: str) -> bool:
    """Whether this very cause moved this stock already."""
    query = select(StockMove.id).where(StockMove.stock_id == stock_id, StockMove.cause == cause)
    return db.session.scalar(query.limit(1)) is not None


def moves_of(stock: Stock, after: str | None = None, size: int = 30) -> Page[StockMove]:
    """Movements, newest first."""
    query = select(StockMove).where(StockMove.stock_id == stock.id)
    return page_of(query, StockMove.id, after=after, size=size, descending=True).map(lambda row: row[0])


def own_stock(product_ref: str, organisation_ids: Iterable[int]) -> Stock | None:
    """The stock of a product that one of these organisations sells, or None."""
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


def week_stock(product_id: int, week: str, grade: str = "") -> Stock | None:
    """The line of one product, week ("2027-W09") and grade; None while nothing was said of it."""
    return db.session.scalar(
        select(Stock).where(
            Stock.product_id == product_id, Stock.week == week, Stock.week != NOW, Stock.grade == grade
        )
    )


def week_by_id(number: str, _user: Any = None) -> Stock | None:
    """A week by its number, for the office; None for what is on hand."""
    query = select(Stock).where(Stock.id == int(number), Stock.week != NOW)
    return db.session.scalar(query.options(*_with_seller()))


def own_week(number: str, organisation_ids: Iterable[int]) -> Stock | None:
    """A week of a product that one of these organisations sells, or None."""
    query = (
        select(Stock)
        .join(Stock.product)
        .join(Cooperative, Cooperative.id == Product.cooperative_id)
        .where(
            Stock.id == int(number),
            Stock.week != NOW,
            Cooperative.organisation_id.in_(list(organisation_ids)),
        )
    )
    return db.session.scalar(query.options(*_with_seller()))


def _with_seller() -> tuple[Any, ...]:
    return (joinedload(Stock.product).joinedload(Product.cooperative),)
