"""The grade in the reader's language: the seller's English, else the usual words, else as it was written."""

from __future__ import annotations

import re

import pytest

from marketplace.catalogue import queries, services
from marketplace.catalogue.reference import grade_in_english
from marketplace.foundation.db import transaction


@pytest.mark.parametrize(
    ("written", "english"),
    [
        ("Loại 1", "Grade 1"),
        ("loại 2, cỡ M–L", "Grade 2, size M–L"),
        ("Loại đặc biệt", "Special grade"),
        ("Cỡ 2L 250–350 g", "Size 2L 250–350 g"),
        ("1,2–1,6 kg", "1.2–1.6 kg"),
        ("Cỡ M đến L, đã rửa sạch", "Size M–L, washed"),
        ("Loại nhà làm", ""),
        ("Loại 1, thơm mùi sữa", ""),
        ("0" * 119 + "!", ""),
        ("", ""),
    ],
)
def test_the_usual_words_have_their_english(written: str, english: str) -> None:
    assert grade_in_english(written) == english


def shown(client, path: str) -> str:
    """The grade under the name on a product's page."""
    page = client.get(path).get_data(as_text=True)
    found = re.search(r'<p class="soft">(<span[^>]*>[^<]*</span>)', page)
    return found[1] if found else ""


def test_an_english_page_says_it_in_english(client, market) -> None:
    assert shown(client, "/products/ca-rot-dong-lac") == "<span>Loại 1, cỡ M–L.</span>"
    assert shown(client, "/en/products/ca-rot-dong-lac") == "<span>Grade 1, size M–L.</span>"


def test_the_sellers_own_english_comes_first(client, market) -> None:
    with transaction():
        services.edit(product=market.carrots, grade_en="Premium, M to L", by=market.hung)
        services.accept_change(change=queries.open_change(market.carrots), by=market.officer)
    assert shown(client, "/en/products/ca-rot-dong-lac") == "<span>Premium, M to L.</span>"
    assert shown(client, "/products/ca-rot-dong-lac") == "<span>Loại 1, cỡ M–L.</span>"


def test_what_nobody_translated_stays_and_says_its_language(client, market) -> None:
    with transaction():
        services.edit(product=market.carrots, grade="Loại nhà làm", by=market.hung)
        services.accept_change(change=queries.open_change(market.carrots), by=market.officer)
    assert shown(client, "/en/products/ca-rot-dong-lac") == '<span lang="vi">Loại nhà làm.</span>'


def test_a_new_english_grade_waits_for_the_alliance(desk, market) -> None:
    path = f"/desk/products/{market.carrots.ref}/words"
    data = {"name_vi": "Cà rốt Đồng Lạc", "name_en": "Dong Lac carrots", "grade": "Loại 1, cỡ M–L"}
    assert desk.send(path, {**data, "grade_en": "First class"}).status_code == 303
    change = queries.open_change(market.carrots)
    assert change.fields == {"grade_en": ["", "First class"]}
    page = desk.get(f"/en/desk/products/{market.carrots.ref}").get_data(as_text=True)
    assert "Grade in English" in page and "First class" in page
