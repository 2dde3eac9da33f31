"""The alliance's own sign: drawn anew, looked at, kept from a day on, and shown wherever its name stands."""

from __future__ import annotations

import base64
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image, ImageDraw

from marketplace import config
from marketplace.alliance import queries, services
from marketplace.alliance.known import LOGO
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.media import PhotoRefused, keep_mark, store
from marketplace.foundation.media import queries as media
from marketplace.foundation.media.mark import Mark
from marketplace.foundation.web import signs
from marketplace.inbox import services as inbox
from marketplace.inbox.letters import LETTERS
from marketplace.site import share
from tests.client import ReadingClient, another
from tests.world import World

BASE = "/office/settings/logo"


def picture(width: int = 400, height: int = 300, kind: str = "PNG", edge: int = 20) -> io.BytesIO:
    """A red disc on nothing."""
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle(
        (edge, edge, width - edge - 1, height - edge - 1), fill=(200, 30, 30, 255)
    )
    file = io.BytesIO()
    (image if kind == "PNG" else image.convert("RGB")).save(file, kind)
    file.seek(0)
    return file


def kept(mark: Mark | None, ahead: int = 0) -> Any:
    with transaction():
        day = clock.today() + dt.timedelta(days=ahead)
        return services.change(name=LOGO, value=mark, from_day=day, reason="Bộ nhận diện mới")


def test_a_sign_is_drawn_anew_without_its_empty_edges(app: Flask) -> None:
    mark = keep_mark(stream=picture())
    seen = Image.open(io.BytesIO(store.public().get(mark.seen)))
    on_white = Image.open(io.BytesIO(store.public().get(mark.on_white)))
    assert seen.format == "WEBP" and on_white.format == "JPEG"
    assert seen.size == on_white.size == (mark.width, mark.height)
    assert mark.height <= 264 and abs(mark.width / mark.height - 360 / 260) < 0.02
    assert mark.within(110, 44) == (61, 44)
    assert not seen.getexif() and "exif" not in on_white.info
    with pytest.raises(PhotoRefused):
        keep_mark(stream=io.BytesIO(b"<svg onload='alert(1)'/>"), field="file")
    empty = io.BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(empty, "PNG")
    empty.seek(0)
    assert keep_mark(stream=empty).height > 0


def test_it_stands_on_pages_letters_papers_and_cards(world: World, client: ReadingClient) -> None:
    house = client.get("/").text
    assert "img/icon.svg" in house.split("</header>")[0] or "icon.svg" in house
    plain = share.page_card("Chợ", "Lời", SVG, share.HUES["leaf"])
    mark = keep_mark(stream=picture())
    kept(mark)
    client.sign_in("officer@demo.vn")
    for path in ("/", "/en/", "/office", "/about", "/nothing-here"):
        head = client.get(path).text.split("</header>")[0]
        assert f"/media/{mark.seen}" in head, path
    assert client.get(f"/media/{mark.seen}").status_code == 200
    letter = LETTERS["entries.denied"]
    html = inbox.written(letter, "An", "vi", "/", letter.sample())[2]
    assert f"{config.current().base_url}/media/{mark.on_white}" in html
    data = base64.b64encode(store.public().get(mark.on_white)).decode()
    assert data in signs.on_paper(True) and f"/media/{mark.on_white}" in signs.on_paper(False)
    assert share.page_card("Chợ", "Lời", SVG, share.HUES["leaf"]) != plain
    kept(None)
    assert mark.seen not in client.get("/").text and not signs.on_paper(True) and not signs.in_letter()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h10v10H0z" fill="#1e6b43"/></svg>'


def test_it_stands_small_in_tabs_and_falls_back(world: World, client: ReadingClient) -> None:
    house = client.get("/").text
    assert 'type="image/svg+xml"' in house and "apple-touch-icon" not in house
    assert client.get("/favicon.ico").headers["Location"].endswith("icon.svg")
    assert client.get("/icon/0123456789abcdef.png").headers["Location"].endswith("icon.svg")
    mark = keep_mark(stream=picture())
    kept(mark)
    own = f"/icon/{mark.seen[:16]}.png"
    for path in ("/", "/en/"):
        assert client.get(path).text.count(own) == 2
    assert client.get("/favicon.ico").headers["Location"] == own
    answer = client.get(own)
    drawn = Image.open(io.BytesIO(answer.data))
    assert (answer.mimetype, drawn.format, drawn.size) == ("image/png", "PNG", (192, 192))
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    red, green, blue, solid = drawn.getpixel((96, 96))
    assert red > 180 and max(green, blue) < 60 and solid == 255
    assert drawn.getpixel((0, 0))[3] == 0
    older = client.get("/icon/0123456789abcdef.png")
    assert older.status_code == 302 and older.headers["Location"] == own
    assert older.headers["Cache-Control"] == "public, max-age=3600"
    client.sign_in("officer@demo.vn")
    assert own in client.get(BASE).text
    store.public().delete(mark.seen)
    kept(None)
    assert own not in client.get("/").text
    assert client.get(own).headers["Location"].endswith("icon.svg")


def test_an_icon_whose_file_is_gone_is_that_of_the_house(client: ReadingClient) -> None:
    mark = keep_mark(stream=picture())
    kept(mark)
    store.public().delete(mark.seen)
    assert client.get(f"/icon/{mark.seen[:16]}.png").headers["Location"].endswith("icon.svg")


def test_it_holds_from_its_day_and_an_earlier_one_comes_back(app: Flask) -> None:
    first, second = keep_mark(stream=picture()), keep_mark(stream=picture(500, 200))
    kept(first)
    kept(second, ahead=4)
    assert config.current().logo == first
    change = kept(second)
    assert config.current().logo == second
    with transaction():
        services.take_back(change=db.session.merge(change), reason="Nhầm")
    assert config.current().logo == first
    names = {first.seen, first.on_white, second.seen, second.on_white}
    assert names <= queries.kept_marks() <= media.public_names()


def test_a_picture_that_is_not_kept_goes_with_the_sweep(app: Flask) -> None:
    used, lost = keep_mark(stream=picture()), keep_mark(stream=picture(200, 200))
    kept(used)
    strays = {name for _shelf, name in media.stray_files(clock.now() + dt.timedelta(days=2))}
    assert {lost.seen, lost.on_white} <= strays and not {used.seen, used.on_white} & strays


def test_a_paper_goes_without_it_when_its_file_is_gone(app: Flask) -> None:
    mark = keep_mark(stream=picture())
    kept(mark)
    store.public().delete(mark.on_white)
    assert signs.on_paper(True) == ""


def test_only_a_kept_picture_is_a_sign(app: Flask) -> None:
    for odd in ("../../etc/passwd", "a.webp b.jpg 1x1", f"{'0' * 64}.webp {'0' * 64}.jpg 0x9", ""):
        with pytest.raises(config.Odd):
            queries.LOGO_RULE.read(odd)
    with pytest.raises(Refusal), transaction():
        services.change(name="logo_other", value="x", from_day=clock.today(), reason="Thử")


def test_an_administrator_sends_looks_keeps_and_takes_back(
    world: World, client: ReadingClient, tmp_path: Path
) -> None:
    client.sign_in("officer@demo.vn")
    told = {"from_day": f"{clock.today():%d/%m/%Y}", "reason": "Bộ nhận diện mới"}
    for language in ("", "/en"):
        assert client.get(f"{language}{BASE}").status_code == 200
    assert client.send(BASE, data=told).status_code == 422
    assert client.send(BASE, data=told | {"kept": "../x"}).status_code == 422
    bad = client.send(BASE, data=told | {"file": (io.BytesIO(b"MZ"), "a.png")})
    assert bad.status_code == 422 and "Bộ nhận diện mới" in bad.text
    small = client.send(BASE, data=told | {"file": (picture(60, 60, edge=2), "a.png")})
    assert small.status_code == 422 and "88" in small.text
    looked = client.send(BASE, data=told | {"file": (picture(), "logo.png")})
    assert looked.status_code == 200 and config.current().logo is None
    written = looked.text.split('name="kept" value="')[1].split('"')[0]
    assert client.send(BASE, data=told | {"kept": written, "sure": "y"}).status_code == 303
    mark = config.current().logo
    assert mark is not None and mark.seen in client.get("/office/settings").text
    back = f"/office/settings/logo/changes/{queries.history_of(LOGO)[0].id}/reversal"
    assert client.get(back).status_code == 200
    assert client.send(back, data={"reason": "Nhầm"}).status_code == 303
    assert config.current().logo is None
    kept(mark)
    assert client.send(f"{BASE}/house", data={"reason": ""}).status_code == 422
    assert client.send(f"{BASE}/house", data={"reason": "Chờ duyệt"}).status_code == 303
    assert config.current().logo is None


def test_others_do_not(world: World, client: ReadingClient) -> None:
    assert another(client.application).get(BASE).status_code in {302, 303, 401, 403}
    client.sign_in("donglac@demo.vn")
    assert client.get(BASE).status_code in {403, 404}
    assert client.send(BASE, data={"kept": "x"}).status_code in {403, 404}
