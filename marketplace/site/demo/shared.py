"""A small pool that won: three cooperatives bring the supermarket carrots under one contract, each its own part."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import select

from marketplace.accounts.models import Organisation, Person
from marketplace.cooperatives.states import PaperKind
from marketplace.deliveries import services as deliveries
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.fulfilment import loading
from marketplace.fulfilment import services as fulfilment
from marketplace.linkage import queries, services
from marketplace.linkage.models import CallOff, Contract, Need, NeedAward, Pool
from marketplace.linkage.sharing import SharingRule
from marketplace.site.demo.contracts import head_of, sign_on_paper
from marketplace.site.demo.pools import compute, join
from marketplace.site.demo.registry import Province
from marketplace.site.demo.requests import SUPERMARKET, Wish, opened, weeks
from marketplace.site.demo.trade import labels

LEAD = "duc-chinh"
EACH_WEEK, WEEKS = 1_500, 3
WORDS = {LEAD: (300, 900), "tan-minh-duc": (0, 600), "dong-lac": (0, 600)}
"""Member -> from a least to a most in every week, kilograms."""
TRUCK = "34C-077.12"


def shared(province: Province) -> int:
    """Returns how many kilograms of this week's call have left."""
    buyer = db.session.scalars(select(Organisation).where(Organisation.name == SUPERMARKET)).first()
    if buyer is None:
        return 0
    need = opened(province, {SUPERMARKET: buyer}, _wish(), 20)
    pool = _gathered(province, need)
    head, director = head_of(buyer), province.directors[LEAD]
    award = _won(need, pool, head)
    call_off = _called(_signed(award, head, director), head, director)
    kg = loading.left_for(call_off, pool.lead_id)
    load = fulfilment.load.prepare(call_off=call_off, kg=kg, cooperative=pool.lead, by=director)
    deliveries.pack(delivery=load.delivery, lots=labels(load.delivery), by=director)
    deliveries.dispatch(delivery=load.delivery, vehicle=TRUCK, by=director)
    return int(kg)


def _wish() -> Wish:
    return Wish(
        SUPERMARKET,
        "ca-rot",
        weeks(0, WEEKS, EACH_WEEK),
        "Thùng 10 kg, đã rửa",
        7000,
        "A",
        (PaperKind.VIETGAP,),
        answers={"rua": "rua"},
        words="Hàng cho quầy khuyến mại đầu tháng.",
    )


def _gathered(province: Province, need: Need) -> Pool:
    """Formed, filled, shared out and answered in a few days."""
    with clock.standing_at(clock.now() - dt.timedelta(days=19)):
        pool = services.form_pool(
            need=need,
            lead=province.cooperatives[LEAD],
            rule=SharingRule.BY_CAPACITY,
            goal=EACH_WEEK * WEEKS,
            join_by=clock.now() + dt.timedelta(days=3),
            radius=60,
            by=province.officer,
        )
        join(province, pool, WORDS)
    with clock.standing_at(clock.now() - dt.timedelta(days=15)):
        services.lock_pool(pool=pool, by=province.officer)
        compute(pool)
        run = queries.pool_allocation.allocation_no(pool.id, 1)
        assert run is not None, "it was computed"
        services.put_allocation_in_force(allocation=run, by=province.officer)
        services.answer_with_pool(pool=pool, price=Money(6_800), by=province.directors[LEAD])
    return pool


def _won(need: Need, pool: Pool, head: Person) -> NeedAward:
    with clock.standing_at(clock.now() - dt.timedelta(days=13)):
        services.close_need(need=need)
        amount = Decimal(EACH_WEEK * WEEKS)
        (award,) = services.choose_quotes(need=need, shares={}, pools={pool.id: amount}, by=head)
    return award


def _signed(award: NeedAward, head: Person, director: Person) -> Contract:
    """The award says nearly all of it; the lead writes who signs, and both sign on paper."""
    with clock.standing_at(clock.now() - dt.timedelta(days=11)):
        contract = services.contract_from_award(award=award, by=director)
        version = contract.versions[0]
        parties = queries.content_shown(version, director)["parties"]
        told = {
            **parties,
            "seller_representative": director.name,
            "buyer_representative": head.name,
            "buyer_address": parties["buyer_address"] or "TP Hải Dương",
        }
        services.fill_in(version=version, section="parties", told=told, by=director)
        sign_on_paper(contract, director)
    return contract


def _called(contract: Contract, head: Person, director: Person) -> CallOff:
    """This week's part, which the lead accepts for all of them."""
    query = select(CallOff).where(CallOff.contract_id == contract.id)
    call_off = db.session.scalars(query.where(CallOff.slot == str(week_of(clock.today())))).one()
    with clock.standing_at(clock.now() - dt.timedelta(hours=26)):
        services.call_off.call(contract=contract, wanted={call_off.ref: call_off.planned}, by=head)
    with clock.standing_at(clock.now() - dt.timedelta(hours=20)):
        services.call_off.answer(call_off=call_off, quantity=call_off.called, by=director)
    return call_off
