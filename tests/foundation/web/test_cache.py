"""Public pages from memory: rendered once, right for everyone at once after a commit."""

from __future__ import annotations

import datetime as dt
import gzip
import threading
from collections.abc import Iterator
from decimal import Decimal

import brotli
import pytest
import time_machine
from flask import Flask, Response, make_response

from marketplace import create_app
from marketplace.accounts import services as accounts
from marketplace.catalogue import services as products
from marketplace.catalogue.models import Product
from marketplace.config import Settings
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.foundation.web.access import public
from marketplace.foundation.web.cache import ResponseCache, cached
from tests.catalogue.conftest import FreshClient
from tests.client import ReadingClient
from tests.orders.buying import order_for
from tests.world import World


@pytest.fixture
def page(world: World) -> str:
    return f"/products/{world.carrots.slug}"


@pytest.fixture
def neighbour(settings: Settings, world: World) -> Iterator[ReadingClient]:
    """The browser of another process: an app of its own on the same database."""
    other = create_app(settings)
    yield FreshClient(other, other.response_class)
    with other.app_context():
        db.engine.dispose()


def text(client: ReadingClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def new_price(world: World, price: int) -> None:
    with transaction():
        products.change_price(product=world.carrots, tiers=[(Decimal(0), Money(price))], by=world.director)


def test_a_public_page_is_rendered_once(client: ReadingClient, page: str, rendered: list[str]) -> None:
    first = text(client, page)
    assert [text(client, page) for _ in range(5)] == [first] * 5
    assert rendered == [page]


def test_a_new_price_shows_at_once_in_every_process(
    client: ReadingClient, neighbour: ReadingClient, world: World, page: str
) -> None:
    for price in (19_000, 21_000, 23_000):
        before = text(client, page), text(neighbour, page)
        new_price(world, price)
        shown = f"{price // 1000}.000"
        assert shown not in before[0] and shown not in before[1]
        assert shown in text(client, page)
        assert shown in text(neighbour, page)


def test_a_change_by_the_neighbour_shows_here(
    client: ReadingClient, settings: Settings, world: World, page: str
) -> None:
    text(client, page)
    other = create_app(settings)
    with other.app_context():
        carrots = db.session.get_one(Product, world.carrots.id)
        with transaction():
            products.change_price(product=carrots, tiers=[(Decimal(0), Money(27_000))])
        db.session.remove()
        db.engine.dispose()
    assert "27.000" in text(client, page)


def test_the_last_goods_sold_show_at_once(
    client: ReadingClient, neighbour: ReadingClient, world: World, page: str
) -> None:
    before = text(client, page)
    assert text(neighbour, page) == before and "Tạm hết hàng" not in before
    order_for((world.carrots, 500))
    for browser in (client, neighbour):
        assert "Tạm hết hàng" in text(browser, page)


def test_a_pause_takes_the_page_away(client: ReadingClient, world: World, page: str) -> None:
    assert world.carrots.name_vi in text(client, "/products")
    with transaction():
        products.pause(product=world.carrots, by=world.director)
    assert world.carrots.name_vi not in text(client, "/products")


def test_a_change_rolled_back_renews_nothing(
    client: ReadingClient, world: World, page: str, rendered: list[str]
) -> None:
    before = text(client, page)
    with pytest.raises(ZeroDivisionError), transaction():
        products.change_price(product=world.carrots, tiers=[(Decimal(0), Money(19_000))], by=world.director)
        raise ZeroDivisionError
    assert text(client, page) == before
    assert rendered == [page]


def test_a_commit_of_nothing_public_renews_nothing(
    client: ReadingClient, world: World, page: str, rendered: list[str]
) -> None:
    text(client, page)
    with transaction():
        accounts.create_person(name="Đỗ Văn Khách", phone="+84912999999", password="ca-rot-2026")
    text(client, page)
    assert rendered == [page]


def test_unknown_arguments_make_no_new_entries(
    client: ReadingClient, world: World, rendered: list[str]
) -> None:
    plain = text(client, "/products")
    for query in ("utm_source=zalo", "fbclid=1", "x=1&y=2", "q=", "&&&", "Q=ca"):
        assert text(client, f"/products?{query}") == plain
    assert rendered == ["/products"]


def test_named_arguments_are_told_apart_in_any_order(
    client: ReadingClient, world: World, rendered: list[str]
) -> None:
    text(client, "/products")
    text(client, "/products?q=ca&sort=price")
    text(client, "/products?sort=price&utm=1&q=ca")
    assert "Hành củ" in text(client, "/products?q=hanh")
    assert rendered == ["/products", "/products?q=ca&sort=price", "/products?q=hanh"]


def test_too_many_arguments_are_no_trouble(client: ReadingClient, world: World) -> None:
    text(client, "/products")
    many = "&".join(f"a{i}={i}" for i in range(300))
    assert client.get(f"/products?{many}").status_code in {200, 400}


def test_the_languages_are_two_pages(client: ReadingClient, page: str, rendered: list[str]) -> None:
    vietnamese, english = text(client, page), text(client, "/en" + page)
    assert 'lang="vi"' in vietnamese and 'lang="en"' in english
    assert (text(client, page), text(client, "/en" + page)) == (vietnamese, english)
    assert len(rendered) == 2


def test_an_unchanged_page_is_not_sent_again(client: ReadingClient, world: World, page: str) -> None:
    first = client.get(page)
    tag = first.headers["ETag"]
    again = client.get(page, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "public, no-cache"
    new_price(world, 19_000)
    changed = client.get(page, headers={"If-None-Match": tag})
    assert changed.status_code == 200 and changed.headers["ETag"] != tag


@pytest.mark.parametrize(
    ("accepted", "way", "unpack"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("", None, bytes),
    ],
)
def test_pages_travel_compressed(client: ReadingClient, page: str, accepted: str, way: str, unpack) -> None:
    from flask.testing import FlaskClient

    plain = client.get(page)
    browser = FlaskClient(client.application, client.application.response_class)
    for _ in range(2):
        answer = browser.get(page, headers={"Accept-Encoding": accepted})
        assert answer.headers.get("Content-Encoding") == way
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        assert unpack(answer.data) == plain.data
        assert (answer.headers["ETag"] == plain.headers["ETag"]) == (way is None)


def test_head_tells_the_length_and_sends_nothing(
    client: ReadingClient, page: str, rendered: list[str]
) -> None:
    assert client.head(page).data == b""
    whole = client.get(page)
    head = client.head(page)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.data))
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert len(rendered) == 2
    assert client.get(page).data == whole.data


def test_a_new_local_day_renews(client: ReadingClient, page: str, rendered: list[str]) -> None:
    midnight = clock.start_of_day(clock.today() + dt.timedelta(days=1))
    with time_machine.travel(midnight - dt.timedelta(seconds=2), tick=False):
        text(client, page)
        text(client, page)
    with time_machine.travel(midnight + dt.timedelta(seconds=2), tick=False):
        text(client, page)
        text(client, page)
    assert rendered == [page, page]


def test_answers_with_a_cookie_are_never_kept(settings: Settings, rendered: list[str]) -> None:
    @public
    @cached()
    def greeting() -> Response:
        answer = make_response("Chào bạn")
        answer.mimetype = "text/plain"
        answer.set_cookie("seen", "1")
        return answer

    app = create_app(settings)
    app.add_url_rule("/greeting", "greeting", greeting)
    client = FreshClient(app, app.response_class)
    for _ in range(3):
        assert "seen=1" in client.get("/greeting").headers["Set-Cookie"]
    assert len(rendered) == 3


def test_a_page_opened_by_a_signed_in_person_is_everyones(
    client: ReadingClient, neighbour: ReadingClient, world: World, page: str
) -> None:
    client.sign_in("household@demo.vn")
    for path in (
        "/",
        page,
        "/products",
        f"/cooperatives/{world.dong_lac.slug}",
        "/cooperatives",
        "/calendar",
    ):
        answer = client.get(path)
        html = answer.get_data(as_text=True)
        assert "Set-Cookie" not in answer.headers, path
        assert "Cookie" not in answer.headers["Vary"], path
        assert world.household.name not in html and "csrf_token" not in html, path
        assert html == text(neighbour, path), path


def test_what_is_missing_is_not_kept(client: ReadingClient, world: World, rendered: list[str]) -> None:
    for _ in range(2):
        assert client.get("/products/khong-co").status_code == 404
    assert len(rendered) == 2


def test_private_pages_are_never_kept(client: ReadingClient, world: World, rendered: list[str]) -> None:
    client.sign_in("household@demo.vn")
    for _ in range(2):
        assert "no-store" in client.get("/account").headers["Cache-Control"]
    assert rendered.count("/account") == 2


@pytest.mark.parametrize("seen_before", [True, False])
def test_a_stampede_renders_once(
    app: Flask, world: World, page: str, rendered: list[str], seen_before: bool
) -> None:
    if seen_before:
        text(FreshClient(app, app.response_class), page)
    new_price(world, 19_000)
    rendered.clear()
    start, seen = threading.Barrier(8), []

    def visit() -> None:
        browser = app.test_client()
        start.wait()
        seen.append(browser.get(page).get_data(as_text=True))

    visitors = [threading.Thread(target=visit) for _ in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert len(seen) == 8 and len(set(seen)) == 1 and "19.000" in seen[0]
    assert rendered == [page]


def test_a_database_that_is_away_leaves_the_last_page_standing() -> None:
    """The layer alone, over a program that counts: what is kept goes on while the version cannot be read."""
    versions: list[int | None] = [1, 1, None, None, 2]
    calls = []

    def program(environ, start_response):
        calls.append(1)
        environ["market.cached"] = ()
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"page %d" % len(calls)]

    layer = ResponseCache(program, lambda: versions.pop(0))
    got = [b"".join(layer(_environ(), lambda *_: None)) for _ in range(5)]
    assert got == [b"page 1"] * 4 + [b"page 2"]


def _environ() -> dict[str, str]:
    return {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": ""}
