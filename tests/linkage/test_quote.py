"""A quote: four numbers that hold their volume, versions that stay, offers and counter-offers, and the choice."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.money import Money
from marketplace.linkage import queries, services
from marketplace.linkage.invariants import CHECKS
from marketplace.linkage.models import Need, QuoteVersion
from marketplace.linkage.states import NeedState, QuoteSide, QuoteState
from marketplace.supply import tasks as supply_tasks
from tests.buyers.company import Company
from tests.factories.catalogue import product_of
from tests.fairs.hall import newcomer
from tests.linkage.asked import first_day, opened, renewed
from tests.linkage.quoted import PRICE, again, expecting, held, numbers, quoted, weeks_of
from tests.statements import queries_sent
from tests.world import World


def test_four_numbers_become_lines_and_hold_their_volume(world: World, company: Company) -> None:
    need = opened(company)
    expecting(need, world.carrots, by=world.director)
    quote = quoted(need, world.dong_lac, world.carrots, world.director)
    assert quote.offer.quantity == 12000 and len(quote.offer.lines) == 10
    assert sum(held(quote).values()) == 12000 and set(held(quote)) == set(weeks_of(need))
    assert history_of("quote", quote.id)[0].kind == "QuoteSubmitted"


def test_what_is_not_expected_cannot_be_offered(world: World, company: Company) -> None:
    need = opened(company)
    with pytest.raises(Refusal) as refused:
        quoted(need, world.dong_lac, world.carrots, world.director)
    assert refused.value.field == "portion"
    expecting(need, world.carrots, quantity=1000, by=world.director)
    with pytest.raises(Refusal, match=r"1"):
        quoted(need, world.dong_lac, world.carrots, world.director)
    assert queries.quote_of(need.id, world.dong_lac.id) is None


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("portion", {"portion": Decimal(0)}),
        ("price", {"price": Money(0)}),
        ("loading", {"loading": " "}),
        ("last", {"last": dt.date(2020, 1, 1)}),
        ("valid_until", {"valid_until": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    world: World, company: Company, field: str, wrong: dict[str, Any]
) -> None:
    need = opened(company)
    expecting(need, world.carrots, by=world.director)
    with pytest.raises(Refusal) as refused:
        quoted(need, world.dong_lac, world.carrots, world.director, **wrong)
    assert refused.value.field == field


def test_a_quote_outlives_the_deadline_and_days_lie_within_the_request(
    world: World, company: Company
) -> None:
    need = opened(company)
    expecting(need, world.carrots, by=world.director)
    soon = clock.now() + dt.timedelta(days=1)
    with pytest.raises(Refusal) as refused:
        quoted(need, world.dong_lac, world.carrots, world.director, valid_until=soon)
    assert refused.value.field == "valid_until"
    before = first_day() - dt.timedelta(days=3)
    with pytest.raises(Refusal) as refused:
        quoted(need, world.dong_lac, world.carrots, world.director, first=before, last=before)
    assert refused.value.field == "first"


def test_only_their_own_goods_of_this_kind(world: World, company: Company) -> None:
    need = opened(company)
    with pytest.raises(Refusal) as refused:
        quoted(need, world.dong_lac, world.onions, world.director)
    assert refused.value.field == "product"


def test_another_version_stands_beside_the_first_and_holds_instead_of_it(
    world: World, company: Company
) -> None:
    need = opened(company)
    expecting(need, world.carrots, by=world.director)
    quote = quoted(need, world.dong_lac, world.carrots, world.director)
    with transaction():
        services.revise_quote(
            quote=quote, numbers=numbers(need, world.carrots, portion=Decimal(800)), by=world.director
        )
    quote = again(quote)
    assert [version.quantity for version in quote.versions] == [12000, 8000]
    assert quote.offer.number == 2 and sum(held(quote).values()) == 8000
    with pytest.raises((Conflict, DBAPIError)), transaction():
        db.session.execute(update(QuoteVersion).values(price=Money(1)))
    db.session.rollback()
    assert again(quote).offer.price == PRICE


def test_withdrawn_frees_its_volume_and_may_come_again(world: World, company: Company) -> None:
    need = opened(company)
    expecting(need, world.carrots, by=world.director)
    quote = quoted(need, world.dong_lac, world.carrots, world.director)
    with transaction():
        services.withdraw_quote(quote=quote, reason="Mưa lớn", by=world.director)
    assert held(quote) == {} and world.dong_lac.id not in queries.have_quoted(need.id)
    assert quoted(need, world.dong_lac, world.carrots, world.director).state is QuoteState.SUBMITTED


def test_what_is_no_longer_valid_holds_nothing_and_is_not_chosen(world: World, company: Company) -> None:
    need = opened(company)
    expecting(need, world.carrots, by=world.director)
    quote = quoted(need, world.dong_lac, world.carrots, world.director)
    with clock.standing_at(clock.now() + dt.timedelta(days=15)):
        with transaction():
            services.close_need(need=need)
        supply_tasks.free_expired_holds()
        assert held(quote) == {}
        with pytest.raises(Refusal) as refused, transaction():
            services.choose_quotes(need=renewed(need), shares={quote.id: Decimal(12000)}, by=company.hanh)
        assert refused.value.field == f"share-{quote.id}"


def test_the_buyer_asks_for_other_numbers_and_the_seller_answers(world: World, company: Company) -> None:
    need = closed_with_quote(world, company)
    quote = again(queries.quotes_in(need.id, [QuoteState.SUBMITTED])[0])
    asked = numbers(need, world.carrots, price=Money(5900), portion=Decimal(1000))
    with transaction():
        services.counter_quote(quote=quote, numbers=asked, by=company.hanh)
    quote = again(quote)
    assert quote.waits_for_seller and quote.newest.side is QuoteSide.BUYER
    assert quote.offer.price == PRICE and sum(held(quote).values()) == 12000
    with pytest.raises(Refusal), transaction():
        services.counter_quote(quote=quote, numbers=asked, by=company.hanh)
    with transaction():
        services.accept_counter(quote=quote, by=world.director)
    quote = again(quote)
    assert quote.offer.price == 5900 and not quote.waits_for_seller and sum(held(quote).values()) == 10000
    with pytest.raises(Refusal), transaction():
        services.revise_quote(quote=quote, numbers=asked, by=world.director)


def test_a_counter_offer_may_be_declined_and_only_so_often_made(world: World, company: Company) -> None:
    need = closed_with_quote(world, company)
    quote = again(queries.quotes_in(need.id, [QuoteState.SUBMITTED])[0])
    for _time in range(services.MOST_COUNTERS):
        with transaction():
            asked = numbers(need, world.carrots, price=Money(5000))
            services.counter_quote(quote=again(quote), numbers=asked, by=company.hanh)
        with transaction():
            services.decline_counter(quote=again(quote), reason="Giá thấp quá", by=world.director)
    quote = again(quote)
    assert quote.offer.price == PRICE and quote.counters == services.MOST_COUNTERS
    with pytest.raises(Refusal), transaction():
        services.counter_quote(
            quote=quote, numbers=numbers(need, world.carrots, price=Money(5000)), by=company.hanh
        )


def test_sealed_quotes_are_read_by_nobody_before_the_deadline(world: World, company: Company) -> None:
    need = opened(company, sealed=True)
    expecting(need, world.carrots, by=world.director)
    quote = quoted(need, world.dong_lac, world.carrots, world.director)
    assert queries.buyers_quote(quote.ref, company.hanh) is None
    assert queries.office_quote(quote.ref, world.officer) is None
    assert queries.own_quote(quote.ref, world.director) is not None
    with pytest.raises(Refusal), transaction():
        services.shortlist(quote=quote, by=company.hanh)
    with transaction():
        services.close_need(need=need, by=company.hanh)
    db.session.expire_all()
    assert queries.buyers_quote(quote.ref, company.hanh) is not None
    assert queries.buyers_quote(quote.ref, world.household) is None


def test_twelve_tonnes_here_eight_there_and_one_in_reserve(world: World, company: Company) -> None:
    need, sellers = three_quotes(world, company)
    first, second, third = sellers
    with transaction():
        services.choose_quotes(
            need=need,
            shares={first: Decimal(12000), second: Decimal(8000)},
            reserves=[f"quote:{third}"],
            by=company.hanh,
        )
    need = renewed(need)
    quotes = {quote.id: quote for quote in queries.quotes_by_ids(need.id, sellers)}
    assert need.state is NeedState.AWARDED and need.left == 0
    assert [quotes[id].state for id in sellers] == [
        QuoteState.AWARDED,
        QuoteState.AWARDED,
        QuoteState.RESERVE,
    ]
    assert sum(held(quotes[first]).values()) == 12000 and sum(held(quotes[second]).values()) == 8000
    assert all(line.awarded == line.quantity for line in need.lines)
    assert {number: check() for number, (_sentence, check) in CHECKS.items() if check()} == {}


def test_shares_beyond_the_need_are_refused_and_nothing_is_given(world: World, company: Company) -> None:
    need, (first, second, _third) = three_quotes(world, company)
    for shares in ({first: Decimal(12000), second: Decimal(12000)}, {first: Decimal(20001)}):
        with pytest.raises(Refusal), transaction():
            services.choose_quotes(need=need, shares=shares, by=company.hanh)
        db.session.expire_all()
    assert renewed(need).awarded == 0


def test_when_the_request_ends_without_a_choice_everything_is_free_again(
    world: World, company: Company
) -> None:
    need = closed_with_quote(world, company)
    quote = queries.quotes_in(need.id, [QuoteState.SUBMITTED])[0]
    with transaction():
        services.choose_none(need=need, reason="Giá quá cao", by=company.hanh)
    quote = again(quote)
    assert quote.state is QuoteState.NOT_AWARDED and held(quote) == {}


def test_side_by_side_costs_the_same_for_one_quote_and_for_three(world: World, company: Company) -> None:
    need, _sellers = three_quotes(world, company)
    few = closed_with_quote(world, company)
    counts = []
    for each in (few, need):
        each = renewed(each)
        with queries_sent("SELECT") as sent:
            rows = queries.comparison(each)
        counts.append(len(sent))
    assert counts[0] == counts[1] and [row.landed for row in rows] == [6000, 6200, 6500]
    assert [bool(row.lacking) for row in rows] == [True, False, True]


def closed_with_quote(world: World, company: Company) -> Need:
    need = opened(company)
    expecting(need, world.carrots, 40_000, by=world.director)  # enough for another request in the same weeks
    quoted(need, world.dong_lac, world.carrots, world.director)
    with transaction():
        services.close_need(need=need, by=company.hanh)
    return renewed(need)


def three_quotes(world: World, company: Company) -> tuple[Need, list[int]]:
    need = opened(company)
    ids = []
    for name, price in (("Đồng Lạc", 6200), ("An Lâm", 6000), ("Cẩm Văn", 6500)):
        seller, product = (world.dong_lac, world.carrots) if not ids else listed(name)
        expecting(need, product, by=world.officer)
        told = {"price": Money(price), "portion": Decimal(2000)}
        ids.append(quoted(need, seller, product, world.officer, **told).id)
    with transaction():
        services.close_need(need=need, by=company.hanh)
    return renewed(need), ids


def listed(name: str) -> tuple[Cooperative, Product]:
    """One more cooperative with carrots on sale."""
    seller = newcomer(f"HTX {name}")
    with transaction():
        return seller, product_of(seller, "ca-rot-duc-chinh", f"Cà rốt {name}", (0, 7000))
