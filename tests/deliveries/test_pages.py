"""The desk's deliveries, the papers, the buyer's receipt, and what a lot's code opens."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import resvg_py
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from marketplace.deliveries import queries, services
from marketplace.deliveries.models import Delivery
from marketplace.deliveries.states import DeliveryState, ReceivedHow
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.payments import queries as payments
from marketplace.payments.states import ChargeState
from tests import services as neighbours
from tests.client import ReadingClient, another
from tests.deliveries.conftest import agreed
from tests.world import World


@pytest.fixture
def desk(client: ReadingClient, world: World) -> ReadingClient:
    client.sign_in("donglac@demo.vn")
    return client


def path(delivery: Delivery, more: str = "") -> str:
    return f"/desk/deliveries/{delivery.ref}{more}"


def quantity(delivery: Delivery, much: str) -> dict[str, str]:
    return {f"quantity_{delivery.lines[0].id}": much}


def packed(delivery: Delivery) -> dict[str, str]:
    line = delivery.lines[0].id
    return {
        "packed_on": formats.date(clock.today()),
        f"harvested_on_{line}": "1/1/2020",
        f"plot_{line}": "đồng Mạc Động, thửa 12",
        f"grower_{line}": "Tổ sản xuất số 1",
        f"kg_{line}": "38,5",
    }


def sent(world: World, **more: Any) -> Delivery:
    delivery = agreed(world, **more)
    with transaction():
        services.pack(delivery=delivery, by=world.director)
        services.dispatch(delivery=delivery, by=world.director)
    return delivery


def test_the_desk_leads_from_packing_to_hand_over(world: World, desk: ReadingClient) -> None:
    delivery = agreed(world)
    listed = desk.get("/desk/deliveries").get_data(as_text=True)
    assert "Sắp đi" in listed and delivery.ref in listed

    assert "Đóng hàng" in desk.get(path(delivery)).get_data(as_text=True)
    assert desk.send(path(delivery, "/packed"), packed(delivery)).status_code == 303
    assert "Cho hàng đi" in desk.get(path(delivery)).get_data(as_text=True)
    too_much = desk.send(path(delivery, "/dispatch"), quantity(delivery, "41"))
    assert too_much.status_code == 422 and "nhiều nhất 40" in too_much.get_data(as_text=True)
    leaving = {**quantity(delivery, "40 kg"), "vehicle": "34C-000.12"}
    assert desk.send(path(delivery, "/dispatch"), leaving).status_code == 303
    assert desk.send(path(delivery, "/hand-over"), quantity(delivery, "39,5")).status_code == 303

    db.session.expire_all()
    assert (delivery.state, delivery.received_how) == (DeliveryState.RECEIVED, ReceivedHow.SELLER)
    assert (delivery.lines[0].received, delivery.vehicle) == (Decimal("39.5"), "34C-000.12")
    assert delivery.ref in desk.get("/desk/deliveries?tab=done").get_data(as_text=True)
    assert delivery.ref not in desk.get("/desk/deliveries").get_data(as_text=True)
    assert desk.get(f"/en{path(delivery)}").status_code == 200


def test_a_harvest_still_to_come_is_refused(world: World, desk: ReadingClient) -> None:
    delivery = agreed(world)
    late = {**packed(delivery), f"harvested_on_{delivery.lines[0].id}": "1/1/2099"}
    assert desk.send(path(delivery, "/packed"), late).status_code == 422
    db.session.expire_all()
    assert delivery.state is DeliveryState.PLANNED


def test_cash_is_confirmed_at_hand_over_once(world: World, desk: ReadingClient) -> None:
    delivery = sent(world, method="cod")
    page = desk.get(path(delivery)).get_data(as_text=True)
    assert "Tiền mặt đã thu" in page and "540.000" in page
    taken = {**quantity(delivery, "40"), "cash": "540.000"}
    assert desk.send(path(delivery, "/hand-over"), taken).status_code == 303
    desk.send(path(delivery, "/hand-over"), taken)

    db.session.expire_all()
    charge = payments.charge_for(delivery.source_kind, delivery.source_id)
    assert charge is not None
    assert (charge.state, charge.received) == (ChargeState.SETTLED, Money(540_000))


def test_a_refused_hand_over_takes_no_money(world: World, desk: ReadingClient) -> None:
    delivery = sent(world, method="cod")
    too_much = {**quantity(delivery, "41"), "cash": "540.000"}
    assert desk.send(path(delivery, "/hand-over"), too_much).status_code == 422
    db.session.expire_all()
    charge = payments.charge_for(delivery.source_kind, delivery.source_id)
    assert charge is not None and charge.received == Money(0)


def test_the_papers_say_what_goes_where(world: World, desk: ReadingClient) -> None:
    delivery = sent(world)
    lot = delivery.lines[0].lot
    assert lot is not None
    for paper in ("/slip", "/packing", "/labels"):
        page = desk.get(path(delivery, paper)).get_data(as_text=True)
        assert "Cà rốt Đồng Lạc" in page and "40 kg" in page.replace("\xa0", " "), paper


def test_the_slip_as_pdf_is_the_printed_slip(
    world: World, desk: ReadingClient, drain: Callable[[], int]
) -> None:
    neighbours.need(neighbours.pango)
    delivery = sent(world)
    lot = delivery.lines[0].lot
    assert lot is not None
    wanted = desk.send(path(delivery, "/slip/pdf")).location
    assert "tag-wait" in desk.get(wanted).get_data(as_text=True)
    drain()
    db.session.rollback()
    pdf = desk.get(f"{wanted}/file")
    assert pdf.mimetype == "application/pdf"
    words = PdfReader(io.BytesIO(pdf.data)).pages[0].extract_text().replace("\xa0", " ")
    for told in (delivery.number, "Phiếu giao hàng", "Nguyễn Thị Lan", "Cà rốt Đồng Lạc", "40 kg", lot.code):
        assert told in words


def test_the_code_on_a_label_opens_the_lot(world: World, desk: ReadingClient) -> None:
    delivery = sent(world)
    lot = delivery.lines[0].lot
    assert lot is not None
    page = desk.get(path(delivery, "/labels")).get_data(as_text=True)
    drawing = page[page.index('<svg xmlns="http://www.w3.org/2000/svg"') :]
    drawing = drawing[: drawing.index("</svg>") + 6]
    picture = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=drawing, width=500))))
    address = zxingcpp.read_barcodes(picture.convert("RGB"))[0].text
    assert address == f"http://localhost/lots/{lot.code}"

    guest = desk.application.test_client()
    opened = guest.get(f"/lots/{lot.code}").get_data(as_text=True)
    assert "Cà rốt Đồng Lạc" in opened and world.dong_lac.name in opened and "VietGAP" in opened
    assert "Nguyễn Thị Lan" not in opened and "+8491" not in opened
    assert guest.get(f"/en/lots/{lot.code}").status_code == 200
    assert guest.get("/lots/0101-22222").status_code == 404


def test_a_guest_with_the_link_says_that_all_arrived_and_comes_back(
    world: World, client: ReadingClient
) -> None:
    delivery = sent(world, link="/orders/abc")
    answer = client.post(f"/deliveries/{delivery.ref}/receipt", data={"return": "/orders"})
    assert (answer.status_code, answer.location) == (303, "/orders")
    db.session.expire_all()
    assert (delivery.lines[0].received, delivery.received_how) == (Decimal(40), ReceivedHow.BUYER)
    again = client.post(f"/deliveries/{delivery.ref}/receipt")
    assert again.status_code == 422


def test_a_director_says_that_goods_bought_from_the_own_cooperative_came(
    world: World, desk: ReadingClient
) -> None:
    own = sent(world, person_id=world.director.id)
    assert desk.send(f"/deliveries/{own.ref}/receipt").status_code == 303


def test_the_sender_says_for_no_guest_that_all_arrived(world: World, desk: ReadingClient) -> None:
    assert desk.send(f"/deliveries/{sent(world).ref}/receipt").status_code == 403


def test_a_guest_counts_less(world: World, client: ReadingClient) -> None:
    delivery = sent(world)
    receipt = f"/deliveries/{delivery.ref}/receipt"
    assert "Hàng nào đã đến?" in client.get(receipt).get_data(as_text=True)
    assert client.post(receipt, data=quantity(delivery, "41")).status_code == 422
    assert client.post(receipt, data=quantity(delivery, "0")).status_code == 303
    db.session.expire_all()
    assert delivery.lines[0].received == Decimal(0)
    page = client.get(receipt)
    assert page.status_code == 200 and page.headers["Cache-Control"] == "no-store"


def test_a_members_delivery_is_received_by_its_buyer_alone(world: World, client: ReadingClient) -> None:
    delivery = sent(world, person_id=world.household.id)
    receipt = f"/deliveries/{delivery.ref}/receipt"
    assert client.get(receipt).status_code == 303
    for who in ("kinhmon@demo.vn", "donglac@demo.vn"):
        other = another(client.application)
        other.sign_in(who)
        assert other.send(receipt).status_code == 403
    client.sign_in("household@demo.vn")
    assert client.send(receipt).status_code == 303
    db.session.expire_all()
    assert delivery.state is DeliveryState.RECEIVED


def test_another_cooperative_sees_nothing_of_it(world: World, client: ReadingClient) -> None:
    delivery = agreed(world)
    option = queries.options_of(world.dong_lac.id)[0]
    client.sign_in("kinhmon@demo.vn")
    for more in ("", "/slip", "/packing", "/labels"):
        assert client.get(path(delivery, more)).status_code == 404, more
    for more in ("/packed", "/dispatch", "/hand-over"):
        assert client.send(path(delivery, more), quantity(delivery, "1")).status_code == 404, more
    assert client.send(f"/desk/deliveries/options/{option.ref}/closing").status_code == 404
    assert delivery.ref not in client.get("/desk/deliveries").get_data(as_text=True)
    db.session.expire_all()
    assert delivery.state is DeliveryState.PLANNED and option.active


def test_a_lot_tells_who_where_when_and_with_which_papers(world: World, desk: ReadingClient) -> None:
    delivery = agreed(world)
    desk.send(path(delivery, "/packed"), packed(delivery))
    db.session.expire_all()
    lot = delivery.lines[0].lot
    assert lot is not None
    guest = desk.application.test_client()
    told = guest.get(f"/lots/{lot.code}").get_data(as_text=True).replace("\xa0", " ")
    for words in (
        "Tổ sản xuất số 1",
        "đồng Mạc Động, thửa 12",
        "01/01/2020",
        "38,5 kg",
        "VietGAP",
        "VG-0001",
    ):
        assert words in told, words
    label = desk.get(path(delivery, "/labels")).get_data(as_text=True)
    assert "Tổ sản xuất số 1" in label and "01/01/2020" in label and lot.code in label


def test_a_carrier_with_its_number_is_shown_to_the_buyer(world: World, desk: ReadingClient) -> None:
    delivery = agreed(world)
    leaving = {**quantity(delivery, "40"), "carrier": "Nhà xe Sao Đỏ", "tracking_number": "NS-42"}
    for bad in ("javascript:alert(1)", "https://a@b.vn/x", "ftp://nhaxe.vn/42", "nhaxe", "nhaxe.vn/<script>"):
        refused = desk.send(path(delivery, "/dispatch"), {**leaving, "tracking_link": bad})
        assert refused.status_code == 422, bad
    assert (
        desk.send(path(delivery, "/dispatch"), {**leaving, "tracking_link": "NhaXe.vn/42"}).status_code == 303
    )
    db.session.expire_all()
    assert delivery.tracking_link == "https://nhaxe.vn/42"
    for page in (path(delivery), path(delivery, "/slip")):
        shown = desk.get(page).get_data(as_text=True)
        assert "Nhà xe Sao Đỏ" in shown and "NS-42" in shown
