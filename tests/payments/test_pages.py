"""Money's pages, for whoever holds the link and for the payee."""

from __future__ import annotations

import io
import re

import pytest
import zxingcpp
from PIL import Image

from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.payments import services, vietqr
from marketplace.payments.models import Charge
from marketplace.payments.states import ChargeState
from tests.client import ReadingClient, another
from tests.orders.buying import order_for
from tests.payments.conftest import owed
from tests.world import World

PROOF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def desk(client: ReadingClient, world: World) -> ReadingClient:
    client.sign_in("donglac@demo.vn")
    return client


def key_on(page: str) -> str:
    found = re.search(r'name="once"[^>]*value="([0-9a-f]+)"', page)
    assert found
    return found[1]


def test_the_order_page_shows_a_code_for_the_right_account_sum_and_reference(
    world: World, client: ReadingClient
) -> None:
    from marketplace.orders import services as orders
    from marketplace.payments import queries

    order = order_for((world.carrots, 50)).orders[0]
    with transaction():
        orders.accept(order=order, by=world.director)
    charge = queries.charge_for("order", order.id)
    assert charge is not None

    page = client.get(f"/orders/{order.ref}").get_data(as_text=True)
    assert "Quét mã để trả tiền" in page and "660.000" in page and charge.transfer_ref in page
    drawn = client.get(f"/pay/{charge.ref}/qr.png")
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(drawn.data)).convert("RGB"))
    assert vietqr.parse(found[0].text) == vietqr.Transfer(
        "970405", "2300205123453", 660_000, charge.transfer_ref
    )
    assert drawn.headers["Cache-Control"] == "no-store"
    assert client.get(f"/pay/{charge.ref}/qr.svg").mimetype == "image/svg+xml"


def test_the_link_alone_lets_a_guest_say_it_is_paid_with_a_proof_and_come_back(
    world: World, client: ReadingClient
) -> None:
    charge = owed(world)
    answer = client.post(
        f"/pay/{charge.ref}/report",
        data={"return": "/orders", "proof": (io.BytesIO(PROOF), "chuyen-khoan.pdf")},
    )
    assert (answer.status_code, answer.location) == (303, "/orders")
    db.session.expire_all()
    assert charge.state is ChargeState.REPORTED and charge.reports[0].document is not None

    client.sign_in("donglac@demo.vn")
    number = charge.reports[0].id
    proof = client.get(f"/desk/money/{charge.ref}/proof/{number}")
    assert proof.data == PROOF and proof.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
def test_the_way_back_never_leaves_the_house(world: World, client: ReadingClient, back: str) -> None:
    charge = owed(world)
    location = client.post(f"/pay/{charge.ref}/report", data={"return": back}).location
    assert location.startswith("/") and "evil" not in location


def test_a_proof_that_is_no_paper_is_refused_and_nothing_is_noted(
    world: World, client: ReadingClient
) -> None:
    charge = owed(world)
    client.post(
        f"/pay/{charge.ref}/report",
        data={"return": "/orders", "proof": (io.BytesIO(b"<svg/>"), "anh.png")},
    )
    db.session.expire_all()
    assert charge.state is ChargeState.EXPECTED and charge.reports == []


def test_no_link_no_page(world: World, client: ReadingClient) -> None:
    assert client.get(f"/pay/{'0' * 26}/qr.svg").status_code == 404
    assert client.post("/pay/1/report").status_code == 404


def test_a_settled_sum_has_no_code_any_more(world: World, client: ReadingClient) -> None:
    charge = owed(world)
    with transaction():
        services.confirm(charge=charge, amount=Money(900_000), by=world.director)
    assert client.get(f"/pay/{charge.ref}/qr.svg").status_code == 404


def test_the_payee_sees_its_week_and_confirms_once(world: World, desk: ReadingClient) -> None:
    charge, other = owed(world), owed(world, subject_id=2, method="cod", amount=50_000)
    page = desk.get("/desk/money").get_data(as_text=True)
    assert "Tiền về tuần này" in page and charge.ref in page and other.ref in page
    assert desk.get("/en/desk/money").status_code == 200

    form = desk.get(f"/desk/money/{charge.ref}").get_data(as_text=True)
    sent = {"amount": "900.000", "once": key_on(form), "note": ""}
    assert desk.send(f"/desk/money/{charge.ref}", sent).status_code == 303
    assert desk.send(f"/desk/money/{charge.ref}", sent).status_code == 422
    db.session.expire_all()
    assert (charge.state, charge.received) == (ChargeState.SETTLED, Money(900_000))
    assert charge.ref in desk.get("/desk/money?tab=paid").get_data(as_text=True)


def test_a_part_stays_open_and_a_refund_is_written_down(world: World, desk: ReadingClient) -> None:
    charge = owed(world)
    form = desk.get(f"/desk/money/{charge.ref}").get_data(as_text=True)
    desk.send(f"/desk/money/{charge.ref}", {"amount": "400k", "once": key_on(form)})
    page = desk.get(f"/desk/money/{charge.ref}").get_data(as_text=True)
    assert "500.000" in page
    assert desk.send(f"/desk/money/{charge.ref}/refund", {"amount": "400.001"}).status_code == 422
    assert desk.send(f"/desk/money/{charge.ref}/refund", {"amount": "400.000"}).status_code == 303
    db.session.expire_all()
    assert charge.received == Money(0)


@pytest.mark.parametrize("amount", ["0", "-5", "1e9", "１２３", "nhiều", "1_000", ""])
def test_odd_sums_are_refused_with_a_sentence(world: World, desk: ReadingClient, amount: str) -> None:
    charge = owed(world)
    answer = desk.send(f"/desk/money/{charge.ref}", {"amount": amount, "once": "a"})
    assert answer.status_code == 422
    db.session.expire_all()
    assert charge.received == Money(0)


def test_another_cooperative_and_strangers_see_nothing(world: World, client: ReadingClient) -> None:
    charge = owed(world)
    with transaction():
        services.report_paid(charge=charge)
    paths = [f"/desk/money/{charge.ref}", f"/desk/money/{charge.ref}/proof/{charge.reports[0].id}"]
    for path in paths:
        assert client.get(path).status_code in {303, 404}
    for who in ("kinhmon@demo.vn", "household@demo.vn", "officer@demo.vn"):
        stranger = another(client.application)
        stranger.sign_in(who)
        for path in paths:
            assert stranger.get(path).status_code == 404, (who, path)
        for path in (f"/desk/money/{charge.ref}", f"/desk/money/{charge.ref}/refund"):
            stranger.send(path, {"amount": "900.000", "once": "x"})
    db.session.expire_all()
    assert isinstance(charge, Charge) and charge.received == Money(0)
