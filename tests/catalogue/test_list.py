"""The faceted list: what is found, by what, and what the address says."""

from __future__ import annotations

import re

import pytest

from tests.statements import queries_sent


def names(page: str) -> list[str]:
    return re.findall(r'<h3><a href="[^"]+">([^<]+)</a>', page)


def test_the_list_shows_what_is_on_sale_with_prices(client, market) -> None:
    page = client.get("/products").get_data(as_text=True)
    assert sorted(names(page)) == ["Cà rốt Đồng Lạc", "Cải bắp Đồng Lạc", "Hành củ Kinh Môn"]
    assert "16.000\u00a0₫" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=ca+rot+dong+lac", ["Cà rốt Đồng Lạc"]),
        ("q=c%C3%A0+r%E1%BB%91t", ["Cà rốt Đồng Lạc"]),
        ("q=ca+rott", ["Cà rốt Đồng Lạc"]),
        ("commodity=hanh-tuoi", ["Hành củ Kinh Môn"]),
        ("category=gia-vi", ["Hành củ Kinh Môn"]),
        ("certificate=vietgap", ["Cà rốt Đồng Lạc"]),
        ("price_max=10.000", ["Cải bắp Đồng Lạc"]),
        ("price_min=20k", ["Hành củ Kinh Môn"]),
        ("month=4", ["Cà rốt Đồng Lạc"]),
        ("place=xa+khong+co+tren+ban+do", []),
    ],
)
def test_filters_stand_in_the_address(client, market, query: str, expected: list[str]) -> None:
    assert names(client.get(f"/products?{query}").get_data(as_text=True)) == expected


def test_only_what_is_in_stock(client, market) -> None:
    page = client.get("/products?stock=1").get_data(as_text=True)
    assert sorted(names(page)) == ["Cà rốt Đồng Lạc", "Hành củ Kinh Môn"]


def test_cheapest_first(client, market) -> None:
    page = client.get("/products?sort=price_up").get_data(as_text=True)
    assert names(page) == ["Cải bắp Đồng Lạc", "Cà rốt Đồng Lạc", "Hành củ Kinh Môn"]


def test_each_filter_can_be_taken_off(client, market) -> None:
    page = client.get("/products?commodity=ca-rot-dong-lac&stock=1").get_data(as_text=True)
    assert 'href="/products?stock=1"' in page
    assert 'href="/products?commodity=ca-rot-dong-lac"' in page


@pytest.mark.parametrize(
    "query",
    [
        "month=99",
        "month=x",
        "sort=worst",
        "price_min=abc",
        "after=%00",
        "unit=%F0%9F%A5%95",
        "place=1234567890123",
    ],
)
def test_senseless_filters_are_left_out(client, market, query: str) -> None:
    assert client.get(f"/products?{query}").status_code == 200


def test_the_english_list_is_english(client, market) -> None:
    page = client.get("/en/products").get_data(as_text=True)
    assert "Dong Lac carrots" in names(page)
    assert 'href="/en/products/ca-rot-dong-lac"' in page


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_many(client, market) -> None:
    from marketplace.foundation.db import transaction
    from tests.factories.catalogue import product_of

    with queries_sent() as few:
        client.get("/products?sort=new")
    with transaction():
        for number in range(20):
            product_of(market.dong_lac, "ca-rot-dong-lac", f"Cà rốt lô {number}", (0, 10_000 + number))
    with queries_sent() as many:
        client.get("/products?sort=new")
    assert len(many) <= len(few)
