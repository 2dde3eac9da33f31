"""The page of a product's season."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from marketplace.catalogue.models import Commodity
from marketplace.cooperatives import services as cooperatives
from marketplace.foundation import clock
from marketplace.foundation.calendar import ALL_YEAR
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.news import queries, services
from marketplace.news.models import Campaign
from marketplace.news.services import CampaignFacts
from marketplace.news.states import ChoiceKind
from tests.client import ReadingClient, another
from tests.fairs.test_fair import announced as fair_to_see
from tests.news.told import published, season
from tests.world import World

PAGE = "/season/mua-ca-rot-dong-lac"


def test_it_shows_growers_goods_articles_and_fairs(client: ReadingClient, world: World) -> None:
    fair = fair_to_see(world)
    published(world, products=[world.carrots])
    published(world, title_vi="Chuyện hành", products=[world.onions])
    season(world)
    page = client.get(PAGE).text
    for told in (
        "Đất phù sa",
        "/products/ca-rot-dong-lac",
        world.dong_lac.slug,
        "ca-rot-sang-nhat",
        fair.slug,
    ):
        assert told in page
    assert "Chuyện hành" not in page
    assert client.get(f"/en{PAGE}").status_code == 200
    assert PAGE in client.get("/sitemap.xml").text
    card = client.get("/share" + PAGE + ".jpg")
    assert Image.open(io.BytesIO(card.data)).size == (1200, 630)


def test_it_stands_on_the_first_page_in_its_months_only(client: ReadingClient, world: World) -> None:
    this = 1 << (clock.today().month - 1)
    campaign = season(world, months=ALL_YEAR & ~this)
    assert PAGE not in client.get("/").text
    assert "Hiện chưa vào mùa" in client.get(PAGE).text
    with transaction():
        services.change_campaign(
            campaign=campaign,
            facts=CampaignFacts(months=this, title_vi="Mùa cà rốt Đồng Lạc"),
            by=world.officer,
        )
    assert PAGE in client.get("/").text


def test_an_officer_prepares_opens_and_closes_it(client: ReadingClient, world: World, app: Flask) -> None:
    client.sign_in("officer@demo.vn")
    written = {
        "commodity": str(world.carrots.commodity_id),
        "title_vi": "Mùa cà rốt Đồng Lạc",
        "words_vi": "Củ ngọt",
    }
    refused = client.send("/office/seasons/new", written)
    assert refused.status_code == 422 and "chọn các tháng" in refused.text
    assert client.send("/office/seasons/new", {**written, "months": ["1", "12"]}).status_code == 303
    assert another(app).get(PAGE).status_code == 404
    office = "/office/seasons/mua-ca-rot-dong-lac"
    assert client.send(f"{office}/step/opening").status_code == 303
    assert another(app).get(PAGE).status_code == 200
    photo = io.BytesIO()
    Image.new("RGB", (800, 600), "#c24e14").save(photo, "JPEG")
    photo.seek(0)
    sent = client.send(f"{office}/photo", {"photo": (photo, "x.jpg")}, content_type="multipart/form-data")
    assert sent.status_code == 303
    assert client.send(f"{office}/step/unpicturing").status_code == 303
    assert client.send(f"{office}/step/closing").status_code == 303
    gone = another(app).get(PAGE)
    assert gone.status_code == 410 and "Trang mùa vụ này đã đóng" in gone.text
    (campaign,) = db.session.scalars(select(Campaign)).all()
    assert campaign.months == 0b1000_0000_0001 and campaign.photo_id is None


def test_a_season_needs_months(world: World) -> None:
    with pytest.raises(Refusal), transaction():
        facts = CampaignFacts(months=0, title_vi="Mùa")
        services.draft_campaign(commodity_ids=[world.carrots.commodity_id], facts=facts, by=world.officer)


# --- what it shows ----------------------------------------------------------------------------------


def put(campaign: Campaign, kind: ChoiceKind, key: int, by: Any) -> None:
    with transaction():
        services.choose(campaign=campaign, kind=kind, key=key, by=by)


def shown(client: ReadingClient) -> list[str]:
    """Addresses of the products on the page, in their order."""
    return re.findall(r'<a[^>]* href="/products/([a-z0-9-]+)"', client.get(PAGE).text)


def test_an_officer_finds_adds_orders_and_takes_off_without_scripts(
    client: ReadingClient, world: World
) -> None:
    campaign = season(world)
    client.sign_in("officer@demo.vn")
    here = "/office/seasons/mua-ca-rot-dong-lac/choice"
    first = client.get(here).text
    assert "Cà rốt Đồng Lạc" in first
    found = client.get(f"{here}?q=hanh").text
    assert f'name="key" value="{world.onions.id}"' in found
    assert client.get(f"{here}?q=khong-co-gi").status_code == 200
    assert client.send(f"{here}/products?q=hanh", {"key": ""}).status_code == 422
    assert client.send(f"{here}/products", {"key": "999999"}).status_code == 422
    for product in (world.carrots, world.onions, world.onions):
        kept = client.send(f"{here}/products?q=hanh", {"key": str(product.id)})
        assert kept.status_code == 303 and kept.headers["Location"].endswith("q=hanh#products")
    assert list(dict.fromkeys(shown(client))) == [world.carrots.slug, world.onions.slug]
    assert client.send(f"{here}/products/{world.onions.id}/up").status_code == 303
    assert client.send(f"{here}/products/{world.onions.id}/up").status_code == 303
    assert list(dict.fromkeys(shown(client))) == [world.onions.slug, world.carrots.slug]
    assert client.send(f"{here}/products/{world.carrots.id}/off").status_code == 303
    assert client.send(f"{here}/products/{world.carrots.id}/off").status_code == 303
    assert client.send(f"{here}/products/{world.carrots.id}/up").status_code == 422
    assert set(shown(client)) == {world.onions.slug}
    assert client.send(f"{here}/goods/{world.carrots.commodity_id}/off").status_code == 422
    assert client.send(f"{here}/goods", {"key": str(world.onions.commodity_id)}).status_code == 303
    assert client.send(f"{here}/goods/{world.onions.commodity_id}/up").status_code == 303
    db.session.expire_all()
    assert [each.commodity_id for each in campaign.goods] == [
        world.onions.commodity_id,
        world.carrots.commodity_id,
    ]
    assert (
        client.get("/office/seasons").status_code == client.get("/share" + PAGE + ".jpg").status_code == 200
    )


def test_chosen_cooperatives_stand_in_their_order_and_only_while_members(
    client: ReadingClient, world: World
) -> None:
    campaign = season(world, goods=[world.carrots.commodity_id, world.onions.commodity_id])
    both = [world.kinh_mon, world.dong_lac]
    for one in both:
        put(campaign, ChoiceKind.COOPERATIVES, one.id, world.officer)
    assert queries.campaign.growers_shown(campaign) == [one.id for one in both]
    with transaction():
        cooperatives.advance(
            cooperative=world.kinh_mon, step="suspend", reason="Chưa nộp báo cáo", by=world.officer
        )
    assert queries.campaign.growers_shown(campaign) == [world.dong_lac.id]
    with pytest.raises(Refusal), transaction():
        services.unchoose(
            campaign=campaign, kind=ChoiceKind.COOPERATIVES, key=world.kinh_mon.id, by=world.officer
        )
        services.choose(
            campaign=campaign, kind=ChoiceKind.COOPERATIVES, key=world.kinh_mon.id, by=world.officer
        )


def test_articles_and_goods_of_all_its_goods_are_told(client: ReadingClient, world: World) -> None:
    season(world, goods=[world.carrots.commodity_id, world.onions.commodity_id])
    published(world, title_vi="Chuyện hành", products=[world.onions])
    page = client.get(PAGE).text
    assert "Chuyện hành" in page
    assert set(shown(client)) == {world.carrots.slug, world.onions.slug}


def test_there_are_never_too_many(world: World) -> None:
    campaign = season(world)
    goods = db.session.scalars(select(Commodity.id).order_by(Commodity.id)).all()
    others = [each for each in goods if each != world.carrots.commodity_id]
    for each in others[:5]:
        put(campaign, ChoiceKind.GOODS, each, world.officer)
    with pytest.raises(Refusal):
        put(campaign, ChoiceKind.GOODS, others[5], world.officer)
