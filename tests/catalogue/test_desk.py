"""A director begins a product, fills it in, sends it, and changes it later."""

from __future__ import annotations

import io
from decimal import Decimal

from PIL import Image
from sqlalchemy import select

from marketplace.catalogue import queries, services
from marketplace.catalogue.models import PriceChange, Product
from marketplace.catalogue.states import ProductState
from marketplace.foundation.audit import history_of
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


def with_photos(desk, market, count: int) -> list[int]:
    """Send this many photos of the carrots; their ids in the order they were sent."""
    sent = [(io.BytesIO(jpeg(640, 480)), f"{n}.jpg") for n in range(count)]
    path = f"/desk/products/{market.carrots.ref}/photos"
    desk.send(path, {"photos": sent}, content_type="multipart/form-data")
    return order(market)


def order(market) -> list[int]:
    return [shown.photo_id for shown in current(market.carrots).photos]


def test_photos_are_put_in_order_and_the_first_is_on_the_card(desk, market, drain) -> None:
    first, second, third = with_photos(desk, market, 3)
    drain()
    path = f"/desk/products/{market.carrots.ref}/photos"
    answer = desk.send(f"{path}/{third}/place", {"place": "1"})
    assert answer.location == f"{path}#photo-{third}"
    assert order(market) == [third, first, second]
    desk.send(f"{path}/{third}/place", {"place": "2"})
    assert order(market) == [first, third, second]
    page = desk.get("/products/ca-rot-dong-lac").get_data(as_text=True)
    places = [page.index(current(market.carrots).photos[n].photo.src) for n in range(3)]
    assert places == sorted(places)


def test_what_is_left_closes_up_when_a_photo_is_taken_away(desk, market) -> None:
    first, second, third = with_photos(desk, market, 3)
    path = f"/desk/products/{market.carrots.ref}/photos"
    desk.send(f"{path}/{first}/removal")
    fourth = with_photos(desk, market, 1)[-1]
    assert order(market) == [second, third, fourth]
    newest = history_of("product", market.carrots.id)[0]
    assert (newest.kind, newest.sentence) == ("PhotosChanged", "Ảnh đã đổi: hiện có 3 ảnh")
    assert [shown.position for shown in current(market.carrots).photos] == [1, 2, 3]


def test_a_photo_that_is_gone_or_a_place_that_is_none_is_answered_with_a_sentence(desk, market) -> None:
    first, second = with_photos(desk, market, 2)
    path = f"/desk/products/{market.carrots.ref}/photos"
    for photo, place in (
        (first + second + 1000, "1"),
        (second, "0"),
        (second, "9"),
        (second, "x"),
        (second, ""),
    ):
        answer = desk.send(f"{path}/{photo}/place", {"place": place})
        assert answer.status_code == 422
        assert 'class="problems"' in answer.get_data(as_text=True)
    assert order(market) == [first, second]


def test_another_cooperatives_photos_are_out_of_reach(desk, market) -> None:
    assert desk.send(f"/desk/products/{market.onions.ref}/photos/1/place", {"place": "1"}).status_code == 404


def test_a_ninth_photo_is_refused_and_none_of_its_kind_is_kept(desk, market) -> None:
    with_photos(desk, market, 7)
    sent = [(io.BytesIO(jpeg(640, 480)), f"{n}.jpg") for n in range(2)]
    path = f"/desk/products/{market.carrots.ref}/photos"
    answer = desk.send(path, {"photos": sent}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert len(order(market)) == 7
    assert len(with_photos(desk, market, 1)) == 8
    assert 'type="file"' not in desk.get(path).get_data(as_text=True)
