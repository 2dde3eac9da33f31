"""A contract of a pool: a call draws on every member in proportion, and each brings its own part."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from marketplace.accounts.models import Person
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import Kind
from marketplace.foundation import formats
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.fulfilment import loading, services
from marketplace.fulfilment import queries as fulfilment_queries
from marketplace.linkage import queries
from marketplace.linkage import services as linkage
from marketplace.linkage.invariants import CHECKS
from marketplace.linkage.models import CallOff, Contract
from marketplace.supply import services as supply
from marketplace.supply.models import Claim, Stock
from marketplace.supply.states import ClaimKind, ClaimState
from tests import world as worlds
from tests.buyers.company import HUY, Company
from tests.client import another
from tests.fulfilment.world import KG, fresh, opened, sent
from tests.linkage.agreed import award_of, called, in_force, ledger_of, monday, plan, signed
from tests.linkage.asked import grade_a
from tests.linkage.asked import renewed as need_again
from tests.linkage.gathered import Seller, answered, formed, held, neighbours, ready, said
from tests.world import World

UNION = "lienhiep@demo.vn"


def pooled(world: World, company: Company) -> tuple[Contract, list[Seller]]:
    """In force and led by Đồng Lạc; in its first week 3, 2 and 1 tonnes of three cooperatives are promised to it."""
    contract = in_force(world, company)
    sellers = neighbours(world)
    week = str(week_of(monday()))
    with transaction():
        db.session.execute(update(Contract).values(origin="pool:4711"))
        for seller, tonnes in zip(sellers, (3, 2, 1), strict=True):
            supply.forecast(product=seller.carrots, week=week, likely=KG(tonnes * 1000), by=seller.director)
    for claim in db.session.scalars(select(Claim).where(Claim.holder == contract.holder)):
        with transaction():
            supply.release(claim=claim, reason="test")
    with transaction():
        for seller, tonnes in zip(sellers, (3, 2, 1), strict=True):
            supply.promise(
                product_id=seller.carrots.id,
                week=week,
                quantity=KG(tonnes * 1000),
                holder=contract.holder,
                kind=ClaimKind.CONTRACT,
            )
    return contract, sellers


def parts(holder: str) -> dict[str, Decimal]:
    """Cooperative -> what the ledger holds of it."""
    fresh()
    rows = db.session.execute(
        select(Cooperative.short_name, Claim.quantity)
        .join(Claim.stock)
        .join(Stock.product)
        .join(Cooperative, Cooperative.id == Stock.product.property.mapper.class_.cooperative_id)
        .where(Claim.holder == holder, Claim.state == ClaimState.HELD)
    )
    told: dict[str, Decimal] = {}
    for name, quantity in rows:
        told[name] = told.get(name, KG(0)) + quantity
    return told


def accepted(world: World, company: Company, contract: Contract, kg: str) -> CallOff:
    called(contract, {plan(contract)[0]: KG(kg)}, company.huy)
    call_off = plan(contract)[0]
    with transaction():
        linkage.call_off.answer(call_off=call_off, quantity=KG(kg), by=world.director)
    return call_off


def test_each_member_brings_its_part(world: World, company: Company, app: Flask) -> None:
    contract, sellers = pooled(world, company)
    call_off = accepted(world, company, contract, "2000")
    held = parts(call_off.holder)
    assert held == {"HTX Đồng Lạc": KG("1000"), "HTX Nhân Huệ": KG("667"), "HTX An Lâm": KG("333")}
    assert sum(held.values()) == KG(2000), "the largest remainder: no gram is lost"
    nhan_hue = sellers[1]
    assert loading.left_for(call_off, nhan_hue.cooperative.id) == KG("667")
    with pytest.raises(Refusal), transaction():
        services.load.prepare(
            call_off=call_off, kg=KG(700), cooperative=nhan_hue.cooperative, by=nhan_hue.director
        )
    fresh()
    with transaction():
        load = services.load.prepare(
            call_off=call_off, kg=KG(600), cooperative=nhan_hue.cooperative, by=nhan_hue.director
        )
    assert load.delivery.cooperative_id == nhan_hue.cooperative.id
    assert parts(call_off.holder)["HTX Nhân Huệ"] == KG("67")
    slip = opened(sent(load, nhan_hue.director), company.huy)
    assert slip.cooperative_id == nhan_hue.cooperative.id
    assert slip.delivery.goods == nhan_hue.carrots.name != call_off.goods.name, "its own product"
    assert slip.called == f"{slip.number} · HTX Nhân Huệ", "each member counts its own"

    member = another(app)
    member.sign_in("nhanhue@demo.vn")
    assert "BigMart" in member.get("/desk/loads").get_data(as_text=True)
    assert "BigMart" in member.get("/desk/calls").get_data(as_text=True)
    assert member.get(f"/desk/calls/{call_off.ref}/loads").status_code == 200
    assert member.get(f"/desk/acceptances/{slip.ref}").status_code == 200
    assert member.get(f"/contracts/{contract.ref}/slips").status_code in (403, 404), (
        "no party to the contract"
    )
    stranger = another(app)
    stranger.sign_in("kinhmon@demo.vn")
    assert stranger.get(f"/desk/calls/{call_off.ref}/loads").status_code in (403, 404)
    lead = another(app)
    lead.sign_in("donglac@demo.vn")
    assert "HTX Nhân Huệ" in lead.get(f"/desk/calls/{call_off.ref}/loads").get_data(as_text=True)
    assert lead.get(f"/desk/acceptances/{slip.ref}").status_code == 200, "the lead answers for all"
    buyer = another(app)
    buyer.sign_in(HUY)
    assert "HTX Nhân Huệ" in buyer.get("/buyer/arrivals").get_data(as_text=True)


def test_less_is_less_of_each_and_a_substitute_follows(world: World, company: Company) -> None:
    contract, sellers = pooled(world, company)
    called(contract, {plan(contract)[0]: KG(2000)}, company.huy)
    call_off = plan(contract)[0]
    with transaction():
        linkage.call_off.answer(call_off=call_off, quantity=KG(1200), cause="weather", by=world.director)
    assert parts(call_off.holder) == {
        "HTX Đồng Lạc": KG(600),
        "HTX Nhân Huệ": KG(400),
        "HTX An Lâm": KG(200),
    }
    dropped = sellers[1].cooperative
    for claim in db.session.scalars(select(Claim).where(Claim.state == ClaimState.HELD)):
        if claim.stock.product.cooperative_id == dropped.id:
            with transaction():
                supply.release(claim=claim, reason="dropped out")
    with transaction():
        linkage.call_off.fill_up(contract=linkage_contract(contract.id), by=None)
    held = parts(call_off.holder)
    assert "HTX Nhân Huệ" not in held and sum(held.values()) == KG(1200)


def led_by_a_union(world: World, company: Company, drain: Any) -> tuple[Contract, Person, list[Seller]]:
    """A union that grows nothing leads two members: twelve of twenty tonnes are theirs, and both sides sign."""
    with transaction():
        grade = grade_a(world.officer)
    need, sellers = ready(world, company, 30_000, grade=grade)
    with transaction():
        union, director = worlds._cooperative(
            "Liên hiệp hợp tác xã Chí Linh", "LH Chí Linh", "le loi chi linh", UNION, 8, world.officer
        )
        union.kind = Kind.COOP_UNION
    lead, members = Seller(union, director, world.carrots), sellers[1:]
    pool = formed(need, [lead, *members], world.officer)
    said(pool, members[0], 0, 6_000)
    said(pool, members[1], 0, 3_000)
    held(pool, world.officer, drain)
    answered(pool, world.officer)
    with transaction():
        linkage.close_need(need=need_again(need), by=company.hanh)
    with transaction():
        linkage.choose_quotes(
            need=need_again(need), shares={}, pools={pool.id: Decimal(12_000)}, by=company.hanh
        )
    with transaction():
        contract = linkage.contract_from_award(award=award_of(need, f"pool:{pool.id}"), by=director)
    return signed(contract, director, company), director, members


def test_a_union_without_goods_of_its_own_leads_from_the_award_to_the_load(
    world: World, company: Company, drain: Any, app: Flask
) -> None:
    contract, director, members = led_by_a_union(world, company, drain)
    content = queries.content_in_force(linkage_contract(contract.id))
    assert content is not None
    (line,) = content["goods"]["lines"]
    assert line["product_id"] == members[0].carrots.id, "of whoever brings most"
    assert line["name"] == "Cà rốt", "called as what all of them grow"
    slots = plan(contract)
    assert sum((slot.planned for slot in slots), KG(0)) == 12_000 == ledger_of(contract.holder)
    called(contract, {slots[0]: KG(1200)}, company.huy)
    call_off = plan(contract)[0]
    with transaction():
        linkage.call_off.answer(call_off=call_off, quantity=KG(1200), by=director)
    assert parts(call_off.holder) == {"HTX Nhân Huệ": KG(800), "HTX An Lâm": KG(400)}

    member = another(app)
    member.sign_in("anlam@demo.vn")
    assert "400" in member.get("/desk/calls").get_data(as_text=True)
    page = f"/desk/calls/{call_off.ref}/loads"
    there = member.get(page).get_data(as_text=True)
    assert "Nhân Huệ" not in there, (
        "what is called is named as what all grow, not as another member's product"
    )
    day = formats.date(call_off.starts, "vi")
    assert member.send(page, {"kg": "401", "day": day}).status_code == 422
    assert member.send(page, {"kg": "400", "day": day}).status_code == 303
    fresh()
    (load,) = fulfilment_queries.load.of_call_off(call_off.id)
    assert (load.cooperative_id, load.kg) == (members[1].cooperative.id, KG(400))
    assert [each.product_id for each in load.delivery.lines] == [members[1].carrots.id]
    assert parts(call_off.holder) == {"HTX Nhân Huệ": KG(800)}

    lead = another(app)
    lead.sign_in(UNION)
    assert "HTX An Lâm" in lead.get(page).get_data(as_text=True), "who leads sees what each brings"
    assert lead.send(page, {"kg": "100", "day": day}).status_code == 422, "and brings nothing itself"
    assert lead.get("/desk/calls").status_code == 200
    assert "/desk/pools/led/" in lead.get(f"/contracts/{contract.ref}").get_data(as_text=True)
    buyer = another(app)
    buyer.sign_in(HUY)
    (row,) = fulfilment_queries.load.arriving(company.bigmart.id, call_off.starts)
    assert (row.seller, row.goods) == ("HTX An Lâm", members[1].carrots.name)
    slip_page = buyer.get(f"/buyer/arrivals/{load.delivery.ref}").get_data(as_text=True)
    assert members[1].carrots.name in slip_page, "what arrives bears the name its own grower gave it"
    for page in (
        f"/contracts/{contract.ref}",
        f"/buyer/calls/{call_off.ref}",
    ):
        there = buyer.get(page)
        assert there.status_code == 200 and "Cà rốt HTX" not in there.get_data(as_text=True), page
    assert {number for number, (_words, count) in CHECKS.items() if count()} == set()


def test_next_seasons_contract_does_not_promise_what_members_grow(
    world: World, company: Company, drain: Any
) -> None:
    contract, director, _members = led_by_a_union(world, company, drain)
    with transaction():
        copied = linkage.copy_contract(contract=linkage_contract(contract.id), title="Vụ sau", by=director)
    assert queries.content_shown(copied.versions[0], director)["goods"]["lines"] == []
    assert ledger_of(contract.holder) == 12_000


def test_the_goods_of_a_pool_stay_as_they_are_in_the_form(
    world: World, company: Company, drain: Any, app: Flask
) -> None:
    contract, director, members = led_by_a_union(world, company, drain)
    with transaction():
        annex = linkage.begin_annex(contract=linkage_contract(contract.id), reason="Đổi bao bì", by=director)
    lead = another(app)
    lead.sign_in(UNION)
    there = f"/contracts/versions/{annex.ref}/sections/goods"
    page = lead.get(there).get_data(as_text=True)
    assert f'<option value="{members[0].carrots.id}" selected' in page
    assert f'value="{members[1].carrots.id}"' not in page


def linkage_contract(contract_id: int) -> Contract:
    return db.session.get_one(Contract, contract_id)
