"""The public front: home, the year, the map, one search over everything."""

from __future__ import annotations

import re

import pytest

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.services import draft_product, publish, submit_for_review
from marketplace.foundation.db import transaction
from marketplace.foundation.money import Money
from marketplace.foundation.words import in_language
from marketplace.places.services import make_address
from marketplace.site import queries, season
from tests.statements import queries_sent

PAGES = ("/", "/search", "/search?q=ca+rot", "/search?q=zzzz", "/calendar", "/map")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_opens_in_both_languages(client, world, path, language) -> None:
    assert client.get(language + path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/search", "/calendar", "/map"])
def test_pages_open_while_the_market_is_empty(client, path) -> None:
    assert client.get(path).status_code == 200


def test_public_pages_are_the_same_for_everyone(client, world) -> None:
    before = [client.get(path).get_data(as_text=True) for path in PAGES]
    client.sign_in("donglac@demo.vn")
    assert [client.get(path).get_data(as_text=True) for path in PAGES] == before
    assert not any("csrf_token" in page for page in before)


def test_home_leads_from_each_month_to_its_goods(client, world) -> None:
    page = client.get("/").get_data(as_text=True)
    for month in range(1, 13):
        assert f'href="/products?month={month}"' in page
    assert page.count('aria-current="date"') == 1


def test_home_shows_what_is_in_season_now(client, world) -> None:
    offer(world, "oi-thanh-ha", "Ổi ngon của Đồng Lạc")  # in season all the year
    page = client.get("/").get_data(as_text=True)
    assert "Ổi ngon của Đồng Lạc" in page


def test_home_shows_first_what_is_not_there_all_the_year(app, world) -> None:
    always = offer(world, "toi", "Tỏi có luôn")
    pomelo = offer(world, "buoi-dao", "Bưởi tháng mười một")
    assert queries.fresh_ids(11, 8) == [pomelo.id, always.id]
    assert queries.sellers_in_season(11, 1)[0].slug == world.dong_lac.slug


def test_home_names_its_sellers_and_their_goods(client, world) -> None:
    page = client.get("/").get_data(as_text=True)
    assert "HTX Đồng Lạc" in page
    assert "Lê Đại Hành · cà rốt" in page


def test_coming_harvests_are_those_not_in_season(app, world) -> None:
    commodities = catalogue.commodities()
    rows = season.coming(commodities, season.offers(), month=11)
    assert [row.commodity.slug for row in rows] == ["ca-rot-dong-lac", "hanh-tuoi"]
    assert "16.000" in rows[0].words
    assert season.coming(commodities, season.offers(), month=2) == []


def test_the_headline_tells_what_can_be_bought_this_month(app, world) -> None:
    commodities = catalogue.commodities()
    goods = season.leading(commodities, season.offers(2), 2)
    assert season.headline(goods, 2) == "Tháng\u00a02 đang\u00a0vụ hành củ, cà rốt"
    assert "vụ" not in season.headline([], 11)


def test_every_month_has_a_produce_of_its_own(app, world) -> None:
    months = season.year(catalogue.commodities(), 6)
    assert [month.now for month in months].index(True) == 5
    assert all(month.produce for month in months)
    assert months[5].short == "vải thiều"


def test_price_ranges_are_of_the_usual_unit_only(app, world) -> None:
    offer(world, "ca-rot-dong-lac", "Cà rốt nhỏ", price=9_000)
    offer(world, "ca-rot-dong-lac", "Cà rốt thùng", price=90_000, unit="thung")
    kind = catalogue.commodity_by_slug("ca-rot-dong-lac")
    found = season.offers()[kind.id]
    assert (found.count, int(found.lowest), int(found.highest)) == (2, 9_000, 16_000)


# --- calendar ----------------------------------------------------------------------------------------


def test_the_calendar_marks_every_month_of_every_commodity(client, world) -> None:
    page = client.get("/calendar").get_data(as_text=True)
    kinds = catalogue.commodities()
    assert page.count("<td class=") == 12 * len(kinds)
    row = re.search(r"Cà rốt Đồng Lạc</a>.*?</tr>", page, re.DOTALL)[0]
    assert [c.split()[0] for c in re.findall(r'<td class="([^"]+)"', row)] == list("mppm") + ["o"] * 8
    assert row.count('href="/products?commodity=ca-rot-dong-lac&amp;month=') == 4


def test_the_calendar_links_only_what_is_sold(client, world) -> None:
    page = client.get("/calendar").get_data(as_text=True)
    assert "/products?commodity=na-chi-linh" not in page
    assert "Na Chí Linh" in page


# --- map ---------------------------------------------------------------------------------------------


def test_the_map_shows_each_cooperative_once_as_a_pin_and_once_in_the_list(client, world) -> None:
    page = client.get("/map").get_data(as_text=True)
    assert page.count(f'href="/cooperatives/{world.dong_lac.slug}"') == 2
    assert "Chí Linh" in page and "Kinh Môn" in page
    assert page.count("h0") > 200  # each commune is a dot


def test_a_cooperative_shows_its_place_on_the_map(client, world) -> None:
    page = client.get(f"/cooperatives/{world.dong_lac.slug}").get_data(as_text=True)
    assert "HTX Đồng Lạc trên bản đồ: thuộc Chí Linh" in page
    assert page.count('<circle class="pin') == 1 and page.count(" here") == 1
    assert 'href="/map"' in page


def test_a_cooperative_elsewhere_has_its_place_in_words(client, world) -> None:
    with transaction():
        here = world.dong_lac.address.unit_as_written_id
        world.dong_lac.address = make_address(unit_id=here, lat=23.36, lon=105.31)
    page = client.get(f"/cooperatives/{world.dong_lac.slug}").get_data(as_text=True)
    assert "Hợp tác xã ở đâu" in page and '<circle class="pin' not in page


# --- search ------------------------------------------------------------------------------------------


def test_one_box_finds_goods_and_cooperatives(client, world) -> None:
    page = client.get("/search?q=dong+lac").get_data(as_text=True)
    assert "Cà rốt Đồng Lạc" in page
    assert f"/cooperatives/{world.dong_lac.slug}" in page
    assert world.kinh_mon.slug not in page


def test_one_wrong_letter_is_asked_about(client, world) -> None:
    page = client.get("/search?q=ca+rott").get_data(as_text=True)
    assert "Cà rốt Đồng Lạc" in page or "Có phải bạn tìm" in page


def test_nothing_found_helps_on(client, world) -> None:
    page = client.get("/search?q=zzzzqqq").get_data(as_text=True)
    assert "Không có gì tên như vậy" in page
    assert "/products?category=" in page


def test_what_is_typed_stays_text(client, world) -> None:
    page = client.get("/search", query_string={"q": '"><script>x</script>'}).get_data(as_text=True)
    assert "<script>x" not in page


# --- statements --------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/calendar", "/map"])
def test_more_goods_cost_no_more_statements(app, client, world, path) -> None:
    offer(world, "oi-thanh-ha", "Ổi Thanh Hà")
    with queries_sent() as few:
        client.get(path)
    for slug in ("na-chi-linh", "toi", "ruoi", "su-hao", "cam-chi-linh"):
        offer(world, slug, f"Của ngon {slug}")
    with queries_sent() as many:
        client.get(path)
    assert len(many) <= len(few) + 3
    assert len(many) < 30


def offer(world, slug: str, name: str, price: int = 20_000, unit: str = ""):
    kind = catalogue.commodity_by_slug(slug)
    with transaction():
        product = draft_product(
            cooperative=world.dong_lac,
            commodity=kind,
            name_vi=name,
            sale_unit=unit or kind.unit,
            tiers=[(0, Money(price))],
            by=world.director,
        )
        submit_for_review(product=product, by=world.director)
        publish(product=product, by=world.officer)
    return product


@pytest.mark.parametrize(
    ("slug", "vietnamese", "english"),
    [
        ("ca-rot-dong-lac", "cà rốt", "carrot"),
        ("nep-cai-hoa-vang", "gạo nếp cái hoa vàng", "sticky rice"),
        ("vai-u-trung", "vải u trứng", "lychee"),
        ("khoai-tay", "khoai tây", "potato"),
        ("gom-chu-dau", "gốm", "pottery"),
    ],
)
def test_goods_are_called_without_the_place_they_are_named_after(
    app, world, slug, vietnamese, english
) -> None:
    kind = catalogue.commodity_by_slug(slug)
    with in_language("vi"):
        assert season.short_name(kind) == vietnamese
    with in_language("en"):
        assert season.short_name(kind) == english
