"""A pool beside a quote: compared, chosen together, made into contracts."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update

from marketplace.accounts.models import Person
from marketplace.cooperatives.models import Certificate
from marketplace.cooperatives.states import PaperKind
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.sheets import read_table
from marketplace.inbox.models import Notice
from marketplace.linkage import agreement, queries, services
from marketplace.linkage.invariants import CHECKS
from marketplace.linkage.models import Contract, Need, Pool, Quote
from marketplace.linkage.states import AwardKind, NeedState, PoolState, QuoteState
from marketplace.supply import queries as ledger
from tests.buyers.company import HANH, Company
from tests.client import ReadingClient, another
from tests.linkage.agreed import award_of, called, ledger_of, plan, signed
from tests.linkage.asked import grade_a
from tests.linkage.asked import renewed as need_again
from tests.linkage.gathered import answered, formed, held, ready, renewed, said
from tests.linkage.quoted import again, quoted
from tests.statements import queries_sent
from tests.world import World


def pool_and_quote(world: World, company: Company, drain: Any) -> tuple[Need, Pool, Quote, Person]:
    """Twenty tonnes: a pool of two brings twelve at 6,800, Nhân Huệ quotes twelve at 6,200 with carriage."""
    with transaction():
        grade = grade_a(world.officer)
    need, sellers = ready(world, company, 30_000, grade=grade)
    lead, alone, other = sellers
    pool = formed(need, [lead, other], world.officer)
    for seller in (lead, other):
        said(pool, seller, 0, 9_000)
    held(pool, world.officer, drain)
    answered(pool, world.officer)
    quote = quoted(
        need_again(need),
        alone.cooperative,
        alone.carrots,
        alone.director,
        price=Money(6_000),
        carriage=Money(200),
    )
    with transaction():
        services.close_need(need=need_again(need), by=company.hanh)
    return need_again(need), renewed(pool), again(quote), alone.director


def chosen(world: World, company: Company, drain: Any) -> tuple[Need, Pool, Quote, Person]:
    need, pool, quote, seller = pool_and_quote(world, company, drain)
    with transaction():
        services.choose_quotes(
            need=need, shares={quote.id: Decimal(8000)}, pools={pool.id: Decimal(12000)}, by=company.hanh
        )
    return need_again(need), renewed(pool), again(quote), seller


def test_a_pool_stands_beside_a_quote_with_one_line_and_one_price(
    world: World, company: Company, drain: Any, client: ReadingClient
) -> None:
    need, pool, quote, _seller = pool_and_quote(world, company, drain)
    with queries_sent("SELECT") as sent:
        first, second = queries.comparison(need)
    assert len(sent) <= 10
    assert (first.key, second.key) == (str(quote.id), f"pool-{pool.id}")
    assert (first.landed, second.landed, second.quantity, second.members) == (6200, 6800, 12000, 2)
    assert not second.lacking and set(second.quantities) == {line.starts for line in need.lines}
    with transaction():  # one member's paper ends too early: the pool's does
        weakest = Certificate.cooperative_id == pool.members[1].cooperative_id
        db.session.execute(update(Certificate).where(weakest).values(expires_on=need.first_day))
    assert queries.comparison(need_again(need))[1].lacking == [PaperKind.VIETGAP]
    client.sign_in(HANH)
    page = client.get(f"/buyer/requests/{need.ref}/quotes").get_data(as_text=True)
    assert f"/buyer/pools/{pool.ref}" in page and "2 hợp tác xã" in page and "không phải" in page
    assert "2" in client.get(f"/buyer/requests/{need.ref}").get_data(as_text=True)
    sheet = read_table(client.get(f"/buyer/requests/{need.ref}/quotes.xlsx").data, "quotes.xlsx")
    assert len(sheet.rows) == 2


def test_twelve_tonnes_to_the_pool_and_eight_to_the_quote(
    world: World, company: Company, drain: Any, client: ReadingClient
) -> None:
    need, pool, quote, _seller = pool_and_quote(world, company, drain)
    client.sign_in(HANH)
    page = f"/buyer/requests/{need.ref}/choice"
    assert f"share-pool-{pool.id}" in client.get(page).get_data(as_text=True)
    shares = {f"share-{quote.id}": "8 tấn", f"share-pool-{pool.id}": "13 tấn"}
    refused = client.send(page, shares)
    assert refused.status_code == 422 and "12 tấn" in refused.get_data(as_text=True).replace("\xa0", " ")
    assert client.send(page, shares | {f"share-pool-{pool.id}": "12 tấn"}).status_code == 303
    need, pool, quote = need_again(need), renewed(pool), again(quote)
    assert (need.state, need.left) == (NeedState.AWARDED, 0)
    assert (pool.state, pool.won, quote.state) == (PoolState.WON, 12_000, QuoteState.AWARDED)
    assert all(line.left == 0 for line in need.lines)
    assert queries.pool_allocation.allocation_at_work(pool.id) is None


def test_a_pool_of_another_request_or_one_that_lost_is_not_chosen(
    world: World, company: Company, drain: Any
) -> None:
    need, pool, quote, _seller = pool_and_quote(world, company, drain)
    with pytest.raises(Refusal) as refused, transaction():
        services.choose_quotes(need=need, shares={}, pools={pool.id + 7: Decimal(1)}, by=company.hanh)
    assert refused.value.field == f"share-pool-{pool.id + 7}"
    db.session.rollback()
    with transaction():
        services.choose_quotes(
            need=need_again(need), shares={}, pools={pool.id: Decimal(6000)}, by=company.hanh
        )
    pool = renewed(pool)
    assert pool.state is PoolState.WON and again(quote).state is QuoteState.NOT_AWARDED
    assert queries.pool_allocation.allocation_at_work(pool.id) is not None
    with pytest.raises(Refusal), transaction():
        services.choose_quotes(need=need_again(need), shares={}, pools={pool.id: Decimal(1)}, by=company.hanh)


def test_an_award_becomes_a_contract_that_takes_over_what_the_quote_holds(
    world: World, company: Company, drain: Any, client: ReadingClient
) -> None:
    need, pool, quote, seller = chosen(world, company, drain)
    award = award_of(quote.need, quote.holder)
    client.sign_in(seller.email)
    assert f"/contracts/of/{award.id}" in client.get(f"/desk/quotes/{quote.ref}").get_data(as_text=True)
    client.get(f"/contracts/of/{award.id}")
    made = client.send(f"/contracts/of/{award.id}", {})
    assert made.status_code == 303
    contract = queries.contract_of_award(quote.holder)
    assert contract is not None
    page = client.get(f"/contracts/{contract.ref}").get_data(as_text=True)
    assert str(need.number) in page and f"/desk/quotes/{quote.ref}" in page
    content = queries.content_shown(contract.versions[0], seller)
    assert content["price"]["grades"][0]["price"] == 6200 and "200" in content["price"]["costs"]
    assert (content["delivery"]["from_time"], content["goods"]["packing"]) == (dt.time(3), "Thùng 10 kg")
    assert agreement.quantity(content) == 8000 and content["price"]["grades"][0]["grade"] == "A"
    assert "150–250 g" in content["goods"]["standard"]
    again_begun = client.send(f"/contracts/of/{award.id}", {})
    assert again_begun.status_code in (409, 422)
    buyer = another(client.application)
    buyer.sign_in(HANH)
    assert "đang viết" in buyer.get(f"/contracts/of/{award.id}").get_data(as_text=True)
    stranger = another(client.application)
    stranger.sign_in(world.rival.email)
    assert stranger.get(f"/contracts/of/{award.id}").status_code == 404

    before = ledger_of(quote.holder)
    stock = {claim.stock_id: claim.stock.reserved for claim in ledger.claims_of(quote.holder)}
    signed(contract, seller, company)
    assert (before, ledger_of(quote.holder), ledger_of(contract.holder)) == (8000, 0, 8000)
    assert stock == {claim.stock_id: claim.stock.reserved for claim in ledger.claims_of(contract.holder)}
    assert not wrong()
    db.session.execute(update(Contract).values(origin=f"pool:{pool.id}"))
    assert wrong() == {"Q14"}


def test_the_contract_of_a_pool_takes_over_the_shares_of_its_members(
    world: World, company: Company, drain: Any
) -> None:
    _need, pool, _quote, _seller = chosen(world, company, drain)
    source = f"pool:{pool.id}"
    with transaction():
        contract = services.contract_from_award(award=award_of(pool.need, source), by=world.director)
    content = queries.content_shown(contract.versions[0], world.director)
    assert (agreement.quantity(content), content["price"]["grades"][0]["price"]) == (12000, 6800)
    with pytest.raises(Conflict), transaction():
        services.contract_from_award(award=award_of(pool.need, source), by=company.hanh)
    contract = db.session.get_one(Contract, contract.id)
    assert ledger_of(source) == 12000
    signed(contract, world.director, company)
    assert (ledger_of(source), ledger_of(contract.holder)) == (0, 12000)
    assert len({claim.stock.product_id for claim in ledger.claims_of(contract.holder)}) == 2
    with transaction():
        services.queue_allocation(pool=renewed(pool), reason="Một thành viên giao ít hơn", keep=True)
    drain()
    run = queries.pool_allocation.allocation_no(pool.id, 2)
    assert run is not None
    with transaction():
        services.put_allocation_in_force(allocation=run, by=world.officer)
    assert (ledger_of(source), ledger_of(contract.holder)) == (0, 12000)
    assert not wrong()


def test_what_calls_drew_is_not_promised_again_and_follows_whoever_brings_it(
    world: World, company: Company, drain: Any
) -> None:
    _need, pool, _quote, _seller = chosen(world, company, drain)
    source = f"pool:{pool.id}"
    with transaction():
        contract = services.contract_from_award(award=award_of(pool.need, source), by=world.director)
    contract = db.session.get_one(Contract, contract.id)
    signed(contract, world.director, company)
    week = plan(contract)[0].planned
    called(contract, {plan(contract)[0]: week / 2}, company.huy)
    with transaction():
        services.call_off.answer(call_off=plan(contract)[0], quantity=week / 2, by=world.director)
    call_off = plan(contract)[0]
    assert ledger_of(call_off.holder) == week / 2
    assert ledger_of(contract.holder) == 12_000 - week / 2 and not wrong()
    shared_anew(pool, world, drain)
    assert ledger_of(call_off.holder) == week / 2
    assert ledger_of(contract.holder) == 12_000 - week / 2, "what a call drew is not promised a second time"
    gone = next(each for each in renewed(pool).members if each.cooperative_id != world.dong_lac.id)
    with transaction():
        services.release_pool_member(member=gone, reason="Mưa ngập", by=world.officer)
    brings = {
        claim.stock.product.cooperative_id
        for claim in ledger.claims_of(call_off.holder)
        if claim.state == "held"
    }
    assert brings == {world.dong_lac.id}, "nobody calls for goods of a member that dropped out"
    shared_anew(pool, world, drain)
    assert ledger_of(call_off.holder) == week / 2, "others bring what the call lacked"
    assert not wrong()


def shared_anew(pool: Pool, world: World, drain: Any) -> None:
    with transaction():
        services.queue_allocation(pool=renewed(pool), reason="Tính lại", keep=False, by=world.officer)
    drain()
    run = queries.pool_allocation.allocation_no(
        pool.id, queries.pool_allocation.last_allocation_number(pool.id)
    )
    assert run is not None
    with transaction():
        services.put_allocation_in_force(allocation=run, by=world.officer)


def test_a_contract_that_was_given_up_may_be_made_again(world: World, company: Company, drain: Any) -> None:
    _need, _pool, quote, seller = chosen(world, company, drain)
    with transaction():
        first = services.contract_from_award(award=award_of(quote.need, quote.holder), by=seller)
        services.drop(version=first.versions[0], reason="Viết lại", by=seller)
    assert ledger_of(quote.holder) == 8000
    with transaction():
        second = services.contract_from_award(award=award_of(quote.need, quote.holder), by=company.hanh)
    assert second.origin == first.origin and second.id != first.id


def wrong() -> set[str]:
    """Numbers of the rules that do not hold."""
    return {number for number, (_words, count) in CHECKS.items() if count()}


def in_reserve(world: World, company: Company, drain: Any) -> tuple[Need, Pool, Quote, Person]:
    """The quote has its twelve tonnes, the pool waits for what is left."""
    need, pool, quote, seller = pool_and_quote(world, company, drain)
    with transaction():
        services.choose_quotes(
            need=need, shares={quote.id: Decimal(12000)}, reserves=[f"pool:{pool.id}"], by=company.hanh
        )
    return need_again(need), renewed(pool), again(quote), seller


def test_a_pool_waits_in_reserve_with_all_it_holds_and_steps_up(
    world: World, company: Company, drain: Any
) -> None:
    need, pool, _quote, _seller = in_reserve(world, company, drain)
    source = f"pool:{pool.id}"
    (reserve,) = queries.awards_of(need.id, AwardKind.RESERVE)
    assert (pool.state, reserve.source, reserve.rank) == (PoolState.RESERVE, source, 1)
    assert ledger_of(source) == 12_000 and pool.won is None and not wrong()
    told = [(f"/desk/pools/{pool.ref}", "anlam@demo.vn"), (f"/desk/requests/{need.ref}", "donglac@demo.vn")]
    for kind, letter in zip(("pools.reserve", "requests.reserve"), told, strict=True):
        query = select(Notice.url, Person.email).join(Person, Person.id == Notice.person_id)
        assert [tuple(row) for row in db.session.execute(query.where(Notice.kind == kind))] == [letter]
    assert [row.source for row in queries.comparison(need) if row.open] == [source]
    with transaction():
        services.choose_quotes(need=need, shares={}, pools={pool.id: Decimal(8000)}, by=company.hanh)
    pool = renewed(pool)
    assert (pool.state, pool.won, need_again(need).left) == (PoolState.WON, 8000, 0)
    drain()
    run = queries.pool_allocation.allocation_no(pool.id, 2)
    assert run is not None
    with transaction():
        services.put_allocation_in_force(allocation=run, by=world.officer)
    assert ledger_of(source) == 8_000 and not wrong()


def test_a_pool_that_waits_keeps_its_place_until_the_buyer_wants_nobody_more(
    world: World, company: Company, drain: Any
) -> None:
    need, pool, quote, _seller = pool_and_quote(world, company, drain)
    source = f"pool:{pool.id}"
    with transaction():
        services.choose_quotes(
            need=need, shares={quote.id: Decimal(6000)}, reserves=[source], by=company.hanh
        )
    assert renewed(pool).state is PoolState.RESERVE
    with transaction():  # in reserve already: nothing new is written
        services.choose_quotes(
            need=need_again(need),
            shares={},
            pools={pool.id: Decimal(6000)},
            reserves=[source],
            by=company.hanh,
        )
    assert renewed(pool).state is PoolState.WON
    assert len(queries.awards_of(need.id, AwardKind.RESERVE)) == 1


def test_whoever_leads_a_pool_in_reserve_may_stop_waiting(world: World, company: Company, drain: Any) -> None:
    need, pool, _quote, _seller = in_reserve(world, company, drain)
    with transaction():
        services.release_pool_member(member=pool.members[1], reason="Mưa ngập", by=world.officer)
    assert 0 < ledger_of(f"pool:{pool.id}") < 12_000 and not wrong()
    with transaction():
        services.dissolve_pool(pool=renewed(pool), reason="Không chờ nữa", by=world.director)
    assert ledger_of(f"pool:{pool.id}") == 0 and not wrong()
    with pytest.raises(Refusal) as refused, transaction():
        services.choose_quotes(
            need=need_again(need), shares={}, pools={pool.id: Decimal(1000)}, by=company.hanh
        )
    assert refused.value.field == f"share-pool-{pool.id}"


def test_a_pool_that_was_given_up_does_not_wait(world: World, company: Company, drain: Any) -> None:
    need, pool, quote, _seller = pool_and_quote(world, company, drain)
    with transaction():
        services.dissolve_pool(pool=pool, reason="Thôi", by=world.officer)
    for source in (f"pool:{pool.id}", "pool:4711", "quote:4711"):
        with pytest.raises(Refusal), transaction():
            services.choose_quotes(
                need=need_again(need), shares={quote.id: Decimal(6000)}, reserves=[source], by=company.hanh
            )
        db.session.rollback()
    assert again(quote).state is QuoteState.SUBMITTED


def test_a_reserve_that_is_no_longer_wanted_ends_with_the_next_choice(
    world: World, company: Company, drain: Any
) -> None:
    need, pool, quote, _seller = pool_and_quote(world, company, drain)
    with transaction():
        services.choose_quotes(
            need=need,
            shares={},
            pools={pool.id: Decimal(1000)},
            reserves=[f"quote:{quote.id}"],
            by=company.hanh,
        )
    assert again(quote).state is QuoteState.RESERVE
    other = renewed(pool)
    assert other.state is PoolState.WON
    with transaction():
        services.choose_quotes(need=need_again(need), shares={quote.id: Decimal(6000)}, by=company.hanh)
    assert again(quote).state is QuoteState.AWARDED and not wrong()


def test_the_pages_say_that_a_pool_is_in_reserve(
    world: World, company: Company, drain: Any, client: ReadingClient
) -> None:
    need, pool, quote, _seller = pool_and_quote(world, company, drain)
    client.sign_in(HANH)
    page = f"/buyer/requests/{need.ref}/choice"
    assert f'name="reserve-pool-{pool.id}"' in client.get(page).get_data(as_text=True)
    shares = {f"share-{quote.id}": "12 tấn", f"reserve-pool-{pool.id}": "9"}
    assert client.send(page, shares).status_code == 422
    assert client.send(page, shares | {f"reserve-pool-{pool.id}": "1"}).status_code == 303
    assert renewed(pool).state is PoolState.RESERVE
    again_there = client.get(page).get_data(as_text=True)
    assert re.search(rf'name="reserve-pool-{pool.id}".*?<option value="1" selected>', again_there, re.S)
    for address in (page, f"/buyer/requests/{need.ref}/quotes", f"/buyer/pools/{pool.ref}"):
        assert "Dự bị" in client.get(address).get_data(as_text=True), address
    lead, member = another(client.application), another(client.application)
    lead.sign_in(world.director.email)
    assert "dự bị" in lead.get(f"/desk/pools/led/{pool.ref}").get_data(as_text=True)
    member.sign_in("anlam@demo.vn")
    assert "dự bị" in member.get(f"/desk/pools/{pool.ref}").get_data(as_text=True)
