"""A contract of a pool: a call draws on every member in proportion, and each brings its own part."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select, update

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.fulfilment import loading, services
from marketplace.linkage import services as linkage
from marketplace.linkage.models import CallOff, Contract
from marketplace.supply import services as supply
from marketplace.supply.models import Claim, Stock
from marketplace.supply.states import ClaimKind, ClaimState
from tests.buyers.company import HUY, Company
from tests.client import another
from tests.fulfilment.world import KG, fresh, opened, sent
from tests.linkage.agreed import called, in_force, monday, plan
from tests.linkage.gathered import Seller, neighbours
from tests.world import World


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


def linkage_contract(contract_id: int) -> Contract:
    return db.session.get_one(Contract, contract_id)
