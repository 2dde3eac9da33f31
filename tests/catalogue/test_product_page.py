"""A product's own page."""

from __future__ import annotations

import datetime as dt
import json
import re

from marketplace.catalogue import services
from marketplace.cooperatives import services as cooperatives
from marketplace.foundation.db import transaction


def test_prices_certificates_and_seller(client, market) -> None:
    page = client.get("/products/ca-rot-dong-lac").get_data(as_text=True)
    for shown in ("16.000\u00a0₫", "12.000\u00a0₫", "8.000\u00a0₫", "VG-TT-30-0001", market.dong_lac.name):
        assert shown in page
    assert 'name="product" value="ca-rot-dong-lac"' in page


def test_structured_data_names_price_and_seller(client, market) -> None:
    page = client.get("/products/ca-rot-dong-lac").get_data(as_text=True)
    told = json.loads(re.search(r'<script type="application/ld\+json">(.+?)</script>', page, re.S)[1])
    assert told["@type"] == "Product"
    assert told["offers"]["price"] == "16000"
    assert told["offers"]["availability"] == "https://schema.org/InStock"


def test_a_story_cannot_break_out_of_the_structured_data(client, market) -> None:
    with transaction():
        services.edit(product=market.carrots, by=market.hung, story_vi="</script><script>alert(1)</script>")
    page = client.get("/products/ca-rot-dong-lac").get_data(as_text=True)
    assert "<script>alert" not in page


def test_a_badge_goes_on_the_day_after_the_paper_expires(client, market, monkeypatch) -> None:
    assert "VietGAP" in client.get("/products/ca-rot-dong-lac").get_data(as_text=True)
    with transaction():
        market.vietgap.expires_on = market.vietgap.issued_on + dt.timedelta(days=1)
    assert "VietGAP" not in client.get("/products/ca-rot-dong-lac").get_data(as_text=True)


def test_a_rejected_paper_is_not_shown(client, market) -> None:
    with transaction():
        cooperatives.reject_certificate(certificate=market.vietgap, reason="Giấy không rõ", by=market.officer)
    assert "VG-TT-30-0001" not in client.get("/products/ca-rot-dong-lac").get_data(as_text=True)


def test_drafts_and_retired_products_are_not_there(client, market) -> None:
    with transaction():
        services.retire(product=market.onions, by=market.officer)
    assert client.get(f"/products/{market.onions.slug}").status_code == 404


def test_a_paused_product_cannot_be_bought(client, market) -> None:
    with transaction():
        services.pause(product=market.carrots, by=market.hung)
    page = client.get("/products/ca-rot-dong-lac").get_data(as_text=True)
    assert 'name="product"' not in page


def test_a_cooperatives_page_shows_what_it_sells_and_nothing_of_others(client, market) -> None:
    page = client.get(f"/cooperatives/{market.dong_lac.slug}").get_data(as_text=True)
    assert "/products/ca-rot-dong-lac" in page
    assert market.onions.slug not in page
