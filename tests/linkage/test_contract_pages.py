"""The pages of contracts: a cooperative writes on a phone, a buyer signs, an officer witnesses; whose is whose."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from PIL import Image
from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.linkage import queries, services
from marketplace.linkage.models import Contract
from marketplace.linkage.states.contract import ContractState, VersionState
from tests.buyers.company import HUY, Company
from tests.client import ReadingClient, another
from tests.linkage.agreed import code_of, drafted, in_force, monday, offered, sign
from tests.linkage.pool_pages import pool_pages
from tests.statements import queries_sent
from tests.world import World


@pytest.fixture
def company(world: World) -> Company:
    return Company.built()


def of_today(contract: Contract) -> Contract:
    db.session.rollback()
    db.session.expire_all()
    return queries.contract_by_id(contract.id)


def day(ahead: int) -> str:
    return f"{clock.today() + dt.timedelta(days=ahead):%d/%m/%Y}"


def test_a_cooperative_writes_a_contract_section_by_section(
    world: World, company: Company, client: ReadingClient
) -> None:
    client.sign_in("donglac@demo.vn")
    assert client.get("/desk/contracts").status_code == 200
    new = {"title": "", "seller": str(world.dong_lac.id), "buyer": str(company.bigmart.id)}
    assert client.send("/desk/contracts/new", new).status_code == 422
    sent = client.send("/desk/contracts/new", {**new, "title": "Cà rốt vụ đông"})
    assert sent.status_code == 303
    contract = db.session.scalars(select(Contract)).one()
    version = contract.versions[0]
    here = f"/contracts/versions/{version.ref}/sections"
    for section in ("head", "parties", "goods", "quantity", "price", "advance", "delivery", "households"):
        assert client.get(f"{here}/{section}").status_code == 200
    assert client.get(f"{here}/nothing").status_code == 404

    odd = client.send(f"{here}/head", {"form": "LK3", "from_day": "hôm nay", "until_day": day(200)})
    assert odd.status_code == 422 and "hôm nay" in odd.get_data(as_text=True)
    head = {"form": "LK3", "from_day": day(0), "until_day": day(200), "cycle_months": "4", "next": "1"}
    assert client.send(f"{here}/head", head).location.endswith("/sections/parties")
    parties = {
        "seller_representative": "Nguyễn Văn Hùng",
        "buyer_representative": "Lê Quang Huy",
        "buyer_address": "Sao Đỏ",
        "witness": "y",
    }
    assert client.send(f"{here}/parties", parties).status_code == 303
    goods = {"standard": "Củ thẳng", "lines-rows": "1", "lines0-variety": "Ti-103"}
    assert client.send(f"{here}/goods", goods).status_code == 422
    goods["lines0-product"] = str(world.carrots.id)
    more = client.send(f"{here}/goods", {**goods, "more_lines": "1"})
    assert more.status_code == 200 and 'name="lines1-product"' in more.get_data(as_text=True)
    assert client.send(f"{here}/goods", goods).status_code == 303
    spans = {
        "tolerance": "5",
        "spans-rows": "1",
        "spans0-goods": "0",
        "spans0-first": f"{monday():%d/%m/%Y}",
        "spans0-last": f"{monday() - dt.timedelta(days=1):%d/%m/%Y}",
        "spans0-each": "week",
        "spans0-quantity": "2 tấn",
    }
    assert client.send(f"{here}/quantity", spans).status_code == 422
    spans["spans0-last"] = f"{monday(4):%d/%m/%Y}"
    assert client.send(f"{here}/quantity", spans).status_code == 303
    price = {"kind": "fixed", "reference_day": "delivery", "grades-rows": "1", "grades0-grade": "1"}
    assert client.send(f"{here}/price", {**price, "grades0-price": "6.200"}).status_code == 303
    too_much = client.send(f"{here}/breach", {"penalty": "12", "basis": "lower_bound", "cure_days": "3"})
    assert too_much.status_code == 422 and 'value="12"' in too_much.get_data(as_text=True)

    page = client.get(f"/contracts/{contract.ref}").get_data(as_text=True)
    assert "/offer" in page
    assert client.send(f"/contracts/versions/{version.ref}/offer").status_code == 303
    contract = of_today(contract)
    assert contract.versions[0].state is VersionState.OFFERED
    told = contract.versions[0].revisions[0].told
    assert queries.contract_by_ref(contract.ref, company.huy) is not None
    assert told["quantity"]["spans"][0]["quantity"] == 2000 and told["price"]["grades"][0]["price"] == 6200
    assert client.get(f"{here}/head").status_code == 403


def test_the_buyer_reads_asks_for_a_code_and_signs(
    world: World, company: Company, client: ReadingClient, drain: Callable[[], object]
) -> None:
    contract = offered(world, company)
    version = contract.versions[0]
    client.sign_in(HUY)
    listed = client.get("/buyer/contracts?tab=open").get_data(as_text=True)
    assert contract.number in listed and f"/contracts/{contract.ref}" in listed
    here = f"/contracts/versions/{version.ref}"
    page = client.get(here).get_data(as_text=True)
    assert "6.200" in page and 'name="code"' not in page
    assert client.send(f"{here}/code").status_code == 303
    assert 'name="code"' in client.get(here).get_data(as_text=True)
    revision = version.offered
    assert revision is not None
    told = {"code": "12", "title": "Giám đốc", "seen": revision.sha256, "read": "y"}
    wrong = client.send(f"{here}/signature", told)
    assert wrong.status_code == 422 and 'value="12"' in wrong.get_data(as_text=True)
    code = code_of(company.huy)
    assert client.send(f"{here}/signature", {**told, "code": code, "read": ""}).status_code == 422
    assert client.send(f"{here}/signature", {**told, "code": f"{code[:3]} {code[3:]}"}).status_code == 303
    assert of_today(contract).versions[0].state is VersionState.SIGNED_BY_BUYER
    sign(of_today(contract).versions[0], world.director)
    assert client.get(f"/en/contracts/{contract.ref}").status_code == 200
    assert "ladder" in client.get(f"/contracts/{contract.ref}").get_data(as_text=True)
    paper = client.get(f"{here}/paper").get_data(as_text=True)
    assert revision.sha256 in paper and "Terms of payment" in paper
    wanted = client.send(f"{here}/pdf").location
    drain()
    pressed = client.get(f"{wanted.removeprefix('http://localhost')}/file")
    assert pressed.status_code == 200 and pressed.get_data().startswith(b"%PDF")


def test_guessing_codes_ends_soon(world: World, company: Company, client: ReadingClient) -> None:
    contract = offered(world, company)
    version = contract.versions[0]
    client.sign_in(HUY)
    client.send(f"/contracts/versions/{version.ref}/code")
    right = code_of(company.huy)
    guess = "111111" if right != "111111" else "222222"
    seen = version.offered.sha256 if version.offered else ""
    for _try in range(8):
        client.send(
            f"/contracts/versions/{version.ref}/signature",
            {"code": guess, "title": "GĐ", "seen": seen, "read": "y"},
        )
    late = client.send(
        f"/contracts/versions/{version.ref}/signature",
        {"code": right, "title": "GĐ", "seen": seen, "read": "y"},
    )
    assert late.status_code == 422 and not of_today(contract).versions[0].signatures


def test_a_scan_is_confirmed_by_the_other_side(world: World, company: Company, client: ReadingClient) -> None:
    contract = offered(world, company)
    version = contract.versions[0]
    here = f"/contracts/versions/{version.ref}"
    client.sign_in("donglac@demo.vn")
    told = {"seller_name": "Hùng", "buyer_name": "Huy", "signed_on": day(0)}
    assert client.send(f"{here}/scans", {**told, "file": (io.BytesIO(b"MZ"), "x.pdf")}).status_code == 422
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(picture, "JPEG")
    picture.seek(0)
    assert client.send(f"{here}/scans", {**told, "file": (picture, "hd.jpg")}).status_code == 303
    scan = of_today(contract).versions[0].scans[0]
    assert client.send(f"/contracts/scans/{scan.ref}/confirmation").status_code == 403
    buyer = another(client.application)
    buyer.sign_in(HUY)
    assert buyer.get(f"/contracts/scans/{scan.ref}").status_code == 200
    assert "scan" in buyer.get(here).get_data(as_text=True)
    assert buyer.send(f"/contracts/scans/{scan.ref}/refusal", {"scan-words": ""}).status_code == 422
    assert buyer.send(f"/contracts/scans/{scan.ref}/confirmation").status_code == 303
    assert of_today(contract).state is ContractState.ACTIVE


def test_an_officer_writes_for_both_witnesses_and_keeps_the_law(
    world: World, company: Company, client: ReadingClient
) -> None:
    client.sign_in("officer@demo.vn")
    new = {"title": "Hành vụ đông", "seller": str(world.kinh_mon.id), "buyer": str(company.bigmart.id)}
    assert client.send("/office/contracts/new", new).status_code == 303
    contract = in_force(world, company)
    assert client.get("/office/contracts").status_code == 200
    version = contract.versions[0]
    assert client.send(f"/contracts/versions/{version.ref}/witness").status_code == 303
    assert client.send(f"/contracts/versions/{version.ref}/witness").status_code == 403
    assert client.send(f"/contracts/{contract.ref}/termination", {"finish-words": "x"}).status_code == 403
    law = {"key": "penalty_cap", "value": "8", "valid_from": "01/01/2006", "act": "Luật"}
    assert client.get("/office/contracts/law").status_code == 200
    assert client.send("/office/contracts/law", law).status_code == 422
    assert client.send("/office/contracts/law", {**law, "valid_from": day(30)}).status_code == 303


def test_what_is_done_with_a_contract_in_force(world: World, company: Company, client: ReadingClient) -> None:
    contract = in_force(world, company)
    here = f"/contracts/{contract.ref}"
    client.sign_in("donglac@demo.vn")
    assert client.send(f"{here}/hold", {"pause-words": ""}).status_code == 422
    assert client.send(f"{here}/hold", {"pause-words": "Bão số 3"}).status_code == 303
    assert "Bão số 3" in client.get(here).get_data(as_text=True)
    assert client.send(f"{here}/resumption").status_code == 303
    odd = client.send(f"{here}/prices", {"price-grade": "1", "price-day": "32/13/2027"})
    assert odd.status_code == 422 and "32/13/2027" in odd.get_data(as_text=True)
    assert client.send(f"{here}/prices", {"price-grade": "1", "price-day": day(20)}).status_code == 303
    assert "6.200" in client.get(here).get_data(as_text=True)
    assert client.send(f"{here}/annexes", {"annex-reason": "Thêm tuần 20"}).status_code == 303
    annex = of_today(contract).versions[1]
    payment = {"days": "30", "way": "Chuyển khoản", "late_rate": "12"}
    kept = client.send(f"/contracts/versions/{annex.ref}/sections/payment", payment)
    assert kept.status_code == 303, kept.get_data(as_text=True)
    assert client.send(f"/contracts/versions/{annex.ref}/offer").status_code == 303
    compared = client.get(f"{here}/comparison").get_data(as_text=True)
    assert "<ins>30</ins>" in compared and "<del>15</del>" in compared
    assert client.get(f"{here}/comparison?older=9&newer=x").status_code == 200
    assert client.get(f"/contracts/versions/{annex.ref}").status_code == 200
    assert client.send(f"/contracts/versions/{annex.ref}/reopening").status_code == 303
    assert client.send(f"/contracts/versions/{annex.ref}/dropping", {"no-words": "Thôi"}).status_code == 303
    assert client.send(f"{here}/copy").status_code == 303
    assert client.send(f"{here}/termination", {"finish-words": "Ngừng mua"}).status_code == 303
    assert of_today(contract).state is ContractState.TERMINATED


def test_a_director_says_who_signs(world: World, company: Company, client: ReadingClient) -> None:
    client.sign_in(HUY)
    told = {"person": str(company.hanh.id), "paper": "05/UQ"}
    assert client.send("/contracts/signatories", {**told, "paper": ""}).status_code == 422
    assert client.send("/contracts/signatories", told).status_code == 303
    assert "05/UQ" in client.get("/contracts/signatories").get_data(as_text=True)
    named = queries.signatories_of(company.bigmart.id)[0]
    assert client.send(f"/contracts/signatories/{named.id}/ending").status_code == 303
    assert not queries.signatories_of(company.bigmart.id)


def test_strangers_find_nothing(world: World, company: Company, client: ReadingClient) -> None:
    contract, draft = in_force(world, company), drafted(world, company)
    version = contract.versions[0]
    paths = [
        f"/contracts/{contract.ref}",
        f"/contracts/{contract.ref}/comparison",
        f"/contracts/versions/{version.ref}",
        f"/contracts/versions/{version.ref}/paper",
        f"/contracts/versions/{version.ref}/sections/head",
    ]
    client.sign_in("kinhmon@demo.vn")
    assert {client.get(path).status_code for path in paths} == {404}
    assert contract.title not in client.get("/desk/contracts").get_data(as_text=True)
    for who in (HUY, "officer@demo.vn"):
        other = another(client.application)
        other.sign_in(who)
        assert other.get(f"/contracts/{draft.ref}").status_code == 404


def test_a_list_and_a_contract_cost_the_same_however_many(
    world: World, company: Company, client: ReadingClient
) -> None:
    contract = in_force(world, company)
    client.sign_in("donglac@demo.vn")
    paths = ("/desk/contracts", f"/contracts/{contract.ref}")

    def sent(path: str) -> int:
        db.session.rollback()
        with queries_sent() as statements:
            assert client.get(path).status_code == 200
        return len(statements)

    alone = [sent(path) for path in paths]
    for _each in range(3):
        in_force(world, company)
    with transaction():
        annex = services.begin_annex(contract=contract, reason="Thêm", by=world.director)
        kept = queries.content_shown(annex, world.director)
        services.fill_in(
            version=annex, section="payment", told={**kept["payment"], "days": 20}, by=world.director
        )
        services.offer(version=annex, by=world.director)
    assert sent(paths[0]) == alone[0]
    assert sent(paths[1]) <= alone[1] + 3  # who may sign the annex, and which product is in it


def test_the_lead_reads_the_contract_of_its_pools_part(
    world: World, company: Company, client: ReadingClient
) -> None:
    shown = pool_pages(world, company)
    need, pool = queries.need_by_id(shown.answered.need_id), shown.answered
    assert need is not None
    with transaction():
        services.close_need(need=need, by=company.hanh)
    with transaction():
        services.choose_quotes(
            need=need, shares={}, pools={pool.id: Decimal(6000)}, reserves=[], by=company.hanh
        )
    (award,) = queries.awards_of(need.id)
    with transaction():
        made = services.contract_from_award(award=award, by=world.director)
    assert "6\xa0tấn" in made.title, "its own amount, and not the 20 t of the whole request"
    client.sign_in("donglac@demo.vn")
    page = client.get(f"/contracts/{made.ref}")
    assert page.status_code == 200
    assert f"/desk/pools/led/{pool.ref}" in page.get_data(as_text=True)
    asked = client.get(f"/desk/requests/{need.ref}").get_data(as_text=True)
    assert f"/contracts/of/{award.id}" in asked, "from the part that was given to its contract"
