"""A director begins a product, fills it in, sends it, and changes it later."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
from PIL import Image
from sqlalchemy import select

from marketplace.catalogue import queries, services
from marketplace.catalogue.models import PriceChange, Product
from marketplace.catalogue.states import ProductState
from marketplace.foundation.db import db, transaction


def current(product: Product) -> Product:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Product, product.id)


def test_from_the_first_question_to_the_market(desk, market) -> None:
    for path in ("/desk/products", "/desk/products/new", "/desk/products/new/toi"):
        assert desk.get(path).status_code == 200
    begun = desk.send(
        "/desk/products/new/toi", {"name_vi": "Tỏi Đồng Lạc", "sale_unit": "kg", "price": "85k"}
    )
    assert begun.status_code == 303
    words = begun.location
    saved = desk.send(words, {"name_vi": "Tỏi Đồng Lạc", "grade": "Loại 1", "story_vi": "Tỏi phơi nắng."})
    assert saved.location.endswith("/terms")
    terms = desk.send(
        saved.location,
        {"months": ["2", "3"], "peak_months": ["3"], "min_order": "2", "step": "0,5", "vat_code": "KCT"},
    )
    assert terms.location.endswith("/photos")
    product = db.session.scalars(select(Product).where(Product.name_vi == "Tỏi Đồng Lạc")).one()
    assert (product.state, product.price, product.step) == (ProductState.DRAFT, 85_000, Decimal("0.5"))
    assert desk.get(terms.location).status_code == 200
    page = f"/desk/products/{product.ref}"
    assert desk.get(page).status_code == 200
    assert desk.send(f"{page}/submission").status_code == 303
    assert current(product).state is ProductState.IN_REVIEW


def test_a_smallest_order_is_a_whole_number_of_steps(desk, market) -> None:
    path = f"/desk/products/{market.carrots.ref}/terms"
    answer = desk.send(path, {"months": ["1"], "min_order": "5", "step": "2", "vat_code": "KCT"})
    assert answer.status_code == 422


def test_a_new_price_holds_at_once_and_the_old_one_is_kept(desk, market) -> None:
    path = f"/desk/products/{market.carrots.ref}/price"
    data = {"price": "18k", "more-0-start": "100", "more-0-price": "15000"}
    assert desk.send(path, data).status_code == 303
    product = current(market.carrots)
    assert queries.price_for(product, Decimal(99)) == 18_000
    assert queries.price_for(product, Decimal(100)) == 15_000
    changes = db.session.scalars(
        select(PriceChange).where(PriceChange.product_id == product.id).order_by(PriceChange.id)
    ).all()
    assert [change.until is None for change in changes] == [False, True]


def test_who_buys_more_never_pays_more(desk, market) -> None:
    path = f"/desk/products/{market.carrots.ref}/price"
    data = {"price": "18k", "more-0-start": "100", "more-0-price": "19000"}
    assert desk.send(path, data).status_code == 422
    assert current(market.carrots).price == 16_000


def test_a_new_name_waits_and_a_new_story_does_not(desk, market) -> None:
    path = f"/desk/products/{market.carrots.ref}/words"
    desk.send(path, {"name_vi": "Cà rốt VietGAP", "grade": market.carrots.grade, "story_vi": "Đất phù sa."})
    product = current(market.carrots)
    assert (product.name_vi, product.story_vi) == ("Cà rốt Đồng Lạc", "Đất phù sa.")
    change = queries.open_change(product)
    assert change.fields["name_vi"] == ["Cà rốt Đồng Lạc", "Cà rốt VietGAP"]
    assert "Cà rốt VietGAP" in desk.get(f"/desk/products/{product.ref}").get_data(as_text=True)


def test_another_cooperatives_product_does_not_exist_here(desk, market) -> None:
    for way in ("", "/price", "/words", "/terms", "/photos"):
        assert desk.get(f"/desk/products/{market.onions.ref}{way}").status_code == 404
    assert desk.send(f"/desk/products/{market.onions.ref}/pause").status_code == 404
    assert current(market.onions).state is ProductState.PUBLISHED


def test_pause_and_sell_again(desk, market) -> None:
    page = f"/desk/products/{market.carrots.ref}"
    desk.send(f"{page}/pause")
    assert current(market.carrots).state is ProductState.PAUSED
    desk.send(f"{page}/resumption")
    assert current(market.carrots).state is ProductState.PUBLISHED


def rows(market, **prices: str) -> dict[str, str]:
    """What the page of all prices sends."""
    products = queries.all_of_cooperative(market.dong_lac.id)
    sent: dict[str, str] = {}
    for at, product in enumerate(products):
        sent[f"rows-{at}-ref"] = product.ref
        sent[f"rows-{at}-price"] = prices.get(product.slug.replace("-", "_"), str(int(product.price)))
        sent[f"rows-{at}-state"] = str(product.state)
    return sent


def test_all_prices_on_one_page_are_saved_together(desk, market) -> None:
    assert desk.get("/desk/products/prices").status_code == 200
    answer = desk.send("/desk/products/prices", rows(market, ca_rot_dong_lac="17.000", cai_bap_dong_lac="8k"))
    assert answer.status_code == 303
    assert (current(market.carrots).price, current(market.cabbage).price) == (17_000, 8_000)


def test_one_wrong_price_saves_none(desk, market) -> None:
    answer = desk.send("/desk/products/prices", rows(market, ca_rot_dong_lac="9.000", cai_bap_dong_lac="8k"))
    assert answer.status_code == 422
    assert (current(market.carrots).price, current(market.cabbage).price) == (16_000, 9_000)


def test_the_sheet_goes_out_and_comes_back_with_a_report(desk, market) -> None:
    sheet = desk.get("/desk/products/prices.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(sheet.data))
    lines = list(book.active.iter_rows(values_only=True))
    assert len(lines) == 3
    for line in book.active.iter_rows(min_row=2):
        if line[1].value == "Cà rốt Đồng Lạc":
            line[3].value = 15_500
        else:
            line[3].value = "rẻ thôi"
    book.active.append(["khong-co", "Lạ", "kg", 5])
    filled = io.BytesIO()
    book.save(filled)
    filled.seek(0)
    answer = desk.send(
        "/desk/products/prices/sheet",
        {"file": (filled, "gia.xlsx")},
        content_type="multipart/form-data",
    )
    page = answer.get_data(as_text=True)
    assert 'value="15.500"' in page
    assert page.count("tag-bad") == 2
    assert current(market.carrots).price == 16_000


def test_guests_and_buyers_have_no_desk(client, market) -> None:
    assert client.get("/desk/products").status_code == 303
    with transaction():
        services.pause(product=market.onions, by=None)
    assert client.get(f"/desk/products/{market.onions.ref}").status_code in {303, 404}


def test_photos_are_received_and_taken_away(desk, market, drain) -> None:
    path = f"/desk/products/{market.carrots.ref}/photos"
    sent = io.BytesIO(jpeg(640, 480))
    assert desk.get(path).status_code == 200
    answer = desk.send(path, {"photos": (sent, "ruong.jpg")}, content_type="multipart/form-data")
    assert answer.status_code == 303
    drain()
    product = current(market.carrots)
    assert [shown.photo.is_ready for shown in product.photos] == [True]
    assert "srcset" in desk.get("/products/ca-rot-dong-lac").get_data(as_text=True)
    desk.send(f"{path}/{product.photos[0].photo_id}/removal")
    assert current(market.carrots).photos == []


def test_a_file_that_is_no_photo_is_refused_with_a_sentence(desk, market) -> None:
    path = f"/desk/products/{market.carrots.ref}/photos"
    data = {"photos": (io.BytesIO(b"<svg/>"), "x.svg")}
    assert desk.send(path, data, content_type="multipart/form-data").status_code == 422
    assert current(market.carrots).photos == []


def jpeg(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "#c24e14").save(buffer, "JPEG")
    return buffer.getvalue()
