"""The page of a product's season."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.calendar import ALL_YEAR
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.news import services
from marketplace.news.models import Campaign
from marketplace.news.services import CampaignFacts
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
            facts=CampaignFacts(
                commodity_id=campaign.commodity_id, months=this, title_vi="Mùa cà rốt Đồng Lạc"
            ),
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
        season_facts = CampaignFacts(commodity_id=world.carrots.commodity_id, months=0, title_vi="Mùa")
        services.draft_campaign(facts=season_facts, by=world.officer)
