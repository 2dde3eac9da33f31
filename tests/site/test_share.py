"""The card that messengers show."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from marketplace.catalogue import services as products
from marketplace.foundation.db import transaction
from marketplace.foundation.money import Money


def test_a_product_has_a_card_that_its_page_names(client, world) -> None:
    page = client.get(f"/products/{world.carrots.slug}").get_data(as_text=True)
    path = f"/share/product/{world.carrots.slug}.jpg"
    assert f'property="og:image" content="http://localhost{path}"' in page
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert Image.open(io.BytesIO(answer.data)).size == (1200, 630)


def test_the_card_is_in_the_language_of_its_page(client, world) -> None:
    path = f"/share/product/{world.carrots.slug}.jpg"
    assert client.get(path).data != client.get(f"/en{path}").data


def test_the_card_changes_with_the_price(client, world) -> None:
    path = f"/share/product/{world.carrots.slug}.jpg"
    before = client.get(path).data
    with transaction():
        products.change_price(product=world.carrots, tiers=[(0, Money(21_000))], by=world.director)
    assert client.get(path).data != before


def test_what_is_not_for_sale_has_no_card(client, world) -> None:
    with transaction():
        products.pause(product=world.onions, by=world.rival)
        products.retire(product=world.onions, by=world.rival)
    assert client.get(f"/share/product/{world.onions.slug}.jpg").status_code == 404
    assert client.get("/share/product/none.jpg").status_code == 404


def test_the_card_shows_the_products_own_photo(client, drain, world) -> None:
    file = io.BytesIO()
    Image.new("RGB", (1600, 1200), (200, 30, 30)).save(file, "JPEG")
    file.seek(0)
    with transaction():
        products.add_photo(product=world.carrots, stream=file, filename="c.jpg", by=world.director)
    drain()
    world.renewed(world.carrots)
    card = Image.open(io.BytesIO(client.get(f"/share/product/{world.carrots.slug}.jpg").data))
    red, green, blue = card.convert("RGB").getpixel((300, 315))
    assert red > 150 and green < 80 and blue < 80


@pytest.mark.parametrize("path", ["/", "/cooperatives", "/calendar", "/map"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_pages_that_people_send_have_a_card_and_words(client, world, path, language) -> None:
    page = client.get(f"{language}{path}".rstrip("/") or "/").get_data(as_text=True)
    url = re.search(r'property="og:image" content="http://localhost([^"]+)"', page)[1]
    card = client.get(url)
    assert Image.open(io.BytesIO(card.data)).size == (1200, 630)
    assert len(re.search(r'property="og:description" content="([^"]+)"', page)[1]) > 30


def test_only_known_pages_have_a_card(client, world) -> None:
    assert client.get("/share/page/office.jpg").status_code == 404
