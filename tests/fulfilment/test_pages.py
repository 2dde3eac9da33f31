"""The pages: a load made ready at the desk, what arrives at the depot, the slip on a phone, the seller's yes."""

from __future__ import annotations

import datetime as dt
import io

import resvg_py
import zxingcpp
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from marketplace.deliveries.models import Delivery
from marketplace.documents.papers import issued
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.fulfilment.models import Acceptance, AcceptanceLine, Load
from marketplace.fulfilment.states import AcceptanceState
from marketplace.inbox.acts import ACTS
from tests.buyers.company import HUY, Company
from tests.client import ReadingClient, another
from tests.foundation.media.pictures import corners, saved
from tests.fulfilment.kept import arrivals
from tests.fulfilment.world import accepted, arrived, fresh, good, kept, loaded, refused, sent, signed
from tests.statements import queries_sent
from tests.world import World

ROWS = {f"{name}_{row}": value for row in (1, 2, 3) for name, value in (("reason", ""), ("fate", "returned"))}
DESK, RIVAL, OFFICE = "donglac@demo.vn", "kinhmon@demo.vn", "officer@demo.vn"


def test_a_load_is_made_ready_and_called_off(world: World, company: Company, client: ReadingClient) -> None:
    contract = kept(world, company)
    call_off = accepted(world, company, contract)
    client.sign_in(DESK)
    here = f"/desk/calls/{call_off.ref}/loads"
    assert "Chuẩn bị một chuyến" in client.get(here).get_data(as_text=True)
    day = clock.today().strftime("%d/%m/%Y")
    assert client.send(here, {"kg": "3 tấn", "day": day}).status_code == 422
    assert client.send(here, {"kg": "nhiều", "day": day}).status_code == 422
    assert client.send(here, {"kg": "1 tấn", "day": "01/01/2020"}).status_code == 422
    assert client.send(here, {"kg": "1 tấn", "day": day}).status_code == 303
    fresh()
    load = db.session.scalars(select(Load)).one()
    assert client.get(f"/desk/deliveries/{load.delivery.ref}").status_code == 200
    assert client.get(f"/desk/deliveries/{load.delivery.ref}/slip").status_code == 200
    assert client.get("/desk/calls").status_code == 200
    assert client.get(f"/desk/calls/{call_off.ref}").status_code == 200
    assert client.send(f"/desk/loads/{load.delivery.ref}/cancellation", {}).status_code == 303
    assert client.send(f"/desk/loads/{load.delivery.ref}/cancellation", {}).status_code in (403, 404)
    fresh()
    assert db.session.scalars(select(Load)).one().counts == 0
    assert client.get(here).status_code == 200
    assert client.send("/desk/loads", {}).status_code == 422, "nothing is called for today"


def test_weighed_on_a_phone_and_agreed(
    world: World, company: Company, client: ReadingClient, app: Flask
) -> None:
    contract = kept(world, company)
    call_off = accepted(world, company, contract)
    delivery = sent(loaded(world, call_off), world.director)
    ref, contract_ref = delivery.ref, contract.ref
    client.sign_in(HUY)
    assert client.get("/buyer/arrivals").status_code == 200
    here = f"/buyer/arrivals/{ref}"
    assert client.get(here).status_code == 200
    assert client.get(f"/deliveries/{ref}/receipt").status_code in (302, 303), (
        "counted on the slip, not there"
    )
    assert client.send(f"{here}/arrived", {}).status_code == 303
    assert client.send(f"{here}/arrived", {}).status_code == 303, "a second time it is the same slip"
    told = {"gross": "2 tấn", "tare": "20", "deducted": "", "name": "Lê Quang Huy", **ROWS}
    for changed, field in (
        ({"gross": ""}, "gross"),
        ({"gross": "2,5 tấn"}, "gross"),
        ({"tare": "2 tấn"}, "tare"),
        ({"name": ""}, "name"),
        ({"kg_1": "80"}, "reason_1"),
        ({"reason_1": "rotten"}, "kg_1"),
        ({"kg_1": "80", "reason_1": "moonlight"}, "reason_1"),
        ({"kg_1": "80", "reason_1": "rotten", "fate_1": "eaten"}, "fate_1"),
        ({"kg_1": "80", "reason_1": "rotten", "photo_1": (io.BytesIO(b"no"), "a.jpg")}, "photo_1"),
        ({"grade_0": "1900"}, ""),
    ):
        answer = client.send(here, {**told, **changed})
        assert answer.status_code == 422, changed
        assert not field or f'id="{field}-error"' in answer.get_data(as_text=True), changed
    assert db.session.scalar(select(func.count(AcceptanceLine.id))) == 0
    assert client.get(here).status_code == 200
    picture = io.BytesIO(saved(corners(400, 300), "JPEG"))
    whole = {**told, "grade_1": "100", "kg_1": "80", "reason_1": "rotten", "words_1": "Thối", "depot_name": "Tài",
             "fate_1": "destroyed", "photo_1": (picture, "rot.jpg")}  # fmt: skip
    assert client.send(here, whole).status_code == 303
    fresh()
    slip = db.session.scalars(select(Acceptance)).one()
    assert [(line.grade, int(line.kg), line.reason) for line in slip.lines] == [
        ("1", 1800, ""),
        ("2", 100, ""),
        ("", 80, "rotten"),
    ]
    assert (slip.state, slip.depot_name, slip.seller_signed_at) == (AcceptanceState.SIGNED, "Tài", None)
    assert slip.lines[2].photo_id is not None and slip.lines[2].fate == "destroyed"
    assert client.get(here).status_code == 200
    assert client.send(here, told).status_code == 422, "signed once"

    seller = another(app)
    seller.sign_in(DESK)
    assert slip.number in seller.get("/desk/acceptances").get_data(as_text=True)
    mine = f"/desk/acceptances/{slip.ref}"
    assert "Đồng ý ký" in seller.get(mine).get_data(as_text=True)
    assert seller.get(here).status_code in (403, 404)
    assert client.get(mine).status_code in (403, 404)
    assert seller.send(mine, {"name": ""}).status_code == 422
    assert seller.send(mine, {"name": "Nguyễn Văn Hùng"}).status_code == 303
    assert seller.send(mine, {"name": "Nguyễn Văn Hùng"}).status_code == 422
    paged = seller.get(mine).get_data(as_text=True)
    assert "/documents/" in paged
    for who in (client, seller):
        assert slip.number in who.get(f"/contracts/{contract_ref}/slips").get_data(as_text=True)
        assert who.get(f"/contracts/{contract_ref}").status_code == 200
    assert slip.number in seller.get("/desk/acceptances?tab=done").get_data(as_text=True)
    officer = another(app)
    officer.sign_in(OFFICE)
    assert officer.get("/office/acceptances").status_code == 200
    assert officer.get(f"/office/acceptances/{slip.ref}").status_code == 200
    paper = paged.split("/documents/")[1].split('"')[0]
    for who in (client, seller, officer):
        assert slip.number in who.get(f"/documents/{paper}").get_data(as_text=True)
    assert scanned(paper) == f"http://localhost/documents/{paper}/check"
    anybody = another(app).get(f"/documents/{paper}/check").get_data(as_text=True).replace("\xa0", " ")
    assert "Giấy này đang có giá trị." in anybody and "1.900 kg" in anybody and "80 kg" in anybody
    assert not any(name in anybody for name in ("Lê Quang Huy", "Nguyễn Văn Hùng", "Tài", "34C-123.45"))
    stranger = another(app)
    stranger.sign_in(RIVAL)
    for path in (
        here,
        mine,
        f"/contracts/{contract_ref}/slips",
        f"/documents/{paper}",
        f"/office/acceptances/{slip.ref}",
    ):
        assert stranger.get(path).status_code in (403, 404), path


def scanned(ref: str) -> str:
    """What a phone reads on the printed paper."""
    sheet = issued(ref)
    assert sheet is not None
    code = sheet.html.partition("paper-check")[2]
    picture = resvg_py.svg_to_bytes(svg_string=code[code.index("<svg") : code.index("</svg>") + 6])
    found = zxingcpp.read_barcode(Image.open(io.BytesIO(bytes(picture))).convert("L"))
    assert found is not None
    return str(found.text)


def test_one_tap_agrees_and_only_once(world: World, company: Company) -> None:
    contract = kept(world, company)
    slip = signed(arrived(world, company, contract), company.huy, [good(1900), refused(100)])
    act = ACTS["acceptance.agree"]
    loaded_slip = act.load(slip.id)
    assert act.sees(world.director, loaded_slip) and act.may(world.director, loaded_slip)
    assert not act.sees(company.huy, loaded_slip) and not act.may(world.rival, loaded_slip)
    assert len(act.facts(loaded_slip).rows) == 4
    db.session.rollback()
    with transaction():
        act.do(act.load(slip.id), None, world.director, "")
    assert not act.may(world.director, act.load(slip.id))


def test_lists_ask_as_often_for_many_as_for_one(
    world: World, company: Company, client: ReadingClient
) -> None:
    contract = kept(world, company)
    signed(arrived(world, company, contract), company.huy, [good(1900), refused(100)])
    client.sign_in(DESK)
    pages = ("/desk/acceptances", f"/contracts/{contract.ref}/slips")
    for path in pages:
        client.get(path)
    few = []
    for path in pages:
        with queries_sent() as told:
            client.get(path)
        few.append(len(told))
    for slot in (1, 2):
        signed(arrived(world, company, contract, slot=slot), company.huy, [good(2000)])
    for path, before in zip(pages, few, strict=True):
        with queries_sent() as told:
            client.get(path)
        assert len(told) <= before, path
    assert db.session.scalar(select(func.count(AcceptanceLine.id))) == 4
    assert db.session.scalar(select(func.count(Delivery.id)).where(Delivery.source_kind == "call_off")) == 3


def test_what_was_refused_yesterday_is_told_with_its_worth(
    world: World, company: Company, client: ReadingClient
) -> None:
    """100 kg of 6,200 đồng; today nothing of it is told any more as arriving."""
    told = arrivals(world, company)
    assert (
        db.session.scalar(select(func.count(Acceptance.id)).where(Acceptance.ref == told["acceptance"])) == 1
    )
    due = db.session.scalars(
        select(Delivery.due_on).join(Acceptance, Acceptance.delivery_id == Delivery.id)
    ).one()
    with clock.standing_at(clock.start_of_day(due + dt.timedelta(days=1)) + dt.timedelta(hours=8)):
        client.sign_in(HUY)
        page = client.get("/buyer/arrivals").get_data(as_text=True)
    assert "620.000" in page and "100" in page
