"""A director before the page of all products: carrots, cabbage, and garlic that nobody has counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest

from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.foundation.db import db, transaction
from marketplace.supply import queries, services
from tests.client import ReadingClient
from tests.factories.catalogue import product_of
from tests.world import World

PRICES = "/desk/products/prices"


class Fields(HTMLParser):
    """What a browser would send of a page, by the names of its fields."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.sent: dict[str, str] = {}
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        if tag == "input" and values.get("type") != "file":
            self.sent[values.get("name") or ""] = values.get("value") or ""
        if tag == "select":
            self._select = values.get("name") or ""
        if tag == "option" and (self._select not in self.sent or "selected" in values):
            self.sent[self._select] = values.get("value") or ""


@dataclass
class Desk:
    """The director's browser on the page of all products."""

    client: ReadingClient
    world: World
    cabbage: Product
    garlic: Product
    sent: dict[str, str] = field(default_factory=dict)
    html: str = ""

    def open(self, answer: Any = None) -> None:
        """Look at the page, or at the page that came as an answer."""
        self.html = (answer or self.client.get(PRICES)).get_data(as_text=True)
        self.sent = {
            n: v for n, v in Fields(self.html).sent.items() if n == "reason" or n.startswith("rows-")
        }

    def write(self, product: Product, **typed: str) -> None:
        row = next(name for name, value in self.sent.items() if value == product.ref).removesuffix("ref")
        self.sent.update({f"{row}{part}": written for part, written in typed.items()})

    def typed(self, product: Product, part: str) -> str:
        row = next(name for name, value in self.sent.items() if value == product.ref).removesuffix("ref")
        return self.sent[f"{row}{part}"]

    def save(self) -> int:
        """Press the button; a page that comes back is looked at."""
        answer = self.client.send(PRICES, self.sent)
        if answer.status_code == 422:
            self.open(answer)
        return answer.status_code

    def now(self, product: Product) -> tuple[int, Decimal | None, ProductState]:
        """Price, stock and state as they stand in the database."""
        db.session.rollback()
        db.session.expire_all()
        stands = queries.Line(db.session.get_one(Product, product.id), queries.stock_of(product.id)).standing
        return int(stands.price), stands.counted, stands.state


@pytest.fixture
def desk(client: ReadingClient, world: World) -> Desk:
    with transaction():
        cabbage = product_of(world.dong_lac, "cai-bap", "Cải bắp Đồng Lạc", (0, 9_000))
        services.open_stock(product_id=cabbage.id, unit="kg", quantity=Decimal(1500), by=world.director)
        garlic = product_of(world.dong_lac, "toi", "Tỏi Đồng Lạc", (0, 85_000), published=False)
    client.sign_in("donglac@demo.vn")
    return Desk(client, world, cabbage, garlic)
