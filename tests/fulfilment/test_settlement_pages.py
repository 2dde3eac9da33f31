"""The pages of settlement sheets: who sees them, confirms them, says no, writes down what was given ahead."""

from __future__ import annotations

import re

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.foundation.sheets import read_table
from marketplace.fulfilment import services
from marketplace.fulfilment.models import InputAdvance, Settlement
from marketplace.fulfilment.papers.settlement import settlement as on_paper
from marketplace.fulfilment.queries import settlement as queries
from marketplace.fulfilment.states import AdvanceState, SettlementState
from marketplace.inbox.models import Notice
from tests.buyers.company import HUY, Company
from tests.client import ReadingClient, another
from tests.fulfilment.settled import drawn, one_sheet, pay, slip
from tests.fulfilment.world import fresh, good, kept
from tests.statements import queries_sent
from tests.world import World

DIRECTOR, RIVAL, OFFICER = "donglac@demo.vn", "kinhmon@demo.vn", "officer@demo.vn"


def seated(client: ReadingClient, who: str) -> ReadingClient:
    other = another(client.application)
    other.sign_in(who)
    return other


def test_drawn_up_read_confirmed_and_paid(world: World, company: Company, client: ReadingClient) -> None:
    contract = kept(world, company)
    slip(world, company, contract, good(1900), good(100, "2"))
    director, buyer, officer = (seated(client, who) for who in (DIRECTOR, HUY, OFFICER))
    base = f"/contracts/{contract.ref}/settlements"
    assert "12.210.000" in director.get(f"{base}/new").get_data(as_text=True)
    half = director.send(f"{base}/new", {"why": "Bốc xếp", "amount": ""})
    assert half.status_code == 422 and db.session.scalar(select(Settlement)) is None
    odd = director.send(f"{base}/new", {"why": "Bốc xếp", "amount": "nhiều"})
    assert odd.status_code == 422 and "nhiều" in odd.get_data(as_text=True)
    made = director.send(f"{base}/new", {"why": "Bốc xếp", "amount": "210.000"})
    assert made.status_code == 303
    fresh()
    sheet = db.session.scalars(select(Settlement)).one()
    assert made.location.endswith(f"{base}/{sheet.ref}")
    for reader in (director, buyer, officer):
        page = reader.get(f"{base}/{sheet.ref}").get_data(as_text=True)
        assert "12.000.000" in page and "Bốc xếp" in page
        assert reader.get(base).status_code == 200
        assert "12.000.000" in reader.get(f"/contracts/{contract.ref}").get_data(as_text=True)
        assert reader.get(f"/contracts/settlements/{sheet.ref}/paper").status_code == 200
    for path, reader in (
        ("/desk/settlements", director),
        ("/buyer/settlements", buyer),
        ("/office/settlements?tab=open", officer),
    ):
        assert sheet.number in reader.get(path).get_data(as_text=True)
    assert "<form" not in _block(officer.get(f"{base}/{sheet.ref}").get_data(as_text=True), "confirmation")
    assert officer.send(f"/contracts/settlements/{sheet.ref}/confirmation", {}).status_code == 403
    for reader in (director, buyer):
        assert reader.send(f"/contracts/settlements/{sheet.ref}/confirmation", {}).status_code == 303
    fresh()
    charge = queries.charge_of(queries.settlement_by_id(sheet.id))
    assert charge is not None
    assert charge.transfer_ref in buyer.get(f"{base}/{sheet.ref}").get_data(as_text=True)
    assert charge.transfer_ref not in director.get(f"{base}/{sheet.ref}").get_data(as_text=True)
    desk = director.get(f"/desk/money/{charge.ref}").get_data(as_text=True)
    assert f"Quyết toán {sheet.number}" in desk and f"{base}/{sheet.ref}" in desk
    pay(charge, world.director)
    statement = buyer.get(f"/account/money/{company.bigmart.ref}-{world.dong_lac.organisation.ref}")
    assert sheet.number in statement.get_data(as_text=True)
    assert "12.000.000" in director.get(base).get_data(as_text=True)


def _block(page: str, address: str) -> str:
    found = re.search(rf"<form[^>]*{address}[^>]*>", page)
    return found.group() if found else ""


def test_whose_is_whose(world: World, company: Company, client: ReadingClient) -> None:
    contract, sheet = one_sheet(world, company)
    rival = seated(client, RIVAL)
    for path in (
        f"/contracts/{contract.ref}/settlements",
        f"/contracts/{contract.ref}/settlements/{sheet.ref}",
        f"/contracts/settlements/{sheet.ref}/paper",
        f"/contracts/settlements/{sheet.ref}/sheet",
        f"/desk/settlements/parts/{sheet.ref}",
    ):
        assert rival.get(path).status_code == 404
    assert sheet.number not in rival.get("/desk/settlements").get_data(as_text=True)
    assert rival.send(f"/contracts/settlements/{sheet.ref}/confirmation", {}).status_code == 404


def test_saying_no_needs_a_reason(world: World, company: Company, client: ReadingClient) -> None:
    contract, sheet = one_sheet(world, company)
    buyer = seated(client, HUY)
    to = f"/contracts/settlements/{sheet.ref}/disagreement"
    assert buyer.send(to, {"no-words": ""}).status_code == 422
    assert buyer.send(to, {"no-words": "Thiếu", "no-why": "", "no-amount": "5.000"}).status_code == 422
    assert (
        buyer.send(to, {"no-words": "Trừ bốc xếp", "no-why": "Bốc xếp", "no-amount": "5.000"}).status_code
        == 303
    )
    fresh()
    old, new = db.session.scalars(select(Settlement).order_by(Settlement.id)).all()
    assert (old.state, new.total) == (SettlementState.VOID, old.total - 5_000)
    page = (
        seated(client, DIRECTOR)
        .get(f"/contracts/{contract.ref}/settlements/{old.ref}")
        .get_data(as_text=True)
    )
    assert "Trừ bốc xếp" in page and new.number in page


def test_confirmed_by_one_tap(world: World, company: Company, client: ReadingClient) -> None:
    """The director's letter holds a link that does it without signing in."""
    _contract, sheet = one_sheet(world, company)
    notice = db.session.scalars(
        select(Notice).where(Notice.person_id == world.director.id, Notice.kind == "settlement.drawn")
    ).one()
    assert sheet.number in notice.subject_vi and "12.210.000" in notice.subject_vi


def test_excel_and_paper_tell_every_line(world: World, company: Company, client: ReadingClient) -> None:
    _contract, sheet = one_sheet(world, company)
    answer = seated(client, DIRECTOR).get(f"/contracts/settlements/{sheet.ref}/sheet")
    rows = read_table(answer.get_data(), "quyet-toan.xlsx")
    told = "\n".join(str(row) for row in rows.rows)
    assert "11780000" in told.replace(".", "") and "12210000" in told.replace(".", "")
    pressed = on_paper(sheet.id)
    assert pressed is not None and sheet.number in pressed.html


def test_inputs_given_ahead(world: World, company: Company, client: ReadingClient) -> None:
    """The buyer writes it down, the seller says that it came; sheets count off at most the agreed share."""
    contract, sheet = one_sheet(world, company)
    buyer, director = seated(client, HUY), seated(client, DIRECTOR)
    to = f"/contracts/{contract.ref}/inputs"
    told = {
        "in-item": "Hạt giống",
        "in-quantity": "20",
        "in-unit": "kg",
        "in-value": "5.000.000",
        "in-given_on": f"{clock.today():%d/%m/%Y}",
        "in-once": "a",
    }
    assert director.send(to, told).status_code == 403
    assert buyer.send(to, {**told, "in-item": ""}).status_code == 422
    assert buyer.send(to, {**told, "in-quantity": "-1"}).status_code == 422
    assert buyer.send(to, {**told, "in-given_on": "01/01/2099"}).status_code == 422
    for _twice in (1, 2):
        assert buyer.send(to, told).status_code == 303
    assert buyer.send(to, {**told, "in-once": "b", "in-item": "Phân bón"}).status_code == 303
    fresh()
    seed, manure = db.session.scalars(select(InputAdvance).order_by(InputAdvance.id)).all()
    assert buyer.send(f"/contracts/inputs/{seed.ref}/receipt", {}).status_code == 403
    assert director.send(f"/contracts/inputs/{manure.ref}/refusal", {"no-words": ""}).status_code == 422
    assert (
        director.send(f"/contracts/inputs/{manure.ref}/refusal", {"no-words": "Chưa nhận"}).status_code == 303
    )
    assert director.send(f"/contracts/inputs/{seed.ref}/receipt", {}).status_code == 303
    fresh()
    assert (seed.state, manure.state) == (AdvanceState.CONFIRMED, AdvanceState.DECLINED)
    book = queries.book_of(contract.id)
    assert book is not None and book.inputs_left == 5_000_000
    with transaction():
        new = services.settlement.disagree(
            settlement=queries.settlement_by_id(sheet.id), words="Trừ giống", by=world.director
        )
    share = Money(12_210_000).percent(30)
    assert (new.total, new.inputs_left) == (12_210_000 - share, 5_000_000 - share)
    assert "Hạt giống" in buyer.get(f"/contracts/{contract.ref}/settlements").get_data(as_text=True)


def test_lists_ask_as_often_for_many(world: World, company: Company, client: ReadingClient) -> None:
    contract, _sheet = one_sheet(world, company)
    director = seated(client, DIRECTOR)
    for path in ("/desk/settlements", f"/contracts/{contract.ref}/settlements"):
        director.get(path)
    with queries_sent() as one:
        director.get("/desk/settlements")
    with queries_sent() as shown_one:
        director.get(f"/contracts/{contract.ref}/settlements")
    for slot in (1, 2):
        slip(world, company, contract, good(500), slot=slot)
        drawn(contract, world.director)
    with queries_sent() as many:
        director.get("/desk/settlements")
    with queries_sent() as shown_many:
        director.get(f"/contracts/{contract.ref}/settlements")
    assert len(many) == len(one) and len(shown_many) == len(shown_one)
