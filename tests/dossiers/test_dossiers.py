"""Dossiers held against a buyer's list: queries, the desk, the buyer's matrix, the office."""

from __future__ import annotations

import io

import pytest
from flask import Flask

from marketplace.accounts import services as accounts
from marketplace.accounts.states import OrganisationKind
from marketplace.buyers import queries as buyers
from marketplace.buyers import services as companies
from marketplace.buyers.wants import Want, of_kinds
from marketplace.catalogue import services as catalogue
from marketplace.catalogue.models import ProductChange
from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Certificate
from marketplace.cooperatives.states import PaperKind
from marketplace.dossiers import queries
from marketplace.dossiers import services as dossiers
from marketplace.dossiers.dealings import Parties, known
from marketplace.dossiers.states import Standing
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.insights.invariants import CHECKS, breaks
from marketplace.orders import services as orders
from tests.buyers.company import Company
from tests.client import ReadingClient
from tests.dossiers.papers import certified, in_days, ordered, photo
from tests.statements import queries_sent
from tests.world import World

K = PaperKind


def wanting(company: Company, *wants: Want) -> None:
    with transaction():
        companies.require_papers(organisation=company.bigmart, wants=wants, by=company.huy)


def states(world: World, wants: list[Want], on: int) -> dict[PaperKind, Standing]:
    dossier = queries.dossier(world.dong_lac.id, world.carrots.id, wants, in_days(on))
    return {row.want.kind: row.state for row in dossier.rows}


def test_only_ones_own_verified_papers_count_and_only_until_their_last_day(world: World) -> None:
    """The rival has every paper there is; none of them may be taken for one of Đồng Lạc."""
    for kind in PaperKind:
        certified(world, world.onions, kind, ends=900)
    certified(world, world.carrots, K.FOOD_SAFETY, ends=30)
    certified(world, world.carrots, K.HACCP, ends=300, named=False)
    certified(world, world.carrots, K.OCOP, ends=300, seen=False)
    certified(world, world.carrots, K.RESIDUE_TEST, issued=-170)
    refused = certified(world, world.carrots, K.ORGANIC, ends=300, seen=False)
    with transaction():
        cooperatives.reject_certificate(certificate=refused, reason="mờ", by=world.officer)
    goods = world.carrots.commodity.goods_id
    wants = [
        *of_kinds([K.VIETGAP, K.FOOD_SAFETY, K.HACCP, K.OCOP, K.ORGANIC, K.GLOBALGAP]),
        Want(K.RESIDUE_TEST),
        Want(K.RESIDUE_TEST, goods, max_age_days=180),
    ]
    expected = {
        K.VIETGAP: Standing.THERE,
        K.FOOD_SAFETY: Standing.THERE,
        K.HACCP: Standing.MISSING,
        K.OCOP: Standing.WAITING,
        K.ORGANIC: Standing.MISSING,
        K.GLOBALGAP: Standing.MISSING,
        K.RESIDUE_TEST: Standing.THERE,
    }
    assert states(world, wants, 10) == expected
    assert states(world, wants, 11)[K.RESIDUE_TEST] is Standing.EXPIRES, "180 days are over"
    assert states(world, wants, 30)[K.FOOD_SAFETY] is Standing.THERE
    assert states(world, wants, 31)[K.FOOD_SAFETY] is Standing.EXPIRES
    assert states(world, [Want(K.HACCP, names_product=False)], 10) == {K.HACCP: Standing.THERE}
    whatever = queries.dossier(world.dong_lac.id, None, of_kinds([K.HACCP]), in_days(1))
    assert whatever.complete, "without a product no paper has to name one"
    (row,) = queries.dossier(world.dong_lac.id, world.carrots.id, of_kinds([K.HACCP]), in_days(1)).rows
    assert row.unnamed and "chưa ghi giấy đó" in row.sentence


def test_two_hundred_cost_as_many_statements_as_one(world: World) -> None:
    wants = of_kinds([K.VIETGAP, K.OCOP])
    one = [(world.dong_lac.id, world.carrots.id)]
    many = [*one, (world.kinh_mon.id, world.onions.id), (world.kinh_mon.id, None)]
    many += [(10_000 + n, 20_000 + n) for n in range(200)]
    with queries_sent("SELECT") as first:
        queries.dossiers(one, wants, in_days(1))
    with queries_sent("SELECT") as second:
        found = queries.dossiers(many, wants, in_days(1))
    assert len(first) == len(second) == 3
    assert len(found) == 203 and not found[(10_000, 20_000)].there
    with queries_sent("SELECT") as none:
        assert queries.dossiers([], wants, in_days(1)) == {}
    assert none == []


def test_a_list_has_each_paper_once_for_the_same_goods(world: World, company: Company) -> None:
    twice = [Want(K.VIETGAP), Want(K.VIETGAP, max_age_days=30)]
    with pytest.raises(Refusal, match="hai lần"):
        wanting(company, *twice)
    goods = world.carrots.commodity.goods_id
    both = [Want(K.VIETGAP, note="bản gốc"), Want(K.VIETGAP, goods, 90, False)]
    wanting(company, *both)
    assert buyers.wants_of(company.bigmart.id) == both
    assert buyers.wants_of(None) == [] and buyers.papers_of(company.bigmart.id) == [K.VIETGAP]


def test_who_deals_with_whom_is_told_by_orders(world: World, company: Company) -> None:
    assert known(Parties()) == []
    order = ordered(company, world.carrots)
    (dealing,) = known(Parties())
    assert dealing.between == (world.dong_lac.id, company.bigmart.id, world.carrots.id)
    assert dealing.on is not None and dealing.on > in_days(0)
    assert known(Parties([world.kinh_mon.id])) == known(Parties(organisation_ids=[10_000])) == []
    assert known(Parties([world.dong_lac.id], [company.bigmart.id])) == [dealing]
    with transaction():
        orders.withdraw(order=order, by=company.huy)
    assert known(Parties()) == [], "what never came about is no dealing"


def test_the_desk_shows_what_is_missing_first_and_takes_the_paper_in(
    world: World, company: Company, client: ReadingClient
) -> None:
    ordered(company, world.carrots)
    wanting(
        company, Want(K.VIETGAP), Want(K.RESIDUE_TEST, max_age_days=180, note="Phòng thử nghiệm ISO 17025")
    )
    client.sign_in("donglac@demo.vn")
    page = client.get("/desk/dossier").text
    assert "Siêu thị BigMart" in page and "Phiếu kiểm nghiệm dư lượng" in page
    place = f"/desk/dossier/{world.carrots.ref}"
    page = client.get(place).text
    assert page.index("Phiếu kiểm nghiệm") < page.index("VietGAP"), "missing before there"
    assert "ISO 17025" in page and "cấp không quá 180 ngày" in page

    told = {"kind": "residue_test", "number": "KN-1", "issued_by": "Trung tâm", "issued_on": "01/11/2099"}
    answer = client.send(f"{place}/papers", {**told, "file": (io.BytesIO(photo()), "a.jpg")})
    assert answer.status_code == 422 and "KN-1" in answer.text and "Ngày này chưa đến" in answer.text
    assert client.send(f"{place}/papers", told).status_code == 422
    told["issued_on"] = in_days(-3).strftime("%d/%m/%Y")
    assert client.send(f"{place}/papers", {**told, "file": (io.BytesIO(b"no"), "a.pdf")}).status_code == 422
    for number in ("KN-1", "KN-2"):
        sent = {**told, "number": number, "file": (io.BytesIO(photo()), "a.jpg")}
        assert client.send(f"{place}/papers", sent).status_code == 303
    assert states(world, [Want(K.RESIDUE_TEST)], 1) == {K.RESIDUE_TEST: Standing.WAITING}

    papers = db.session.scalars(db.select(Certificate).where(Certificate.kind == K.RESIDUE_TEST)).all()
    (change,) = db.session.scalars(db.select(ProductChange)).all()
    assert {paper.id for paper in papers} < set(change.fields["certificates"][1]), (
        "the second keeps the first"
    )
    with transaction():
        for paper in papers:
            cooperatives.verify_certificate(certificate=paper, by=world.officer)
        catalogue.accept_change(change=change, by=world.officer)
    assert "Đã có đủ giấy" in client.get(place).text
    assert "Không thiếu giấy nào" in client.get("/desk/dossier").text
    assert client.get(f"{place}?on=khong&buyer=khong").status_code == 200


def test_a_paper_that_the_product_does_not_name_is_named_with_one_press(
    world: World, company: Company, client: ReadingClient
) -> None:
    ordered(company, world.carrots)
    wanting(company, Want(K.HACCP))
    paper = certified(world, world.carrots, K.HACCP, ends=300, named=False)
    foreign = certified(world, world.onions, K.HACCP, ends=300)
    client.sign_in("donglac@demo.vn")
    place = f"/desk/dossier/{world.carrots.ref}"
    assert "Ghi giấy này vào sản phẩm" in client.get(place).text
    assert client.send(f"{place}/papers/{foreign.id}/naming").status_code == 404
    with pytest.raises(Refusal), transaction():
        dossiers.name_in(product=world.carrots, certificate=foreign, by=world.director)
    assert client.send(f"{place}/papers/{paper.id}/naming").status_code == 303
    (change,) = db.session.scalars(db.select(ProductChange)).all()
    with transaction():
        catalogue.accept_change(change=change, by=world.officer)
    assert states(world, [Want(K.HACCP), Want(K.VIETGAP)], 1) == {
        K.HACCP: Standing.THERE,
        K.VIETGAP: Standing.THERE,
    }


def test_a_foreign_product_or_link_does_not_exist_at_the_desk(
    world: World, company: Company, client: ReadingClient
) -> None:
    client.sign_in("donglac@demo.vn")
    place = f"/desk/dossier/{world.onions.ref}"
    assert client.get(place).status_code == client.get(f"{place}/papers").status_code == 404
    for verb in ("papers", "links", "pack"):
        assert client.send(f"{place}/{verb}", {"meant_for": "x"}).status_code == 404
    client.sign_in("household@demo.vn")
    for path in ("/desk/dossier", "/buyer/dossiers", "/office/dossiers", "/office/dossiers/export.xlsx"):
        assert client.get(path).status_code == 403


def test_the_buyer_sees_all_suppliers_against_its_own_list_and_no_other(
    app: Flask, world: World, company: Company, client: ReadingClient
) -> None:
    client.sign_in("hanh@bigmart.vn")
    assert "Danh sách còn trống" in client.get("/buyer/dossiers").text
    wanting(company, Want(K.VIETGAP), Want(K.OCOP))
    with transaction():
        other = accounts.create_organisation(kind=OrganisationKind.BUYER, name="Quán 86")
        companies.require_papers(organisation=other, wants=[Want(K.HACCP)], by=world.officer)
        world.dong_lac.short_name = "=HTX"
    page = client.get("/buyer/dossiers").text
    assert "Chưa có ai để xem" in page
    ordered(company, world.carrots)
    page = client.get("/buyer/dossiers").text
    assert "Cà rốt Đồng Lạc" in page and "Hành củ Kinh Môn" not in page and "HACCP" not in page
    assert page.count("tag-ok") == 1 and page.count("tag-bad") == 1
    goods = world.onions.commodity.goods_id
    assert "Hành củ Kinh Môn" in client.get(f"/buyer/dossiers?goods={goods}&on={in_days(9).isoformat()}").text
    sheet = client.get("/buyer/dossiers/export.csv").data.decode("utf-8-sig")
    assert "'=HTX" in sheet and "Thiếu: Chưa gửi giấy nào" in sheet
    place = f"/buyer/dossiers/{world.carrots.ref}"
    assert "VietGAP" in client.get(place).text
    assert client.send(f"/buyer/dossiers/{world.onions.ref}/pack").status_code == 403, "no dealing, no papers"
    assert client.send(f"{place}/pack").status_code == 303
    assert "khi đã mua của hợp tác xã này" in client.get(f"/buyer/dossiers/{world.onions.ref}").text


def test_the_office_sees_who_lacks_what_and_what_ends(
    world: World, company: Company, client: ReadingClient
) -> None:
    client.sign_in("officer@demo.vn")
    assert "Không có gì ở đây" in client.get("/office/dossiers").text
    ordered(company, world.carrots)
    wanting(company, Want(K.VIETGAP), Want(K.OCOP))
    certified(world, world.onions, K.GLOBALGAP, ends=20, number="GG-20")
    page = client.get("/office/dossiers?tab=khong").text
    assert "Cà rốt Đồng Lạc" in page and "OCOP" in page and "GG-20" in page
    assert "Cà rốt Đồng Lạc" not in client.get("/office/dossiers?tab=soon").text
    assert client.get("/office/dossiers?after=1-1&tab=all").status_code == 200
    assert client.get("/office/dossiers/export.xlsx").data[:2] == b"PK"


def test_a_matrix_costs_the_same_for_one_and_for_many(
    world: World, company: Company, client: ReadingClient
) -> None:
    wanting(company, Want(K.VIETGAP))
    client.sign_in("hanh@bigmart.vn")
    ordered(company, world.carrots)
    client.get("/buyer/dossiers")
    with queries_sent("SELECT") as one:
        client.get("/buyer/dossiers")
    ordered(company, world.onions)
    with queries_sent("SELECT") as two:
        page = client.get("/buyer/dossiers").text
    assert "Hành củ Kinh Môn" in page and len(one) == len(two), (len(one), len(two))


def test_the_invariants_hold_and_see_what_is_wrong(world: World, company: Company) -> None:
    wanting(company, Want(K.VIETGAP))

    def broken() -> dict[str, int]:
        return {number: count for number, _words, count in breaks() if count and number.startswith("Y")}

    assert {"Y1", "Y2", "Y3", "Y4"} <= CHECKS.keys() and broken() == {}
    with transaction():
        companies.require_papers(
            organisation=world.dong_lac.organisation, wants=[Want(K.OCOP, goods_id=9999)], by=world.director
        )
    theirs = certified(world, world.onions, K.OCOP, named=False)
    with transaction():
        db.session.execute(
            db.text("INSERT INTO product_papers (product_id, certificate_id) VALUES (:p, :c)"),
            {"p": world.carrots.id, "c": theirs.id},
        )
    assert broken() == {"Y1": 1, "Y2": 1, "Y4": 1}
