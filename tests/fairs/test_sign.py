"""Signs over the stands: read from afar, and by a phone."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from marketplace import config
from marketplace.fairs import catalogue
from marketplace.fairs.papers.sign import signs, signs_of
from marketplace.fairs.states import FairState
from marketplace.foundation.drawing import qr
from tests.client import ReadingClient
from tests.fairs.hall import Fairground, applied, fairground, standing
from tests.world import World


@pytest.fixture
def ground(world: World) -> Fairground:
    made = fairground(world, booths=6, state=FairState.PUBLISHED)
    standing(
        made,
        applied(made, world.dong_lac, products=(world.carrots,), by=world.director),
        made.booth("A01"),
        made.booth("A02"),
    )
    standing(made, applied(made, world.kinh_mon, products=(world.onions,), by=world.rival), made.booth("A04"))
    return made


def test_the_office_prints_all_in_the_order_of_the_plan(
    world: World, ground: Fairground, client: ReadingClient, drain: Callable[[], int]
) -> None:
    client.sign_in("officer@demo.vn")
    here = f"/office/fairs/{ground.fair.slug}/signs"
    page = client.get(here).text
    assert page.index("A01, A02") < page.index("A04")
    assert "Cà rốt Đồng Lạc" in page and "Hành củ Kinh Môn" in page
    asked = client.send(f"{here}/pdf", {"size": "a3"})
    drain()
    pages = PdfReader(io.BytesIO(client.get(f"{asked.location}/file").data)).pages
    assert len(pages) == 2, "one sheet for each stand"
    assert [round(float(side) / 72 * 25.4) for side in pages[0].mediabox[2:]] == [420, 297]
    assert "A01, A02" in pages[0].extract_text() and "HTX Đồng Lạc" in pages[0].extract_text()


def test_an_exhibitor_prints_their_own_and_no_other(
    world: World, ground: Fairground, client: ReadingClient, drain: Callable[[], int]
) -> None:
    client.sign_in("kinhmon@demo.vn")
    here = f"/desk/fairs/{ground.fair.slug}/sign"
    page = client.get(here).text
    assert "A04" in page and "A01" not in page
    asked = client.send(f"{here}/pdf", {"size": "a4"})
    drain()
    pages = PdfReader(io.BytesIO(client.get(f"{asked.location}/file").data)).pages
    assert len(pages) == 1 and "A04" in pages[0].extract_text()
    assert client.get(f"/office/fairs/{ground.fair.slug}/signs").status_code in {403, 404}


def test_without_a_stand_there_is_no_sign(world: World, client: ReadingClient) -> None:
    empty = fairground(world, booths=6, state=FairState.PUBLISHED)
    client.sign_in("donglac@demo.vn")
    assert client.get(f"/desk/fairs/{empty.fair.slug}/sign").status_code == 404


def test_a_phone_reads_the_code_and_comes_to_their_goods(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    """The square on the sign is drawn from the same code; here it is read as a camera would."""
    told = signs_of(ground.fair)[0]
    opened = catalogue.page_address(told.cooperative)
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(qr.png(opened))))
    assert [each.text for each in read] == [opened]
    assert qr.svg(opened, "x").split("<path")[2] == str(catalogue.code_of(told)).split("<path")[2]
    path = opened.removeprefix(config.current().base_url)
    assert "Cà rốt Đồng Lạc" in client.get(path).text


def test_an_unknown_stand_or_size_has_no_sign(world: World, ground: Fairground) -> None:
    assert signs(ground.fair.slug, "a4", "xxx") is None
    assert signs(ground.fair.slug, "a0") is None
