"""Pages of deals: each side sees its own, officers see all; odd input is answered with a sentence."""

from __future__ import annotations

from typing import Any

from flask import Flask

from marketplace.bridges import fair_contact_becomes_request as contacts
from marketplace.bridges import services
from marketplace.bridges.happening import of_meeting
from marketplace.bridges.models import DealLink, DealPath
from marketplace.bridges.states import How, PathSide
from marketplace.foundation.db import db, transaction
from marketplace.linkage.models import Need
from tests.bridges.dealt import Deals, contact, deals, meeting, path_of
from tests.buyers.company import HUY, Company
from tests.client import ReadingClient, another
from tests.fairs.showing import showing
from tests.linkage.asked import carrots, opened
from tests.statements import queries_sent
from tests.world import World


def text(answer: Any) -> str:
    told: str = answer.get_data(as_text=True)
    return told.replace("\N{NO-BREAK SPACE}", " ")


def test_an_officer_follows_a_deal_from_the_fair_to_the_money(
    world: World, company: Company, client: ReadingClient
) -> None:
    told: Deals = deals(world, company)
    client.sign_in("officer@demo.vn")
    listed = text(client.get("/office/deals"))
    assert "BigMart" in listed and told.fair.name_vi in listed
    assert "Có ý kiến không đồng ý" in listed
    one = text(client.get(f"/office/deals/{told.of_contract.ref}"))
    assert "20 tấn" in one and "124.000.000" in one and "khai tại hội chợ" in one and "BigMart" in one
    for query in (
        "?tab=doubted",
        "?tab=ended",
        f"?fair={told.fair.id}",
        "?text=ca+rot",
        "?since=xyz",
        "?fair=99",
        "?reached=contracts",
        "?reached=odd",
        "?after=odd",
    ):
        assert client.get(f"/office/deals{query}").status_code == 200
    assert told.of_request.ref in text(client.get("/office/deals?tab=doubted"))
    assert told.of_request.ref not in text(client.get("/office/deals?reached=contracts"))
    assert told.of_request.ref not in text(client.get("/office/deals?text=khongco"))
    fairs = text(client.get("/office/deals/fairs"))
    assert told.fair.name_vi in fairs
    for step in (
        "contacts",
        "requests",
        "quotes",
        "awarded",
        "contracts",
        "called",
        "delivered",
        "accepted",
        "paid",
    ):
        assert client.get(f"/office/deals/fairs/{told.fair.slug}/{step}").status_code == 200
    assert client.get(f"/office/deals/fairs/{told.fair.slug}/odd").status_code == 404
    contacts_page = text(client.get("/office/deals/contacts"))
    assert "Siêu thị BigMart" in contacts_page and "Nguyễn Thị Lan" not in contacts_page


def test_figures_go_to_excel_without_formulas(world: World, company: Company, client: ReadingClient) -> None:
    at = showing(world)
    contact(world, at.carrots)
    at.fair.name_vi = "=HYPERLINK(1)"
    db.session.commit()
    client.sign_in("officer@demo.vn")
    csv = client.get("/office/deals/fairs?as=csv")
    assert csv.mimetype == "text/csv" and "'=HYPERLINK(1)" in text(csv)
    assert client.get("/office/deals/fairs?as=xlsx").data[:2] == b"PK"
    rows = client.get(f"/office/deals/fairs/{at.fair.slug}/contacts?as=csv")
    assert "Siêu thị BigMart" in text(rows) and "Nguyễn Thị Lan" not in text(rows)


def test_each_side_sees_its_own(app: Flask, world: World, company: Company, client: ReadingClient) -> None:
    told = deals(world, company)
    client.sign_in("donglac@demo.vn")
    assert told.of_contract.ref in text(client.get("/desk/deals"))
    assert told.of_request.ref not in text(client.get("/desk/deals")), "it has no part of that request"
    assert client.get(f"/desk/deals/{told.of_contract.ref}").status_code == 200
    assert client.get(f"/desk/deals/{told.of_request.ref}").status_code == 404
    rival = another(app)
    rival.sign_in("kinhmon@demo.vn")
    assert told.of_contract.ref not in text(rival.get("/desk/deals"))
    for page in (told.of_contract.ref, f"contacts/{told.waiting.id}", f"signed/{told.paper.ref}"):
        assert rival.get(f"/desk/deals/{page}").status_code == 404
    assert "Hansalim" not in text(rival.get("/desk/deals/signed"))
    assert "Nguyễn Thị Lan" not in text(rival.get("/desk/deals/contacts"))
    buyer = another(app)
    buyer.sign_in(HUY)
    page = text(buyer.get("/buyer/deals"))
    assert told.of_contract.ref in page and told.of_request.ref in page
    assert buyer.get(f"/buyer/deals/{told.of_request.ref}").status_code == 200
    household = another(app)
    household.sign_in("household@demo.vn")
    assert household.get(f"/buyer/deals/{told.of_request.ref}").status_code in (403, 404)
    assert household.get("/office/deals").status_code in (403, 404)
    assert client.get("/office/deals").status_code in (403, 404)


def test_the_stand_asks_its_contact_who_then_asks_for_goods(
    app: Flask, world: World, company: Company, client: ReadingClient
) -> None:
    lead = contact(world, showing(world).carrots)
    client.sign_in("donglac@demo.vn")
    assert "Nguyễn Thị Lan" in text(client.get("/desk/deals/contacts"))
    here = f"/desk/deals/contacts/{lead.id}"
    assert client.send(f"{here}/invitation", {}).status_code == 303
    page = text(client.get(here))
    link = contacts.path_for(lead)
    assert link in page
    visitor = another(app)
    open_page = text(visitor.get(link))
    assert "Nguyễn Thị Lan" not in open_page and "next=" in open_page
    assert visitor.send(link, {"goods": str(carrots().id)}).status_code in (200, 422)
    assert db.session.query(Need).count() == 0, "nobody is signed in"
    buyer = another(app)
    buyer.sign_in(HUY)
    assert buyer.send(link, {"goods": ""}).status_code == 422
    sent = buyer.send(link, {"goods": str(carrots().id)})
    assert sent.status_code == 303
    need = db.session.query(Need).one()
    assert path_of(need).links[0].from_id == lead.id
    assert buyer.get(f"{link[:-3]}xyz").status_code == 410
    assert "Bắt nguồn từ" in text(buyer.get(f"/buyer/requests/{need.ref}"))


def test_an_officer_writes_the_request_of_a_contact_down(
    world: World, company: Company, client: ReadingClient
) -> None:
    lead = contact(world, showing(world).carrots)
    client.sign_in("officer@demo.vn")
    here = f"/office/deals/contacts/{lead.id}"
    page = text(client.get(here))
    assert "Nguyễn Thị Lan" not in page and "+84912345678" not in page
    told = {"organisation": str(company.bigmart.id), "goods": str(carrots().id), "told_by": ""}
    assert client.send(here, told).status_code == 422
    assert client.send(here, {**told, "organisation": "77", "told_by": "Chị Hạnh"}).status_code == 422
    assert client.send(here, {**told, "told_by": "Chị Hạnh"}).status_code == 303
    need = db.session.query(Need).one()
    assert need.ref in text(client.get(here))
    assert "Bắt nguồn từ" in text(client.get(f"/office/requests/{need.ref}"))


def test_a_buyer_says_where_it_began(world: World, company: Company, client: ReadingClient) -> None:
    at, need, plain = showing(world), opened(company), opened(company)
    sat = meeting(at.carrots, company)
    client.sign_in(HUY)
    assert f"/buyer/deals/of/{need.ref}" in text(client.get(f"/buyer/requests/{need.ref}"))
    here = f"/buyer/deals/of/{need.ref}"
    assert at.fair.name_vi in text(client.get(here))
    assert client.send(here, {}).status_code == 422
    assert client.send(here, {"where": "meeting-999"}).status_code == 422
    assert client.send(here, {"where": f"meeting-{sat.id}"}).status_code == 303
    assert client.get(here).status_code == 403, "it is said already"
    assert path_of(need).fair_id == at.fair.id
    assert at.fair.name_vi in text(client.get(f"/buyer/requests/{need.ref}"))
    assert db.session.query(DealPath).filter_by(need_id=plain.id).count() == 0


def test_what_was_signed_is_linked_by_its_cooperative(
    world: World, company: Company, client: ReadingClient
) -> None:
    told = deals(world, company)
    client.sign_in("donglac@demo.vn")
    here = f"/desk/deals/signed/{told.paper.ref}"
    assert client.send(here, {}).status_code == 422
    assert client.send(here, {"contract": "odd"}).status_code == 422
    other = told.of_contract.contract
    assert other is not None and other.ref not in text(client.get(here)), "it became another paper's contract"
    assert "Hansalim" in text(client.get("/desk/deals/signed"))


def test_a_side_objects_and_an_officer_answers(
    app: Flask, world: World, company: Company, client: ReadingClient
) -> None:
    told = deals(world, company)
    client.sign_in("donglac@demo.vn")
    here = f"/desk/deals/{told.of_contract.ref}"
    assert client.send(f"{here}/objections", {"words": ""}).status_code == 422
    assert client.send(f"{here}/objections", {"words": "Quen từ trước"}).status_code == 303
    assert client.send(f"{here}/objections", {"words": "Lần nữa"}).status_code == 403
    officer = another(app)
    officer.sign_in("officer@demo.vn")
    path = path_of(contract=told.of_contract.contract)
    said = next(each for each in path.objections if each.side is PathSide.SELLER)
    there = f"/office/deals/{path.ref}"
    assert officer.send(f"{there}/objections/{said.id}/kept", {"words": ""}).status_code == 422
    assert officer.send(f"{there}/objections/999/kept", {"words": "x"}).status_code == 404
    assert officer.send(f"{there}/links/999/removal", {"reason": "x"}).status_code == 404
    link = path.standing[0]
    assert officer.send(f"{there}/links/{link.id}/removal", {"reason": ""}).status_code == 422
    assert officer.send(f"{there}/ending", {"reason": ""}).status_code == 422
    assert officer.send(f"{there}/objections/{said.id}/upheld", {"words": "Đúng"}).status_code == 303
    assert "không còn tính" in text(client.get(here)).lower()
    assert officer.send(f"{there}/ending", {"reason": "x"}).status_code == 403
    db.session.expire_all()
    assert all(
        each.removed_reason == "Đúng" for each in db.session.query(DealLink).filter_by(path_id=path.id)
    )


def test_a_fairs_pages_say_what_came_of_it(world: World, company: Company, client: ReadingClient) -> None:
    told = deals(world, company)
    client.sign_in("officer@demo.vn")
    for page in ("results", "report"):
        shown = text(client.get(f"/office/fairs/{told.fair.slug}/{page}"))
        assert "Sau hội chợ" in shown and f"/office/deals/fairs/{told.fair.slug}/contracts" in shown
    contract = told.of_contract.contract
    assert contract is not None
    assert told.fair.name_vi in text(client.get(f"/contracts/{contract.ref}"))


def test_a_list_asks_as_often_for_many_as_for_one(
    world: World, company: Company, client: ReadingClient
) -> None:
    sat = meeting(showing(world).carrots, company)
    needs = [opened(company) for _ in range(4)]
    client.sign_in("officer@demo.vn")

    def linked(need: Need) -> None:
        with transaction():
            services.link(happened=of_meeting(sat), to=need, how=How.SAID, by=company.hanh)

    counts = []
    for count in (1, 4):
        for need in needs[:count]:
            linked(need)
        client.get("/office/deals")
        with queries_sent() as sent:
            client.get("/office/deals")
            client.get("/office/deals/fairs")
        counts.append(len(sent))
    assert counts[0] == counts[1]
