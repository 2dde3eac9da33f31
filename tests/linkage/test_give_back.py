"""An award comes back before its contract: the volume is free in the same moment, and a reserve steps up for it."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from marketplace.foundation import clock, formats
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.inbox.models import Entry, Notice
from marketplace.linkage import agreement, queries, reserves, services
from marketplace.linkage.models import Contract, Need, NeedAward, Quote, ReserveAsk
from marketplace.linkage.states import AskState, NeedState, PoolState, QuoteState, ShareRunState
from marketplace.linkage.states.contract import ContractState
from marketplace.linkage.tasks import close_late_asks
from marketplace.supply import queries as ledger
from marketplace.supply import services as supply
from marketplace.supply.models import Claim, Stock
from marketplace.supply.states import ClaimState
from marketplace.supply.tasks import free_expired_holds
from tests import rivals
from tests.buyers.company import HANH, Company
from tests.client import ReadingClient, another
from tests.linkage.agreed import sign
from tests.linkage.asked import renewed as need_again
from tests.linkage.gathered import Seller, allocation, ready, renewed, weeks_of
from tests.linkage.quoted import again, quoted
from tests.linkage.quoted import held as held_by
from tests.linkage.test_pool_choice import award_of, chosen, in_reserve, ledger_of, wrong
from tests.rivals import act
from tests.world import World

OFFICER = "officer@demo.vn"
WHY = "Mưa ngập ruộng"
ACTS = "tests.linkage.rival_acts"


@pytest.fixture
def company(world: World) -> Company:
    return Company.built()


@dataclass
class Deal:
    """Đồng Lạc was chosen for all twenty tonnes; Nhân Huệ (15 t) and An Lâm (10 t) wait in reserve."""

    need: Need
    sellers: list[Seller]
    quotes: list[Quote]

    @property
    def award(self) -> NeedAward:
        return award_of(need_again(self.need), self.quotes[0].holder)

    def place(self, at: int) -> NeedAward:
        """In reserve, no. 1 or 2."""
        return next(each for each in queries.awards_of(self.need.id) if each.rank == at)

    def weeks(self) -> list[str]:
        return weeks_of(need_again(self.need))


def dealt(world: World, company: Company, **told: Any) -> Deal:
    need, sellers = ready(world, company, 30_000, **told)
    quotes = [
        quoted(
            need_again(need),
            each.cooperative,
            each.carrots,
            each.director,
            portion=Decimal(portion),
            price=Money(price),
        )
        for each, portion, price in zip(sellers, (2000, 1500, 1000), (6200, 6400, 6600), strict=True)
    ]
    with transaction():
        services.close_need(need=need_again(need), by=company.hanh)
    with transaction():
        services.choose_quotes(
            need=need_again(need),
            shares={quotes[0].id: Decimal(20_000)},
            reserves=[quotes[1].holder, quotes[2].holder],
            by=company.hanh,
        )
    return Deal(need_again(need), sellers, [again(each) for each in quotes])


def give_back(deal: Deal, weeks: dict[str, Decimal] | None = None, reason: str = WHY) -> None:
    with transaction():
        services.give_back(award=deal.award, weeks=weeks, reason=reason, by=deal.sellers[0].director)


def held(quote: Quote) -> dict[str, Decimal]:
    """Week → what is set aside for it, as the database says now."""
    db.session.expire_all()
    return held_by(quote)


def reserved(seller: Seller) -> Decimal:
    """What the ledger says is promised of its weeks."""
    db.session.expire_all()
    stocks = [
        ledger.week_stock(seller.carrots.id, week) for week in {claim.stock.week for claim in _claims(seller)}
    ]
    return sum((each.reserved for each in stocks if each is not None), Decimal(0))


def _claims(seller: Seller) -> list[Any]:
    query = select(Claim).join(Claim.stock).where(Stock.product_id == seller.carrots.id)
    return [*db.session.scalars(query)]


def told(kind: str) -> list[str]:
    return [*db.session.scalars(select(Notice.url).where(Notice.kind == kind))]


def test_a_part_comes_back_and_its_volume_is_free_at_once(world: World, company: Company) -> None:
    deal = dealt(world, company)
    week = deal.weeks()[0]
    before = held(deal.quotes[0])
    give_back(deal, {week: Decimal(3000)})
    need, quote = need_again(deal.need), again(deal.quotes[0])
    assert (need.state, need.left, deal.award.standing) == (NeedState.AWARDED, 3000, 17_000)
    assert quote.state is QuoteState.AWARDED
    now = held(quote)
    assert now[week] == before[week] - 3000 and sum(now.values()) == 17_000
    assert {each: now[each] for each in now if each != week} == {
        each: before[each] for each in before if each != week
    }
    lines = [line for line in need.lines if str(line.iso_week) == week]
    assert sum(line.left for line in lines) == 3000 and not wrong()
    assert set(told("requests.given_back")) == {f"/buyer/requests/{need.ref}/reserves"}


def test_all_of_it_comes_back_and_the_request_is_to_be_decided_again(world: World, company: Company) -> None:
    deal = dealt(world, company)
    give_back(deal)
    need, quote = need_again(deal.need), again(deal.quotes[0])
    assert (need.state, need.left, need.decided_at) == (NeedState.CLOSED, 20_000, None)
    assert quote.state is QuoteState.RETURNED and not held(quote)
    assert [row.state for row in queries.comparison(need) if row.id == quote.id] == [QuoteState.RETURNED]
    assert not wrong()
    with pytest.raises(Refusal):
        give_back(deal)


@pytest.mark.parametrize(
    ("weeks", "reason", "field"),
    [
        ({}, WHY, None),
        ({"first": 99_000}, WHY, "week_"),
        ({"first": 1000}, " ", "reason"),
        ({"2020-W01": 1}, WHY, "week_"),
    ],
)
def test_what_cannot_come_back_is_said(
    world: World, company: Company, weeks: dict[str, int], reason: str, field: str | None
) -> None:
    deal = dealt(world, company)
    told_weeks = {deal.weeks()[0] if week == "first" else week: Decimal(each) for week, each in weeks.items()}
    with pytest.raises(Refusal) as refused:
        give_back(deal, told_weeks, reason)
    if field == "week_":
        assert [*refused.value.fields] == [f"week_{week}" for week in told_weeks]
    else:
        assert refused.value.field == field
    assert need_again(deal.need).left == 0 and not wrong()


def test_a_request_for_one_seller_comes_back_whole(world: World, company: Company) -> None:
    deal = dealt(world, company, splits=False)
    with pytest.raises(Refusal):
        give_back(deal, {deal.weeks()[0]: Decimal(1000)})
    db.session.rollback()
    give_back(deal)
    with transaction():
        assert services.step_up(need=need_again(deal.need), place=deal.place(1), by=company.hanh)
    assert need_again(deal.need).awarded == 15_000 and not wrong()


def test_the_contract_that_was_begun_is_given_up_and_made_again_of_the_rest(
    world: World, company: Company
) -> None:
    deal = dealt(world, company)
    with transaction():
        first = services.contract_from_award(award=deal.award, by=deal.sellers[0].director)
    give_back(deal, {deal.weeks()[0]: Decimal(2000)})
    assert db.session.get_one(Contract, first.id).state is ContractState.DROPPED
    with transaction():
        second = services.contract_from_award(award=deal.award, by=company.hanh)
    content = queries.content_shown(second.versions[0], company.hanh)
    assert agreement.quantity(content) == 18_000 and not wrong()
    give_back(deal)
    with pytest.raises(Refusal), transaction():
        services.contract_from_award(award=deal.award, by=company.hanh)


def test_what_its_seller_signed_does_not_come_back(world: World, company: Company, drain: Any) -> None:
    _need, _pool, quote, seller = chosen(world, company, drain)
    award = award_of(quote.need, quote.holder)
    with transaction():
        contract = services.contract_from_award(award=award, by=seller)
        parties = queries.content_shown(contract.versions[0], seller)["parties"]
        names = {
            "seller_representative": "Mai",
            "buyer_representative": "Huy",
            "buyer_address": "Sao Đỏ, Chí Linh",
        }
        version = contract.versions[0]
        services.fill_in(version=version, section="parties", told={**parties, **names}, by=seller)
        services.offer(version=version, by=seller)
    version = db.session.get_one(Contract, contract.id).versions[0]
    sign(version, seller)
    for verb, by in ((services.give_back, seller), (services.take_back, company.hanh)):
        with pytest.raises(Refusal), time_machine.travel(clock.now() + dt.timedelta(days=6)), transaction():
            verb(award=award_of(quote.need, quote.holder), reason=WHY, by=by)
        db.session.rollback()
    sign(db.session.get_one(Contract, contract.id).versions[0], company.huy)
    with pytest.raises(Refusal), transaction():
        services.give_back(award=award_of(quote.need, quote.holder), reason=WHY, by=seller)
    assert not wrong()


def test_a_buyer_takes_it_back_from_a_seller_who_does_not_sign(world: World, company: Company) -> None:
    deal = dealt(world, company)
    with pytest.raises(Refusal), transaction():
        services.take_back(award=deal.award, reason=WHY, by=company.hanh)
    db.session.rollback()
    with time_machine.travel(clock.now() + dt.timedelta(days=6), tick=True):
        with transaction():
            services.take_back(award=deal.award, reason="Không ký kịp", by=company.hanh)
        need, quote = need_again(deal.need), again(deal.quotes[0])
        assert (need.state, quote.state, held(quote)) == (NeedState.CLOSED, QuoteState.RETURNED, {})
    assert told("requests.taken_back") == [f"/desk/requests/{need.ref}"] and not wrong()
    assert not told("requests.given_back")


def test_a_reserve_takes_what_it_can_and_the_next_one_the_rest(world: World, company: Company) -> None:
    deal = dealt(world, company)
    give_back(deal)
    first, second = reserves.waiting(need_again(deal.need))
    assert (first.could, second.could, first.valid) == (15_000, 10_000, True)
    with transaction():
        assert services.step_up(need=need_again(deal.need), place=deal.place(1), by=company.hanh)
    need = need_again(deal.need)
    assert (need.state, need.left, again(deal.quotes[1]).state) == (
        NeedState.AWARDED,
        5000,
        QuoteState.AWARDED,
    )
    (left,) = reserves.waiting(need)
    assert left.could == 5000 and again(deal.quotes[2]).state is QuoteState.RESERVE
    with transaction():
        services.step_up(need=need, place=deal.place(2), by=company.hanh)
    assert need_again(need).left == 0 and not reserves.waiting(need_again(need))
    assert sum(sum(held(again(each)).values()) for each in deal.quotes) == 20_000
    assert not wrong()
    with pytest.raises(Refusal), transaction():
        services.step_up(need=need_again(need), place=deal.place(2), by=company.hanh)


def test_a_reserve_whose_quote_lapsed_is_asked_and_says_yes(world: World, company: Company) -> None:
    deal = dealt(world, company)
    with time_machine.travel(clock.now() + dt.timedelta(days=15), tick=True):
        free_expired_holds()
        assert not held(again(deal.quotes[1]))
        give_back(deal)
        row = reserves.waiting(need_again(deal.need))[0]
        assert not row.valid and row.could == 15_000
        with transaction():
            assert not services.step_up(need=need_again(deal.need), place=deal.place(1), by=company.hanh)
        with pytest.raises(Refusal), transaction():  # asked already
            services.step_up(need=need_again(deal.need), place=deal.place(1), by=company.hanh)
        db.session.rollback()
        ask = _ask(deal)
        assert (ask.state, ask.quantity, ask.waits) == (AskState.ASKED, 15_000, True)
        assert told("requests.reserve_asked") == [f"/desk/asks/{ask.id}"]
        with transaction():
            services.agree(ask=ask, by=deal.sellers[1].director)
        need, quote = need_again(deal.need), again(deal.quotes[1])
        assert (need.left, quote.state, quote.latest, quote.offer.valid) == (
            5000,
            QuoteState.AWARDED,
            2,
            True,
        )
        assert sum(held(quote).values()) == 15_000 and _ask(deal).state is AskState.AGREED
        assert told("requests.reserve_agreed") and not wrong()
        with pytest.raises(Refusal), transaction():
            services.agree(ask=_ask(deal), by=deal.sellers[1].director)


def test_a_reserve_that_says_no_or_nothing_goes_on_waiting(world: World, company: Company) -> None:
    deal = dealt(world, company)
    later = clock.now() + dt.timedelta(days=15)
    with time_machine.travel(later, tick=True):
        give_back(deal)
        for place in (1, 2):
            with transaction():
                services.step_up(need=need_again(deal.need), place=deal.place(place), by=company.hanh)
        with transaction():
            services.decline(ask=_ask(deal), reason="Hết hàng", by=deal.sellers[1].director)
    with time_machine.travel(later + dt.timedelta(days=3), tick=True):
        silent = _ask(deal, 2)
        with pytest.raises(Refusal), transaction():
            services.agree(ask=silent, by=deal.sellers[2].director)
        db.session.rollback()
        close_late_asks()
        close_late_asks()
        assert [_ask(deal, at).state for at in (1, 2)] == [AskState.DECLINED, AskState.LAPSED]
        assert len(told("requests.reserve_declined")) == 4, "two answers, two people of the buyer"
        assert len(reserves.waiting(need_again(deal.need))) == 2 and not wrong()


def test_whoever_is_asked_for_what_is_gone_need_not_answer(world: World, company: Company) -> None:
    deal = dealt(world, company)
    with time_machine.travel(clock.now() + dt.timedelta(days=15), tick=True):
        give_back(deal)
        for place in (1, 2):
            with transaction():
                services.step_up(need=need_again(deal.need), place=deal.place(place), by=company.hanh)
        with transaction():
            services.agree(ask=_ask(deal), by=deal.sellers[1].director)
        assert _ask(deal, 2).state is AskState.DROPPED and told("requests.reserve_dropped")
        with pytest.raises(Refusal), transaction():
            services.agree(ask=_ask(deal, 2), by=deal.sellers[2].director)


def test_a_reserve_brings_no_more_than_is_free_now(world: World, company: Company) -> None:
    """Its quote lapsed, and others have bought of its weeks since."""
    deal = dealt(world, company)
    with time_machine.travel(clock.now() + dt.timedelta(days=15), tick=True):
        free_expired_holds()
        with transaction():
            for week in deal.weeks():
                stock = ledger.week_stock(deal.sellers[1].carrots.id, week)
                assert stock is not None
                _take(deal.sellers[1], week, stock.free - 500)
        give_back(deal)
        row = reserves.waiting(need_again(deal.need))[0]
        assert row.could == 500 * len(deal.weeks())
        with transaction():
            services.step_up(need=need_again(deal.need), place=deal.place(1), by=company.hanh)
        with transaction():
            _take(deal.sellers[1], deal.weeks()[0], Decimal(500))
        with pytest.raises(Refusal) as refused, transaction():
            services.agree(ask=_ask(deal), by=deal.sellers[1].director)
        left = formats.amount(Decimal(500 * (len(deal.weeks()) - 1)), "kg", "vi")
        assert left in str(refused.value)
        db.session.rollback()
        assert need_again(deal.need).awarded == 0 and not wrong()


def _take(seller: Seller, week: str, quantity: Decimal) -> None:
    supply.promise(product_id=seller.carrots.id, week=week, quantity=quantity, holder="contract:4711")


def _ask(deal: Deal, place: int = 1) -> ReserveAsk:
    db.session.expire_all()
    found = queries.newest_asks([deal.place(place).id])[deal.place(place).id]
    asked = queries.ask_by_id(found.id)
    assert asked is not None
    return asked


# --- pools --------------------------------------------------------------------------------------------


def test_a_pool_gives_a_part_back_and_its_members_are_freed_in_proportion(
    world: World, company: Company, drain: Any
) -> None:
    need, pool, _quote, _seller = chosen(world, company, drain)
    source, week = f"pool:{pool.id}", weeks_of(need)[0]
    award = award_of(need, source)
    mine = sum(line.standing for line in award.lines if str(line.line.iso_week) == week)
    before = ledger_of(source)
    with transaction():
        services.give_back(award=award, weeks={week: mine}, reason=WHY, by=world.director)
    pool = renewed(pool)
    assert (pool.state, pool.won) == (PoolState.WON, 12_000 - mine)
    assert ledger_of(source) == before - mine and not wrong()
    assert set(told("pools.given_back")) == {f"/desk/pools/{pool.ref}"}
    drain()
    run = allocation(pool, 2)
    assert run.state is ShareRunState.COMPLETE
    with transaction():
        services.put_allocation_in_force(allocation=run, by=world.officer)
    assert ledger_of(source) == 12_000 - mine and not wrong()


def test_a_pool_gives_all_back_and_has_ended(world: World, company: Company, drain: Any) -> None:
    need, pool, _quote, _seller = chosen(world, company, drain)
    with transaction():
        services.give_back(award=award_of(need, f"pool:{pool.id}"), reason=WHY, by=world.director)
    pool = renewed(pool)
    assert (pool.state, pool.won, pool.reason) == (PoolState.RETURNED, None, WHY)
    assert ledger_of(f"pool:{pool.id}") == 0 and need_again(need).left == 12_000 and not wrong()


def test_a_pool_in_reserve_steps_up_for_what_a_quote_gave_back(
    world: World, company: Company, drain: Any
) -> None:
    need, pool, quote, seller = in_reserve(world, company, drain)
    with transaction():
        services.give_back(award=award_of(need, quote.holder), reason=WHY, by=seller)
    (row,) = reserves.waiting(need_again(need))
    assert row.could == 12_000 and row.valid
    place = next(each for each in queries.awards_of(need.id) if each.rank == 1)
    with transaction():
        assert services.step_up(need=need_again(need), place=place, by=company.hanh)
    assert (renewed(pool).state, renewed(pool).won) == (PoolState.WON, 12_000) and not wrong()


def test_a_choice_for_less_while_shares_are_computed_overtakes_them(
    world: World, company: Company, drain: Any
) -> None:
    """The fact cannot be refused: the computation that runs gives way, and its worker finds that nobody wants it."""
    need, pool, _quote, _seller = in_reserve(world, company, drain)
    with transaction():
        running = services.queue_allocation(pool=renewed(pool), reason="Mưa", by=world.officer)
        services.start_allocation(allocation_id=running.id)
    with transaction():
        services.choose_quotes(
            need=need_again(need), shares={}, pools={pool.id: Decimal(5000)}, by=company.hanh
        )
    assert renewed(pool).state is PoolState.WON
    runs = {run.number: run.state for run in queries.pool_allocation.allocations_of(pool.id)}
    assert runs == {1: ShareRunState.IN_FORCE, 2: ShareRunState.OVERTAKEN, 3: ShareRunState.QUEUED}
    with transaction():
        assert not services.tell_allocation(allocation_id=running.id, percent=50)
    drain()
    assert allocation(pool, 3).state is ShareRunState.COMPLETE
    assert not wrong()
    with pytest.raises(Refusal), transaction():  # whoever asks by hand waits still
        services.queue_allocation(pool=renewed(pool), reason="a", by=world.officer)
        services.queue_allocation(pool=renewed(pool), reason="b", by=world.officer)


# --- nothing is lost, nothing promised twice ----------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_no_kilogram_is_lost_or_promised_twice(world: World, company: Company, seed: int) -> None:
    """Whatever is given back and taken up, in whatever order: the award, the request and the ledger say the same."""
    deal, dice = dealt(world, company), random.Random(seed)
    for _turn in range(8):
        need, award = need_again(deal.need), deal.award
        holding = {week: amount for week, amount in _by_week(award).items() if amount}
        try:
            if holding and dice.random() < 0.6:
                weeks = {week: Decimal(dice.randint(0, int(most))) for week, most in holding.items()}
                give_back(deal, None if dice.random() < 0.1 else weeks)
            else:
                with transaction():
                    services.step_up(need=need, place=deal.place(dice.choice((1, 2))), by=company.hanh)
        except Refusal:
            db.session.rollback()
        _balanced(deal)


def _by_week(award: NeedAward) -> dict[str, Decimal]:
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in award.lines:
        found[str(line.line.iso_week)] += line.standing
    return found


def _balanced(deal: Deal) -> None:
    need = need_again(deal.need)
    parts = [each for each in queries.awards_of(need.id) if each.rank is None]
    assert sum(each.standing for each in parts) == need.awarded == sum(line.awarded for line in need.lines)
    for part in parts:
        quote = next(each for each in deal.quotes if each.holder == part.source)
        assert held(again(quote)) == {week: kg for week, kg in _by_week(part).items() if kg}
    for seller, quote in zip(deal.sellers, deal.quotes, strict=True):
        mine = sum(claim.quantity for claim in _claims(seller) if claim.state is ClaimState.HELD)
        assert reserved(seller) == mine == sum(held(again(quote)).values())
    assert not wrong()


# --- at once ------------------------------------------------------------------------------------------


def test_two_reserves_at_once_take_what_came_back_once(
    world: World, company: Company, database_url: str, tmp_path: Path
) -> None:
    """Eight tonnes came back; six presses in two processes for two reserves of fifteen and ten. The first has what it
    can bring, the other the rest or a clear answer."""
    deal = dealt(world, company)
    first = need_again(deal.need).lines[:4]
    weeks: Counter[str] = Counter()
    for line in first:
        weeks[str(line.iso_week)] += 2000
    give_back(deal, {week: Decimal(kg) for week, kg in weeks.items()})
    acts = [
        act(f"{ACTS}:step_up", need=deal.need.id, place=deal.place(at).id, person=company.hanh.id)
        for at in (1, 2, 1, 2, 1, 2)
    ]
    db.session.rollback()
    found = rivals.at_once(database_url, tmp_path, [acts[:3], acts[3:]])
    assert set(found) <= {"stepped", "answered"} and 1 <= found["stepped"] <= 2
    need = need_again(deal.need)
    assert need.awarded <= need.total and all(line.awarded <= line.quantity for line in need.lines)
    _balanced(deal)


def test_giving_back_and_signing_at_once_happen_once(
    world: World, company: Company, drain: Any, database_url: str, tmp_path: Path
) -> None:
    deal = dealt(world, company)
    told_award = {"award": deal.award.id, "person": deal.sellers[0].director.id}
    acts = [act(f"{ACTS}:give_back", **told_award), act(f"{ACTS}:make_contract", **told_award)] * 3
    db.session.rollback()
    found = rivals.at_once(database_url, tmp_path, [acts[:3], acts[3:]])
    assert found["given back"] == 1 and not any(each.startswith("odd") for each in found)
    assert all(each.state is ContractState.DROPPED for each in db.session.scalars(select(Contract)))
    _balanced(deal)


# --- pages --------------------------------------------------------------------------------------------


def test_the_way_through_the_pages(world: World, company: Company, client: ReadingClient) -> None:
    deal = dealt(world, company)
    need, award, week = deal.need, deal.award, deal.weeks()[0]
    client.sign_in(deal.sellers[0].director.email)
    page = f"/desk/awards/{award.id}/giving-back"
    assert page in client.get(f"/desk/quotes/{deal.quotes[0].ref}").get_data(as_text=True)
    assert page in client.get(f"/desk/requests/{need.ref}").get_data(as_text=True)
    client.get(page)
    refused = client.send(page, {"how": "part", f"week_{week}": "900 tấn", "reason": WHY})
    assert refused.status_code == 422 and "900" in refused.get_data(as_text=True)
    assert client.send(page, {"how": "all", "reason": ""}).status_code == 422
    assert client.send(page, {"how": "part", f"week_{week}": "2 tấn", "reason": WHY}).status_code == 303
    assert need_again(need).left == 2000
    client.get(f"/desk/requests/{need.ref}")

    buyer = another(client.application)
    buyer.sign_in(HANH)
    there = f"/buyer/requests/{need.ref}"
    shown = buyer.get(there).get_data(as_text=True)
    assert f"{there}/reserves" in shown and WHY in shown
    assert f"{there}/awards/{award.id}/taking-back" in shown
    listed = buyer.get(f"{there}/reserves").get_data(as_text=True)
    assert WHY in listed and listed.index("Nhân Huệ") < listed.index("An Lâm")
    buyer.get(f"{there}/awards/{award.id}/taking-back")
    early = buyer.send(f"{there}/awards/{award.id}/taking-back", {"reason": WHY})
    assert early.status_code == 422
    assert buyer.send(f"{there}/reserves/{deal.place(1).id}", {}).status_code == 303
    assert need_again(need).left == 0
    assert buyer.send(f"{there}/reserves/{deal.place(2).id}", {}).status_code == 403
    buyer.get(f"{there}/reserves")
    assert buyer.send(f"{there}/reserves/4711", {}).status_code in (403, 404)

    stranger = another(client.application)
    stranger.sign_in(deal.sellers[2].director.email)
    assert stranger.get(page).status_code == 404


def test_a_reserve_answers_on_its_page_and_by_the_link(
    world: World, company: Company, client: ReadingClient
) -> None:
    deal = dealt(world, company)
    with time_machine.travel(clock.now() + dt.timedelta(days=15), tick=True):
        give_back(deal)
        buyer = another(client.application)
        buyer.sign_in(HANH)
        there = f"/buyer/requests/{deal.need.ref}/reserves"
        assert "hết hiệu lực" in buyer.get(there).get_data(as_text=True)
        for at in (1, 2):
            assert buyer.send(f"{there}/{deal.place(at).id}", {}).status_code == 303
        buyer.get(there)
        first, second = _ask(deal), _ask(deal, 2)
        client.sign_in(deal.sellers[1].director.email)
        assert f"/desk/asks/{first.id}" in client.get(f"/desk/quotes/{deal.quotes[1].ref}").get_data(
            as_text=True
        )
        client.get(f"/desk/asks/{first.id}")
        assert client.get(f"/desk/asks/{second.id}").status_code == 404
        assert client.send(f"/desk/asks/{first.id}/refusal", {"reason": ""}).status_code == 422
        assert client.send(f"/desk/asks/{first.id}/refusal", {"reason": "Hết hàng"}).status_code == 303
        client.get(f"/desk/asks/{first.id}")
        other = another(client.application)
        other.sign_in(deal.sellers[2].director.email)
        assert other.send(f"/desk/asks/{second.id}/agreement", {}).status_code == 303
        assert need_again(deal.need).awarded == 10_000
        assert "Hết hàng" in buyer.get(there).get_data(as_text=True) and not wrong()


def test_what_they_say_on_the_telephone_is_written_down_and_asked(
    world: World, company: Company, client: ReadingClient
) -> None:
    """An officer writes for a cooperative what it cannot bring: who said it, or by its delegation; it says right or
    wrong. Nobody else sees the page, and nothing comes back without a word of who told it."""
    deal = dealt(world, company)
    need = deal.need
    page = f"/office/requests/{need.ref}/awards/{deal.award.id}/giving-back"
    client.sign_in(OFFICER)
    assert page in client.get(f"/office/requests/{need.ref}").get_data(as_text=True)
    client.get(page)
    assert client.send(page, {"how": "all", "reason": WHY, "told_by": ""}).status_code == 422
    refused = client.send(page, {"how": "all", "reason": "", "told_by": "Chị Hà"})
    assert refused.status_code == 422 and 'value="Chị Hà"' in refused.get_data(as_text=True)
    week = deal.weeks()[0]
    told = {"how": "part", f"week_{week}": "2 tấn", "reason": WHY, "told_by": "Chị Hà"}
    standing = deal.award.standing
    assert client.send(page, told).status_code == 303
    db.session.expire_all()
    assert standing - deal.award.standing == 2000 and not wrong()
    entry = db.session.scalars(select(Entry)).one()
    assert (entry.kind, entry.told_by, entry.organisation_id) == (
        "award_return",
        "Chị Hà",
        deal.sellers[0].cooperative.organisation_id,
    )
    assert "2 tấn" in entry.what_vi.replace("\xa0", " ") and "2 t of" in entry.what_en.replace("\xa0", " ")
    director = another(client.application)
    director.sign_in(deal.sellers[0].director.email)
    assert director.get(page).status_code == 404
    assert "2 tấn" in director.get("/entries").get_data(as_text=True).replace("\xa0", " ")
