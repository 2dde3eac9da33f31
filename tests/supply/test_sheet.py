"""The sheet goes out, is filled in, comes back to be looked at, and is then saved in one go."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from marketplace.catalogue.states import ProductState
from marketplace.foundation.db import transaction
from tests.factories.catalogue import product_of
from tests.orders.buying import order_for
from tests.supply.conftest import PRICES, Desk

CODE, NAME, GRADE, UNIT, PRICE, MORE, ON_HAND, SET_ASIDE, SALE = range(9)
ON, OFF = ProductState.PUBLISHED, ProductState.PAUSED


def sheet(desk: Desk, prefix: str = "") -> Any:
    return openpyxl.load_workbook(io.BytesIO(desk.client.get(f"{prefix}{PRICES}.xlsx").data))


def line_of(book: Any, ref: str) -> Any:
    return next(line for line in book.active.iter_rows(min_row=2) if line[CODE].value == ref)


def send(desk: Desk, book: Any) -> str:
    """Send the sheet and look at what comes back."""
    filled = io.BytesIO()
    book.save(filled)
    filled.seek(0)
    data = {"file": (filled, "gia.xlsx")}
    answer = desk.client.send(f"{PRICES}/sheet", data, content_type="multipart/form-data")
    desk.open(answer)
    return desk.html


def test_the_sheet_holds_what_the_desk_knows(desk: Desk) -> None:
    order_for((desk.world.carrots, 60), person_id=desk.world.household.id)
    book = sheet(desk)
    assert [cell.value for cell in book.active[1]] == [
        "Mã", "Tên", "Loại, cỡ", "Đơn vị", "Giá", "Giá mua nhiều", "Đang có", "Đã giữ cho khách",
        "Tình trạng bán",
    ]  # fmt: skip
    told = [cell.value for cell in line_of(book, desk.world.carrots.ref)]
    assert told[NAME:] == [
        "Cà rốt Đồng Lạc",
        None,
        "kg",
        16_000,
        "50\u00a0kg: 12.000\u00a0₫",
        500,
        60,
        "Đang bán",
    ]
    assert line_of(book, desk.garlic.ref)[ON_HAND].value is None
    assert len(list(book.active.iter_rows(min_row=2))) == 3


def test_a_name_that_looks_like_a_formula_stays_a_name(desk: Desk) -> None:
    with transaction():
        odd = product_of(desk.world.dong_lac, "toi", "=HYPERLINK(1)", (0, 85_000), grade="+1")
    line = line_of(sheet(desk), odd.ref)
    assert [(line[at].value, line[at].data_type) for at in (NAME, GRADE)] == [
        ("=HYPERLINK(1)", "s"),
        ("+1", "s"),
    ]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_sheet_comes_back_line_by_line_and_is_saved_in_one_go(desk: Desk, prefix: str) -> None:
    book = sheet(desk, prefix)
    carrots = line_of(book, desk.world.carrots.ref)
    carrots[PRICE].value, carrots[ON_HAND].value = 15_500, 480.5
    line_of(book, desk.cabbage.ref)[SALE].value = {"": "tạm ngừng", "/en": "Paused"}[prefix]
    page = send(desk, book)
    assert "Giá: 16.000\u00a0₫ → 15.500\u00a0₫; Đang có: 500\u00a0kg → 480,5\u00a0kg" in page
    assert "Tình trạng bán: Đang bán → Tạm ngừng" in page
    assert "Tỏi Đồng Lạc giữ nguyên." in page
    assert desk.garlic.ref not in page, "what stays as it is does not stand in the form"
    assert desk.now(desk.world.carrots) == (16_000, Decimal(500), ON)

    assert desk.save() == 422, "a new count needs its reason"
    desk.sent["reason"] = "Kiểm kho"
    assert desk.save() == 303
    assert desk.now(desk.world.carrots) == (15_500, Decimal("480.5"), ON)
    assert desk.now(desk.cabbage) == (9_000, Decimal(1500), OFF)

    assert "Không có gì để lưu" in send(desk, book), "the same sheet once more changes nothing"
    assert not [name for name in desk.sent if name.startswith("rows-")]


def test_wrong_lines_say_why_and_stay_to_be_put_right(desk: Desk) -> None:
    order_for((desk.world.carrots, 60), person_id=desk.world.household.id)
    book = sheet(desk)
    carrots, cabbage = line_of(book, desk.world.carrots.ref), line_of(book, desk.cabbage.ref)
    carrots[PRICE].value, carrots[ON_HAND].value = "rẻ thôi", 10
    cabbage[PRICE].value = 8_000
    line_of(book, desk.garlic.ref)[SALE].value = "Đang bán"
    page = send(desk, book)
    assert "Cà rốt Đồng Lạc. Giá: Chưa hiểu số tiền này." in page
    assert "Đã giữ 60\u00a0kg cho khách" in page
    assert page.count("tag-bad") == 2 and page.count("tag-ok") >= 1
    assert desk.typed(desk.world.carrots, "price") == "rẻ thôi"
    assert desk.save() == 422
    assert desk.now(desk.cabbage)[0] == 9_000, "nothing is half done"
    desk.write(desk.world.carrots, price="15k", counted="500")
    assert desk.save() == 303
    assert (desk.now(desk.world.carrots)[0], desk.now(desk.cabbage)[0]) == (15_000, 8_000)


def test_strange_and_foreign_codes_and_doubles_are_refused(desk: Desk) -> None:
    book = sheet(desk)
    line_of(book, desk.world.carrots.ref)[PRICE].value = 15_000
    for ref in ("khong-co", desk.world.onions.ref, desk.world.carrots.ref):
        book.active.append([ref, "Lạ", "", "kg", 5])
    page = send(desk, book)
    assert page.count("tag-bad") == 3 and "Hành củ" not in page
    assert desk.save() == 303
    assert desk.now(desk.world.carrots)[0] == 15_000
    assert desk.now(desk.world.onions)[0] == 28_000


def _without_price(book: Any) -> None:
    book.active.delete_cols(PRICE + 1)


def _emptied(book: Any) -> None:
    for line in book.active.iter_rows(min_row=2):
        for at in (PRICE, ON_HAND, SALE):
            line[at].value = None


@pytest.mark.parametrize("change", [_without_price, _emptied])
def test_what_the_sheet_does_not_say_stays_as_it_is(desk: Desk, change: Callable[[Any], None]) -> None:
    book = sheet(desk)
    change(book)
    assert "Không có gì để lưu" in send(desk, book)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", "Tên;Giá\nCà rốt;5\n".encode(), b"\x00\x01"])
def test_a_file_that_is_no_such_sheet_is_answered_with_a_sentence(desk: Desk, data: bytes) -> None:
    answer = desk.client.send(
        f"{PRICES}/sheet", {"file": (io.BytesIO(data), "gia.csv")}, content_type="multipart/form-data"
    )
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.get_data(as_text=True)
