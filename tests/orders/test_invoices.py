"""Invoice data out, invoice numbers back: sums that add up, files that do no harm, corrections as rows."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from marketplace.catalogue.states import Vat
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.sheets import write_csv
from marketplace.orders import invoicing, services
from marketplace.orders.models import Order, OrderInvoice
from marketplace.orders.services.invoice import InvoiceFacts
from marketplace.orders.states import InvoiceKind
from tests.client import ReadingClient
from tests.orders.agreed import agreed, holds, received
from tests.world import World

K = InvoiceKind


def facts(number: str = "123", series: str = "c26taa", **more: Any) -> InvoiceFacts:
    told = {"form_sign": "1", "issued_on": clock.today(), "authority_code": "M1-26-AAAAA", **more}
    return InvoiceFacts(series=series, number=number, **told)


def note(
    order: Order, world: World, told: InvoiceFacts, kind: InvoiceKind = K.ORIGINAL, reason: str = ""
) -> OrderInvoice:
    with transaction():
        return services.record_invoice(order=order, facts=told, kind=kind, reason=reason, by=world.director)


@pytest.fixture
def sold(world: World) -> Order:
    return received(world)


@pytest.fixture
def desk(world: World, client: ReadingClient) -> ReadingClient:
    client.sign_in("donglac@demo.vn")
    return client


@pytest.mark.parametrize(
    ("vat", "net", "tax", "code"),
    [
        (Vat.NOT_SUBJECT, 600_000, 0, "KCT"),
        (Vat.FIVE, 571_429, 28_571, "5%"),
        (Vat.TEN, 545_455, 54_545, "10%"),
    ],
)
def test_net_and_tax_add_up_to_what_was_agreed(
    world: World, sold: Order, vat: Vat, net: int, tax: int, code: str
) -> None:
    sold.lines[0].vat_code = vat
    sale = invoicing.sale_of(sold, clock.now())
    goods, fee = sale.lines
    assert (goods.net, goods.tax, goods.gross, goods.vat_code) == (net, tax, 600_000, code)
    assert (fee.gross, fee.vat_code) == (60_000, "")
    assert sale.gross == sale.net + sale.tax == sold.owed
    db.session.rollback()


def test_the_data_hold_every_field_and_no_formula(world: World, sold: Order, desk: ReadingClient) -> None:
    with transaction():
        sold.group.buyer_name = "=HYPERLINK(0)"
        sold.group.note = "Giao\nsớm"
    raw = desk.get("/desk/invoices/data.csv").data
    assert raw.startswith(b"\xef\xbb\xbf")
    header, goods, fee = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
    told = dict(zip(header, goods, strict=True))
    assert told["Tên người mua"] == "'=HYPERLINK(0)"
    assert (told["Số đơn hàng"], told["MST người bán"]) == (sold.number, "9900001387")
    assert (told["Số lượng"], told["Đơn giá chưa thuế"], told["Thuế suất"]) == ("50", "12000", "KCT")
    assert (told["Tổng thanh toán"], told["Bằng chữ"]) == ("660000", "Sáu trăm sáu mươi nghìn đồng")
    assert fee[header.index("Tên hàng hoá")] == "Phí giao hàng"

    (sale,) = json.loads(desk.get("/desk/invoices/data.json").data)["sales"]
    assert (sale["order_number"], sale["total"], sale["payment"]) == (sold.number, 660_000, "CK")
    assert sale["lines"][0]["quantity"] == "50.000"
    assert sum(line["total"] for line in sale["lines"]) == sale["total"] == sale["net"] + sale["tax"]


def test_only_ones_own_sales_of_the_days_are_there(world: World, sold: Order, client: ReadingClient) -> None:
    client.sign_in("kinhmon@demo.vn")
    assert json.loads(client.get("/desk/invoices/data.json").data)["sales"] == []
    assert sold.number not in client.get("/desk/invoices?tab=all").get_data(as_text=True)
    assert client.get(f"/desk/orders/{sold.number}/invoice").status_code == 404
    client.get("/sign-out")
    client.sign_in("donglac@demo.vn")
    assert sold.number in client.get("/desk/invoices").get_data(as_text=True)
    old = "first=1/1/2020&last=31/1/2020"
    assert json.loads(client.get(f"/desk/invoices/data.json?{old}").data)["sales"] == []
    assert client.get("/desk/invoices?first=x&last=y&tab=z").status_code == 422


def test_a_number_is_noted_once_and_corrected_by_a_row_of_its_own(world: World, sold: Order) -> None:
    first = note(sold, world, facts())
    assert first.called == "1C26TAA 00000123"
    assert note(sold, world, facts("00000123")) is first
    with pytest.raises(Refusal):
        note(sold, world, facts("124"))
    db.session.rollback()
    with pytest.raises(Refusal):
        note(sold, world, facts("124"), K.REPLACES)
    db.session.rollback()
    second = note(sold, world, facts("124"), K.REPLACES, "Sai địa chỉ")
    third = note(sold, world, facts("125"), K.ADJUSTS, "Sai đơn giá")
    assert (second.corrects_id, third.corrects_id) == (first.id, second.id)
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text("UPDATE order_invoices SET number = '1'"))
    db.session.rollback()
    other = agreed(world)
    with pytest.raises(Refusal, match=sold.number):
        note(other, world, facts())
    db.session.rollback()
    holds()


def test_the_director_types_it_and_the_buyer_sees_it(world: World, sold: Order, desk: ReadingClient) -> None:
    page = f"/desk/orders/{sold.number}/invoice"
    typed = {
        "kind": "original",
        "form_sign": "1",
        "series": "C26TAA",
        "number": "77",
        "issued_on": formats.date(clock.today()),
        "authority_code": "M1-26-BBBBB",
        "lookup_link": "tracuu.example.vn/77",
    }
    wrong = desk.send(page, {**typed, "series": "26T"})
    assert (
        wrong.status_code == 422
        and "C26TAA" in wrong.get_data(as_text=True)
        and "77" in wrong.get_data(as_text=True)
    )
    assert desk.send(page, typed).status_code == 303
    assert desk.send(page, {**typed, "kind": "original"}).status_code == 422, "it would be a correction now"
    assert (
        desk.send(page, {**typed, "kind": "replaces", "number": "78", "reason": "Sai tên"}).status_code == 303
    )
    desk.send("/sign-out")
    buyer = desk.get(f"/orders/{sold.ref}").get_data(as_text=True)
    for words in ("1C26TAA 00000077", "Hoá đơn thay thế", "1C26TAA 00000078", "M1-26-BBBBB"):
        assert words in buyer


def test_a_list_of_numbers_is_noted_row_by_row(world: World, sold: Order, desk: ReadingClient) -> None:
    other = agreed(world)
    today = formats.date(clock.today())
    rows = [
        [sold.number, "1C26TAA", "5", today, "M1"],
        [other.number, "C26TAA", "5", today, ""],
        ["KHONG-CO", "C26TAA", "6", today, ""],
        [other.number, "C26TAA", "abc", today, ""],
        [other.number, "C26TAA", "7", "hôm qua", ""],
        [other.number, "", "7", today, ""],
    ]
    sheet = write_csv(["Số đơn hàng", "Ký hiệu", "Số hoá đơn", "Ngày hoá đơn", "Mã CQT"], rows)
    for result in ("Đã ghi", "Đã có từ trước"):
        page = desk.send(
            "/desk/invoices/numbers",
            {"file": (io.BytesIO(sheet), "hoa-don.csv")},
            content_type="multipart/form-data",
        ).get_data(as_text=True)
        assert result in page and page.count("Chưa ghi được") == 5
        assert f"Số này đã ghi ở đơn hàng {sold.number}" in page
    assert [each.called for each in db.session.scalars(db.select(OrderInvoice))] == ["1C26TAA 00000005"]
    nothing = write_csv(["Tên", "Giá"], [["a", "1"]])
    told = desk.send(
        "/desk/invoices/numbers", {"file": (io.BytesIO(nothing), "x.csv")}, content_type="multipart/form-data"
    )
    assert told.status_code == 422 and "Không tìm thấy các cột" in told.get_data(as_text=True)
