"""Doors: forms of other sites, things of other people, and where one may be sent after signing in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import BuildError

from marketplace.deliveries import queries as deliveries
from marketplace.foundation.db import transaction
from marketplace.foundation.web.pages import safe_next
from marketplace.orders import services as orders
from marketplace.payments import queries as payments
from marketplace.supply import queries as supply
from tests.catalogue.conftest import FreshClient
from tests.client import ReadingClient
from tests.orders.buying import order_for
from tests.world import World

OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def bare(app: Flask) -> FlaskClient:
    """A program that sends only the headers it is told to."""
    return FlaskClient(app, app.response_class)


# --- forms of other sites -----------------------------------------------------------------------------------

STRANGERS = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": ""},
    {"Origin": "https://xau.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://localhost.xau.example"},
    {"Origin": "http://localhost:8080"},
    {"Origin": "http://xau.example/localhost"},
    {"Origin": "http://localhost@xau.example"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://xau.example"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Referer": "http://localhost/"},
    {},
]


@pytest.mark.parametrize("headers", STRANGERS, ids=str)
def test_a_strangers_form_is_refused(bare: FlaskClient, world: World, headers: dict[str, str]) -> None:
    words = {"identifier": "household@demo.vn", "password": "ca-rot-2026"}
    answer = bare.post("/sign-in", data=words, headers=headers)
    assert answer.status_code == 403
    assert bare.get("/account").status_code == 303


@pytest.mark.parametrize(
    "headers", [OURS, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "none"}], ids=str
)
def test_our_own_form_is_taken(bare: FlaskClient, world: World, headers: dict[str, str]) -> None:
    words = {"identifier": "household@demo.vn", "password": "ca-rot-2026"}
    assert bare.post("/sign-in", data=words, headers=headers).status_code == 303
    assert bare.get("/account").status_code == 200


@pytest.mark.parametrize("token", ["", "00", "zz", "0" * 64, "0" * 32, "ả" * 64, "0" * 65])
def test_where_one_is_signed_in_the_token_is_needed(client: ReadingClient, world: World, token: str) -> None:
    client.sign_in("household@demo.vn")
    client.token()
    assert client.post("/account/acting", data={"csrf_token": token}).status_code == 403


def test_the_token_of_somebody_else_does_not_fit(app: Flask, client: ReadingClient, world: World) -> None:
    other = FreshClient(app, app.response_class)
    other.sign_in("kinhmon@demo.vn")
    client.sign_in("household@demo.vn")
    client.token()
    assert client.post("/notices", data={"csrf_token": other.token()}).status_code == 403
    assert client.post("/notices", data={"csrf_token": client.token()}).status_code == 303


def test_the_token_looks_different_each_time_and_fits_each_time(client: ReadingClient, world: World) -> None:
    client.sign_in("household@demo.vn")
    tokens = {client.token() for _ in range(4)}
    assert len(tokens) == 4
    for token in tokens:
        assert client.post("/notices", headers={"X-CSRF-Token": token}).status_code == 303


def test_a_browser_without_the_headers_needs_the_token(bare: FlaskClient, world: World) -> None:
    words = {"identifier": "household@demo.vn", "password": "ca-rot-2026"}
    bare.post("/sign-in", data=words, headers=OURS)
    page = bare.get("/account").get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    assert bare.post("/notices").status_code == 403
    assert bare.post("/notices", data={"csrf_token": token}).status_code == 303


# --- things of other people ---------------------------------------------------------------------------------


@pytest.fixture
def named(world: World) -> dict[str, object]:
    """What Đồng Lạc owns, by the name of its place in a URL."""
    order = order_for((world.carrots, 50), person_id=world.director.id).orders[0]
    with transaction():
        orders.accept(order=order, by=world.director)
    (delivery,) = deliveries.deliveries_of("order", order.id)
    charge = payments.charge_for("order", order.id)
    stock = supply.stock_of(world.carrots.id)
    (option, *_) = deliveries.options_of(world.dong_lac.id)
    (point, *_) = deliveries.points_of(world.dong_lac.id)
    assert charge and stock
    return {
        "seller_order": order.number,
        "order": order.ref,
        "order_group": order.group.ref,
        "own_delivery": delivery.ref,
        "delivery": delivery.ref,
        "own_charge": charge.ref,
        "charge": charge.ref,
        "own_product": world.carrots.ref,
        "checked_product": world.carrots.ref,
        "own_stock": world.carrots.ref,
        "own_option": option.ref,
        "own_point": point.ref,
        "member": world.dong_lac.slug,
        "person": world.director.ref,
        "certificate": "1",
        "bank_account": "1",
    }


# A payer's charge is named by a secret of 130 bits: who holds the link may pay, signed in or not.
OPEN = {"product", "cooperative", "lot", "charge"}


def paths(app: Flask, named: dict[str, object]) -> Iterator[tuple[str, str, set[str]]]:
    """(endpoint, path, kinds) of every route that names a thing which is not public."""
    for rule in app.url_map.iter_rules():
        kinds = {c for c in (rule_kind(rule, name) for name in rule.arguments) if c}
        if not kinds or kinds & OPEN or not kinds <= set(named):
            continue
        values = {name: named.get(rule_kind(rule, name), "1") for name in rule.arguments}
        for name, offered in {
            "part": "price",
            "what": "verification",
            "step": "exclude",
            "kind": "png",
            "purpose": "news",
        }.items():
            if name in values:
                values[name] = offered
        try:
            built = rule.build(values)
        except (BuildError, ValueError):
            built = None
        assert built is not None, rule.rule
        yield rule.endpoint, built[1], kinds


def rule_kind(rule, name: str) -> str:
    """The converter's name of an argument: `<own_product:product>` → own_product."""
    before = rule.rule.split(f":{name}>")[0].rsplit("<", 1)[-1] if f":{name}>" in rule.rule else ""
    return before if before.isidentifier() and before not in {"int", "string", "path"} else ""


def visitor(app: Flask, who: str) -> ReadingClient:
    client = FreshClient(app, app.response_class)
    if who:
        client.sign_in(f"{who}@demo.vn")
    return client


@pytest.mark.parametrize("who", ["", "household", "kinhmon"])
def test_nobody_opens_what_is_anothers(app: Flask, world: World, named, who: str) -> None:
    client, asked = visitor(app, who), 0
    token = {"csrf_token": client.token()} if who else {}
    for endpoint, path, kinds in paths(app, named):
        for method in ("GET", "POST"):
            answer = client.open(path, method=method, data=token if method == "POST" else None)
            told = f"{who or 'a stranger'}: {method} {path} ({endpoint}) → {answer.status_code}"
            if answer.status_code == 405:
                continue
            asked += 1
            if answer.status_code == 303:
                assert not who and "/sign-in" in answer.headers["Location"], told
            elif any(kind.startswith(("own_", "seller_")) for kind in kinds):
                assert answer.status_code == 404, told
            else:
                assert answer.status_code in {403, 404}, told
    assert asked > 30


@pytest.mark.parametrize("who", ["household", "kinhmon", "donglac"])
def test_the_office_is_for_officers(app: Flask, world: World, named, who: str) -> None:
    """A wrong role is told so; what a cooperative may not even know of is not there."""
    client = visitor(app, who)
    for endpoint, path, kinds in paths(app, named):
        if path.startswith("/office"):
            wanted = {404} if "checked_product" in kinds and who != "donglac" else {403, 404, 405}
            assert client.get(path).status_code in wanted | {403, 405}, endpoint
    for path in ("/office", "/office/orders", "/office/people", "/office/members", "/office/outbox"):
        assert client.get(path).status_code == 403, path


def test_the_same_ways_are_open_to_their_owner(app: Flask, world: World, named) -> None:
    """The two tests above ask for things that are really there."""
    director, officer = visitor(app, "donglac"), visitor(app, "officer")
    opened: dict[str, set[int]] = {}
    for endpoint, path, _kinds in paths(app, named):
        client = officer if path.startswith("/office") else director
        opened.setdefault(path.split("/")[1], set()).add(client.get(path).status_code)
        if path.startswith("/desk"):
            assert client.get(path).status_code in {200, 303, 403, 404, 405}, endpoint
    assert 200 in opened["desk"] and 200 in opened["office"]


def test_a_guest_is_asked_to_sign_in_and_comes_back(client: ReadingClient, world: World) -> None:
    answer = client.get("/en/account/password?x=1")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/en/sign-in?next=/en/account/password?x%3D1"


# --- where to go on -----------------------------------------------------------------------------------------

TRICKS = [
    None, "", " ", "//xau.example", "///xau.example", "////xau.example", "/\\xau.example", "\\\\xau.example",
    "\\/xau.example", "/\\/xau.example", "http://xau.example", "https://xau.example", "HTTPS://xau.example",
    "http:xau.example", "https:/xau.example", "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x",
    "vbscript:x", "xau.example", "xau.example/", "@xau.example", "?next=/", "#x", " //xau.example", " /x",
    "\t//xau.example", "/\t/xau.example", "/\n/xau.example", "/\r/xau.example", "/\x00/xau.example",
    "\n/x", "/x\r\nSet-Cookie: a=b", "/ /xau.example", "/x\\y", "/account\\..\\..", "/\x0b/xau.example",
    "mailto:x@y.z", "file:///etc/passwd", "ftp://xau.example", ":xau", "..//xau.example", ".//xau.example",
]  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS, ids=repr)
def test_nobody_is_led_elsewhere(trick: str | None) -> None:
    assert safe_next(trick, "/start") == "/start"


@pytest.mark.parametrize(
    "path", ["/", "/account", "/en/account?x=1&y=2", "/orders/DL-1#pay", "/products?q=c%C3%A0", "/a//b", "/@x", "/x?u=http://y"]
)  # fmt: skip
def test_our_own_paths_are_kept(path: str) -> None:
    assert safe_next(path, "/start") == path


@pytest.mark.parametrize(
    "trick", ["//xau.example", "/\\xau.example", "https://xau.example", "/\t/xau.example"]
)
def test_signing_in_leads_home_whatever_was_asked(client: ReadingClient, world: World, trick: str) -> None:
    words = {"identifier": "household@demo.vn", "password": "ca-rot-2026", "next": trick}
    for query in ({}, {"next": trick}):
        answer = client.post("/sign-in", data=words, query_string=query)
        assert answer.status_code == 303
        assert "xau" not in answer.headers["Location"]
