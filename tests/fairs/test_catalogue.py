"""The catalogue of a fair: who is in it, how it is found, and the book pressed from it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader

from marketplace.catalogue.models import ProductPaper
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.states import PaperKind
from marketplace.fairs import catalogue
from marketplace.fairs.papers.catalogue import book as write
from marketplace.fairs.states import FairState, StandState
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.papers import press
from tests.client import ReadingClient
from tests.fairs.hall import Fairground, applied, fairground, newcomer, standing
from tests.statements import queries_sent
from tests.world import World


@pytest.fixture
def ground(world: World) -> Fairground:
    """Đồng Lạc with carrots at A01 and A02, Thăng Long with onions at B01; one that only was offered a stand."""
    made = fairground(world, booths=12, state=FairState.PUBLISHED)
    ours = applied(made, world.dong_lac, products=(world.carrots,), by=world.director)
    standing(made, ours, made.booth("A01"), made.booth("A02"))
    theirs = applied(made, world.kinh_mon, products=(world.onions,), by=world.rival)
    standing(made, theirs, made.booth("B01"))
    waiting = standing(made, applied(made, newcomer("HTX Chưa Nhận"), by=world.officer), made.booth("B02"))
    with transaction():
        waiting.state, waiting.confirmed_at = StandState.OFFERED, None
    return made


def address(ground: Fairground, more: str = "") -> str:
    return f"/fairs/{ground.fair.slug}/catalogue{more}"


def with_stars(world: World) -> None:
    """The carrots get four stars of OCOP."""
    with transaction():
        paper = cooperatives.add_certificate(
            cooperative=world.dong_lac,
            kind=PaperKind.OCOP,
            number="OC-1",
            issued_on=clock.today(),
            stars=4,
            by=world.director,
        )
        cooperatives.verify_certificate(certificate=paper, by=world.officer)
        db.session.add(ProductPaper(product_id=world.carrots.id, certificate_id=paper.id))


def test_who_has_confirmed_stands_in_it_with_stand_goods_and_links(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    page = client.get(address(ground)).text
    assert "A01, A02" in page and "B01" in page
    assert "Cà rốt Đồng Lạc" in page and "16.000" in page and 'class="ss"' in page and "VietGAP" in page
    assert "HTX Chưa Nhận" not in page
    assert f'href="/products/{world.carrots.slug}"' in page
    assert f'href="/cooperatives/{world.dong_lac.slug}"' in page


@pytest.mark.parametrize("state", [FairState.DRAFT, FairState.ANNOUNCED])
def test_before_exhibitors_are_published_there_is_none(
    world: World, ground: Fairground, client: ReadingClient, state: FairState
) -> None:
    with transaction():
        ground.fair.state = state
    assert client.get(address(ground)).status_code == 404
    assert client.post(address(ground, "/pdf")).status_code == 404
    assert write(ground.fair.slug) is None


@pytest.mark.parametrize("words", ["ca rot", "CÀ RỐT", "caf roots", "dong lac", "a02", "rot dong"])
def test_it_is_found_without_marks_by_goods_name_or_stand(
    world: World, ground: Fairground, client: ReadingClient, words: str
) -> None:
    for by in ("", "goods"):
        page = client.get(address(ground), query_string={"q": words, "by": by}).text
        assert "Cà rốt Đồng Lạc" in page and "Hành củ Kinh Môn" not in page
    assert "Không tìm thấy" in client.get(address(ground), query_string={"q": "sầu riêng"}).text


def test_by_zone_and_by_kind_of_goods(world: World, ground: Fairground, client: ReadingClient) -> None:
    zone = client.get(address(ground, "?zone=B")).text
    assert "Hành củ Kinh Môn" in zone and "Cà rốt Đồng Lạc" not in zone
    kind = world.carrots.commodity.category.slug
    group = client.get(address(ground, f"?group={kind}")).text
    assert "Cà rốt Đồng Lạc" in group and "A01, A02" in group and "Hành củ Kinh Môn" not in group
    english = client.get(f"/en{address(ground)}").text
    assert "2 exhibitors" in english and "By kind of goods" in english


def test_what_was_withdrawn_is_not_shown(world: World, ground: Fairground, client: ReadingClient) -> None:
    assert "Cà rốt Đồng Lạc" in client.get(address(ground)).text
    with transaction():
        world.carrots.state = ProductState.RETIRED
    page = client.get(address(ground)).text
    assert "Cà rốt Đồng Lạc" not in page and "A01, A02" in page, "the cached page follows at once"


def test_more_exhibitors_cost_no_more_statements(world: World, ground: Fairground) -> None:
    def count() -> int:
        db.session.expire_all()
        with queries_sent() as sent:
            fair = ground.fair
            catalogue.whole(fair, catalogue.everybody(fair))
        return len(sent)

    before = count()
    for code in ("A03", "A04", "A05", "A06", "B03", "B04"):
        seller = newcomer()
        standing(ground, applied(ground, seller, by=world.officer), ground.booth(code))
    assert count() <= before


def test_the_book_has_cover_contents_pages_index_and_codes(
    world: World, ground: Fairground, client: ReadingClient, drain: Callable[[], int]
) -> None:
    with_stars(world)
    asked = client.post(address(ground, "/pdf"))
    assert asked.status_code == 303
    drain()
    assert "PDF" in client.get(asked.location).text
    file = client.get(f"{asked.location}/file")
    assert file.mimetype == "application/pdf", "whoever reads the page may have the book, without an account"
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(file.data)).pages]
    assert ground.fair.name_vi.split()[-1] in pages[0]
    assert "Mục lục" in pages[1] and "HTX Đồng Lạc" in pages[1]
    where = next(n for n, text in enumerate(pages) if n > 1 and "Cà rốt Đồng Lạc" in text)
    assert "16.000" in pages[where] and "OCOP" in pages[where]
    index = next(text for text in pages if "Tra cứu" in text and "Cà rốt" in text)
    assert str(where + 1) in index and "A01" in index


def test_the_book_is_read_in_english_too(world: World, ground: Fairground, client: ReadingClient) -> None:
    from marketplace.foundation.words import in_language

    with in_language("en"):
        sheet = write(ground.fair.slug)
    assert sheet is not None and "Contents" in sheet.html and "/en/cooperatives/" not in sheet.html
    assert press.pdf(sheet.html).startswith(b"%PDF")
