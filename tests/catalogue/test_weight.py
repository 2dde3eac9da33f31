"""What one crate or one head weighs is for its cooperative to say, from a day on, without asking anybody."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from marketplace.catalogue import queries, services
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from tests.factories.catalogue import product_of

DAY = dt.timedelta(days=1)


@pytest.fixture
def crates(market) -> Product:
    """Cabbage by the crate of 10 kg, on sale."""
    with transaction():
        return product_of(
            market.dong_lac, "cai-bap", "Cải bắp thùng", (0, 90_000), unit="thung", kg_per_unit=Decimal(10)
        )


def change(product: Product, kg: str | None, by=None) -> None:
    with transaction():
        services.change_weight(product=product, kg=None if kg is None else Decimal(kg), by=by)


def current(product: Product) -> Product:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Product, product.id)


def test_the_director_writes_what_a_crate_weighs_now(desk, crates) -> None:
    path = f"/desk/products/{crates.ref}"
    assert 'value="10"' in desk.get(f"{path}/price").get_data(as_text=True)
    assert desk.send(f"{path}/price", {"price": "90.000", "kg_per_unit": "12,5"}).status_code == 303
    product = current(crates)
    assert queries.kg_per_unit(product) == Decimal("12.5")
    assert (product.state, queries.open_change(product)) == (ProductState.PUBLISHED, None)
    told = history_of("product", crates.id)[0]
    assert (told.kind, told.sentence) == ("WeightChanged", "Một thùng nay nặng khoảng 12,5\xa0kg")
    for page, words in (
        (path, "12,5\xa0kg"), (f"/products/{crates.slug}", "12,5\xa0kg"),
        (f"/en{path}", "12.5\xa0kg"), (f"/en/products/{crates.slug}", "12.5\xa0kg"),
    ):  # fmt: skip
        assert words in desk.get(page).get_data(as_text=True)


def test_a_new_weight_begins_today_and_the_days_before_keep_theirs(crates) -> None:
    first = clock.today()
    with time_machine.travel(clock.now() + 3 * DAY):
        change(crates, "11")
        change(crates, "12")
        assert [(each.valid_from, each.kg) for each in crates.factors] == [
            (first, Decimal(10)),
            (first + 3 * DAY, Decimal(12)),
        ]
        assert queries.kg_per_unit(crates) == Decimal(12)
        assert queries.kg_per_unit(crates, first + 2 * DAY) == Decimal(10)


def test_the_same_weight_again_is_no_change(desk, crates) -> None:
    before = len(history_of("product", crates.id))
    desk.send(f"/desk/products/{crates.ref}/price", {"price": "90000", "kg_per_unit": "10"})
    assert len(history_of("product", crates.id)) == before


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "Xin ghi một đơn vị nặng khoảng bao nhiêu kg"),
        ("0", "từ 0,001 đến 100.000"),
        ("-3", "Mời ghi một"),
        ("nhiều", "Mời ghi một"),
        ("0,0001", "Mời ghi một"),
        ("200000", "từ 0,001 đến 100.000"),
    ],
)
def test_what_cannot_be_read_is_answered_beside_its_field(desk, crates, written: str, sentence: str) -> None:
    answer = desk.send(f"/desk/products/{crates.ref}/price", {"price": "95k", "kg_per_unit": written})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page.partition('id="kg_per_unit-error"')[2]
    assert f'name="kg_per_unit" type="text" value="{written}"' in page
    product = current(crates)
    assert (queries.kg_per_unit(product), product.price) == (Decimal(10), 90_000)


def test_who_wants_to_be_paid_by_weight_says_what_one_weighs(desk, market) -> None:
    with transaction():
        heads = product_of(market.dong_lac, "cai-bap", "Cải bắp cái", (0, 9_000), unit="cai")
    path = f"/desk/products/{heads.ref}/price"
    asked = {"price": "9000", "weighed": "y", "tolerance": "5"}
    refused = desk.send(path, {**asked, "kg_per_unit": ""})
    assert refused.status_code == 422 and 'id="kg_per_unit-error"' in refused.get_data(as_text=True)
    assert desk.send(path, {**asked, "kg_per_unit": "1,2"}).status_code == 303
    assert (current(heads).weighed, queries.kg_per_unit(heads)) == (True, Decimal("1.2"))


def test_a_kilogram_needs_no_weight(desk, market) -> None:
    page = desk.get(f"/desk/products/{market.carrots.ref}/price").get_data(as_text=True)
    assert "kg_per_unit" not in page
    with pytest.raises(Refusal):
        change(market.carrots, "2")
    assert market.carrots.factors == []


def test_another_cooperative_cannot_write_it(client, market, crates) -> None:
    with transaction():
        stranger = product_of(market.kinh_mon, "cai-bap", "Cải bắp bao", (0, 9_000), unit="bao")
    client.sign_in("0912345678", "ca-rot-2026")
    answer = client.send(f"/desk/products/{stranger.ref}/price", {"price": "9000", "kg_per_unit": "5"})
    assert answer.status_code == 404
    assert queries.kg_per_unit(current(stranger)) is None
