"""An article from the first draft to the page that says it was withdrawn."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from marketplace.catalogue import queries as catalogue
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.news import body, queries, services, tasks
from marketplace.news.models import Article, ArticleVersion
from marketplace.news.services import ArticleFacts
from marketplace.news.states import ArticleKind, ArticleState
from tests.client import ReadingClient, another
from tests.fairs.test_fair import announced as fair_to_see
from tests.news.told import drafted, facts, published
from tests.statements import queries_sent
from tests.world import World

ATOM = "{http://www.w3.org/2005/Atom}"


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (800, 600), "#1e6b43").save(file, "JPEG")
    file.seek(0)
    return file


def test_an_officer_writes_looks_adds_a_photo_and_publishes(
    client: ReadingClient, world: World, app: Flask, drain: Any
) -> None:
    client.sign_in("officer@demo.vn")
    written = {
        "kind": "story",
        "title_vi": "Cà rốt Đồng Lạc sang Nhật",
        "lead_vi": "Chuyến hàng đầu tiên đã lên tàu.",
        "body_vi": "Sáng nay xe rời kho.\n## Vì sao được\n- Rửa sạch\n- Đúng cỡ\n> Bà con rất mừng.",
        "cooperatives": "HTX Đồng Lạc\nhttps://cho.vn/cooperatives/" + world.kinh_mon.slug,
        "products": "/products/ca-rot-dong-lac",
    }
    seen = client.send("/office/news/new", {**written, "preview": "1"})
    assert seen.status_code == 200
    assert '<h4 class="h3">Vì sao được</h4>' in seen.text
    assert db.session.scalar(select(Article.id)) is None, "only looked at"

    led = client.send("/office/news/new", written)
    assert led.status_code == 303
    page = led.location
    assert page.endswith("/office/news/ca-rot-dong-lac-sang-nhat")
    assert another(app).get("/news/ca-rot-dong-lac-sang-nhat").status_code == 404

    sent = {"photos": (picture(), "ruong.jpg")}
    assert client.send(f"{page}/photos", sent, content_type="multipart/form-data").status_code == 303
    drain()
    db.session.expire_all()
    (article,) = db.session.scalars(select(Article)).all()
    described = {"caption_vi": "Cà rốt trên đồng", "caption_en": ""}
    photo = article.photos[0].photo_id
    assert client.send(f"{page}/photos/{photo}/caption", described).status_code == 303
    assert client.send(f"{page}/step/publication").status_code == 303

    shown = another(app).get("/news/ca-rot-dong-lac-sang-nhat").text
    assert "Cà rốt trên đồng" in shown
    assert "<blockquote" in shown and "<li>Rửa sạch</li>" in shown
    assert "HTX Đồng Lạc" in shown and "HTX Thăng Long" in shown
    assert "/products/ca-rot-dong-lac" in shown
    assert "Cà rốt Đồng Lạc sang Nhật" in another(app).get("/").text
    assert "Cà rốt Đồng Lạc sang Nhật" in another(app).get(f"/cooperatives/{world.dong_lac.slug}").text


def test_what_people_write_is_never_read_as_code() -> None:
    told = body.blocks("<script>x</script>\n[1]\n[9]\n## Tiêu đề\n\n- một\n- hai\nhết", ["a", "b"])
    assert [(one.kind, list(one.lines), one.photo) for one in told] == [
        ("paragraph", ["<script>x</script>"], None),
        ("photo", [], "a"),
        ("paragraph", ["[9]"], None),
        ("heading", ["Tiêu đề"], None),
        ("list", ["một", "hai"], None),
        ("paragraph", ["hết"], None),
        ("photo", [], "b"),
    ]


def test_code_in_a_text_is_shown_as_it_was_typed(client: ReadingClient, world: World) -> None:
    published(world, body_vi="<b onclick=x>đậm</b>")
    assert "&lt;b onclick=x&gt;đậm&lt;/b&gt;" in client.get("/news/ca-rot-sang-nhat").text


def test_what_cannot_be_read_stands_beside_its_field_and_is_kept(client: ReadingClient, world: World) -> None:
    client.sign_in("officer@demo.vn")
    told = client.send(
        "/office/news/new",
        {
            "kind": "news",
            "title_vi": "",
            "body_vi": "Nội dung",
            "cooperatives": "HTX Không Có",
            "title_en": "X",
        },
    )
    assert told.status_code == 422
    assert "HTX Không Có" in told.text and "Nội dung" in told.text
    half = client.send("/office/news/new", {"kind": "news", "title_vi": "A", "body_vi": "B", "title_en": "X"})
    assert half.status_code == 422
    assert "Bản tiếng Anh cần có cả tiêu đề lẫn nội dung" in half.text


def test_two_officers_do_not_write_over_each_other(world: World) -> None:
    article = drafted(world)
    with transaction():
        services.change_article(
            article=article, facts=facts(title_vi="Của người trước"), seen=1, by=world.officer
        )
    with pytest.raises(Refusal, match="Có người vừa sửa"), transaction():
        services.change_article(
            article=article, facts=facts(title_vi="Của người sau"), seen=1, by=world.officer
        )
    assert [one.number for one in queries.article.versions_of(article)] == [2, 1]
    assert article.title_vi == "Của người trước"


def test_versions_tell_who_wrote_what_and_stay(client: ReadingClient, world: World) -> None:
    article = published(world)
    with transaction():
        services.change_article(article=article, facts=facts(body_vi="Đã sửa"), seen=1, by=world.officer)
    client.sign_in("officer@demo.vn")
    page = client.get("/office/news/ca-rot-sang-nhat/versions/1").text
    assert "Chuyến hàng đầu tiên" in page and "Trần Thị Hoa" in page
    assert client.get("/office/news/ca-rot-sang-nhat/versions/9").status_code == 404
    with pytest.raises((DBAPIError, Refusal)), transaction():
        db.session.execute(text("UPDATE article_versions SET number = 7"))
    assert db.session.scalars(select(ArticleVersion.number).order_by(ArticleVersion.number)).all() == [1, 2]


def test_an_article_comes_out_by_itself_at_its_moment(client: ReadingClient, world: World) -> None:
    article = drafted(world)
    at = clock.now() + dt.timedelta(hours=2)
    with pytest.raises(Refusal), transaction():
        services.schedule_article(article=article, at=clock.now() - dt.timedelta(minutes=1), by=world.officer)
    with transaction():
        services.schedule_article(article=article, at=at, by=world.officer)
    tasks.publish_what_is_due()
    assert client.get("/news/ca-rot-sang-nhat").status_code == 404
    with clock.standing_at(at + dt.timedelta(minutes=1)):
        tasks.publish_what_is_due()
        tasks.publish_what_is_due()
        assert client.get("/news/ca-rot-sang-nhat").status_code == 200
    db.session.expire_all()
    assert article.state is ArticleState.PUBLISHED
    assert article.comes_out_at is None


def test_an_officer_chooses_the_hour_and_takes_it_back(client: ReadingClient, world: World) -> None:
    drafted(world)
    client.sign_in("officer@demo.vn")
    page = "/office/news/ca-rot-sang-nhat"
    day = (clock.today() + dt.timedelta(days=2)).strftime("%d/%m/%Y")
    assert client.send(f"{page}/schedule", {"day": "hôm qua", "hour": "7h"}).status_code == 422
    assert client.send(f"{page}/schedule", {"day": day, "hour": "7h30"}).status_code == 303
    assert "07:30" in client.get(page).text
    assert client.send(f"{page}/step/unscheduling").status_code == 303
    assert "Bản nháp" in client.get(page).text


def test_a_withdrawn_article_says_so_and_comes_back(client: ReadingClient, world: World) -> None:
    article = published(world)
    with pytest.raises(Refusal), transaction():
        services.withdraw_article(article=article, reason=" ", by=world.officer)
    with transaction():
        services.withdraw_article(article=article, reason="Số liệu sai", by=world.officer)
    gone = client.get("/news/ca-rot-sang-nhat")
    assert gone.status_code == 410
    assert "Bài viết này đã được Liên minh gỡ xuống." in gone.text
    assert "Số liệu sai" not in gone.text
    assert client.get("/en/news/ca-rot-sang-nhat").status_code == 410
    assert "Cà rốt sang Nhật" not in client.get("/news").text
    with transaction():
        services.put_article_back(article=article, by=world.officer)
    assert client.get("/news/ca-rot-sang-nhat").status_code == 200


def test_only_the_trade_desk_writes(client: ReadingClient, world: World) -> None:
    drafted(world)
    for path in ("/office/news", "/office/seasons", "/office/newsletter"):
        assert client.get(path).status_code == 303
    assert client.get("/office/news/ca-rot-sang-nhat").status_code == 404
    client.sign_in("donglac@demo.vn")
    assert client.get("/office/news").status_code == 403
    assert client.get("/office/news/ca-rot-sang-nhat").status_code == 404
    assert (
        client.send("/office/news/new", {"kind": "news", "title_vi": "A", "body_vi": "B"}).status_code == 403
    )


def test_machines_read_it(client: ReadingClient, world: World) -> None:
    published(world, title_en="Carrots to Japan", body_en="The first load has left.")
    page = client.get("/en/news/ca-rot-sang-nhat").text
    assert "The first load has left." in page
    told = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[0])
    assert told["@type"] == "NewsArticle" and told["headline"] == "Carrots to Japan"
    assert told["inLanguage"] == "en"
    feed = ElementTree.fromstring(client.get("/news/feed.atom").data)
    assert [one.text for one in feed.iter(f"{ATOM}title")][1:] == ["Cà rốt sang Nhật"]
    assert "/news/ca-rot-sang-nhat" in client.get("/sitemap.xml").text
    card = client.get("/share/news/ca-rot-sang-nhat.jpg")
    assert Image.open(io.BytesIO(card.data)).size == (1200, 630)
    assert "Cà rốt sang Nhật" in client.get("/search?q=chuyen+hang").text


def test_the_list_by_kind_turns_its_pages_and_asks_no_more_for_more(
    client: ReadingClient, world: World
) -> None:
    published(world)
    with queries_sent() as few:
        client.get("/news?kind=")
    for number in range(14):
        published(world, title_vi=f"Bài {number:02d}", kind=ArticleKind.STORY)
    with queries_sent() as many:
        first = client.get("/news")
    assert len(many) == len(few)
    assert first.text.count("fair-c h-") == 12
    after = re.findall(r'rel="next" href="([^"]+)"', first.text)[0].replace("&amp;", "&")
    rest = client.get(f"/news{after}")
    assert rest.text.count("fair-c h-") == 3
    assert "Cà rốt sang Nhật" in rest.text and "Bài 05" not in rest.text
    assert "Cà rốt sang Nhật" not in client.get("/news?kind=call").text
    assert client.get("/news?kind=x&after=x").status_code == 200


def test_a_fair_is_told_by_its_address(client: ReadingClient, world: World) -> None:
    fair = fair_to_see(world)
    published(world, fairs=[fair.slug, "khong-co"])
    page = client.get("/news/ca-rot-sang-nhat").text
    assert f"/fairs/{fair.slug}" in page and "khong-co" not in page


def test_photos_move_and_go(world: World, drain: Any) -> None:
    article = published(world)
    with transaction():
        first = services.add_photo(article=article, stream=picture(), filename="1.jpg", by=world.officer)
        second = services.add_photo(article=article, stream=picture(), filename="2.jpg", by=world.officer)
    ids = first.photo_id, second.photo_id
    with transaction():
        services.put_photo_first(article=article, photo_id=ids[1], by=world.officer)
    assert [one.photo_id for one in article.photos] == [ids[1], ids[0]]
    with transaction():
        services.take_photo_away(article=article, photo_id=ids[1], by=world.officer)
    assert [(one.photo_id, one.position) for one in article.photos] == [(ids[0], 0)]
    with pytest.raises(Refusal), transaction():
        services.take_photo_away(article=article, photo_id=ids[1], by=world.officer)


def test_the_alliance_takes_its_own_article_down(client: ReadingClient, world: World) -> None:
    article = published(world)
    page = client.get("/news/ca-rot-sang-nhat").text
    assert "/report/article/ca-rot-sang-nhat" in page
    client.sign_in("officer@demo.vn")
    thing = f"/office/moderation/things/article/{article.id}"
    assert client.get(thing).status_code == 200
    told = client.send(f"{thing}/taking-down", {"reason": "false", "words": "Sai sự thật"})
    assert told.status_code == 303
    assert client.get("/news/ca-rot-sang-nhat").status_code == 410


def test_goods_bring_articles_together(world: World) -> None:
    by_product = published(world, title_vi="Một", products=[world.carrots])
    by_goods = published(world, title_vi="Hai", commodity_id=world.carrots.commodity_id)
    other = published(world, title_vi="Ba", products=[world.onions])
    found = queries.article.about_goods([world.carrots.commodity_id])
    assert [one.id for one in found] == [by_goods.id, by_product.id]
    assert other.id not in {one.id for one in found}
    assert catalogue.commodity_by_slug(world.carrots.commodity.slug) is not None
    assert ArticleFacts(kind=ArticleKind.NEWS, title_vi="A", body_vi="B").fairs == ()
