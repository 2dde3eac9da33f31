"""Weeks ahead: said, promised, taken openly, fallen short, put right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from decimal import Decimal

import pytest
from sqlalchemy import select

from marketplace.accounts.queries import alliance
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.inbox.models import Notice
from marketplace.insights.invariants import CHECKS
from marketplace.supply import holders, queries, services
from marketplace.supply.models import ClaimTaking, Stock
from marketplace.supply.states import ClaimKind, ClaimState, ForecastSource, ShortCause, ShortfallState
from marketplace.supply.tasks import close_past_shortfalls, free_expired_holds
from tests.supply.weeks import ahead, promised, say
from tests.world import World

ALL = ("S1", "S2", "S3", "S9", "S10", "S11", "S12", "S13")


def line(world: World, week: str, grade: str = "") -> Stock:
    db.session.rollback()
    db.session.expire_all()
    stock = queries.week_stock(world.carrots.id, week, grade)
    assert stock is not None
    return stock


def numbers(world: World, week: str, grade: str = "") -> tuple[int, int, int, int]:
    """Expected, promised, free, short."""
    stock = line(world, week, grade)
    return int(stock.on_hand), int(stock.reserved), int(stock.free), int(stock.short)


def sound() -> None:
    db.session.rollback()
    assert {number: CHECKS[number][1]() for number in ALL} == dict.fromkeys(ALL, 0)


@pytest.fixture
def buyers(world: World) -> Iterator[World]:
    """Contracts are BigMart's: it is told of what becomes of them."""

    @holders.holder("contract")
    def _contracts(ids: Collection[int]) -> dict[int, holders.Holder]:
        organisation = alliance()
        assert organisation is not None
        return {
            number: holders.Holder(
                name=f"Hợp đồng số {number}", organisations=(organisation.id,), told_path="/notices"
            )
            for number in ids
            if number < 90
        }

    yield world
    del holders.HOLDERS["contract"]


def test_the_newest_version_is_expected_and_what_is_said_twice_is_one(world: World) -> None:
    week = ahead(3)
    first = say(world, week, 18_000, low=Decimal(15_000), high=Decimal(20_000), sent="a:1")
    again = say(world, week, 18_000, low=Decimal(15_000), high=Decimal(20_000), sent="a:1")
    assert (first.id, first.version) == (again.id, 1)
    say(world, week, 20_000, grade="a ", sent="a:1")
    say(world, week, 16_500, sent="a:2", source=ForecastSource.OFFICER, told_by="chị Hà", by=world.officer)
    assert numbers(world, week) == (16_500, 0, 16_500, 0)
    assert numbers(world, week, "A") == (20_000, 0, 20_000, 0)
    assert [version.likely for version in queries.versions_of(line(world, week)).rows] == [16_500, 18_000]
    assert queries.grades_of(world.carrots.id) == ["", "A"]
    told = db.session.scalars(select(Notice).where(Notice.kind == "entries.written")).all()
    assert told and all("16,5\xa0tấn" in notice.sentence_vi for notice in told)
    # The shop shows what is on hand, not what is to come.
    outlook = queries.outlook(world.carrots.id)
    assert outlook is not None and outlook.on_hand == 500 and world.carrots.available == 500
    with pytest.raises(Refusal, match="đã qua"):
        say(world, ahead(-1), 5)
    with pytest.raises(Refusal, match="quá xa"):
        say(world, ahead(70), 5)
    for wrong in ({"low": Decimal(9)}, {"high": Decimal(7)}):
        with pytest.raises(Refusal):
            say(world, week, 8, **wrong)
    sound()


def test_never_promised_beyond_what_is_likely_and_given_back(world: World) -> None:
    week = ahead(2)
    say(world, week, 18_000, high=Decimal(22_000))
    contract = promised(world, week, 12_000, "contract:7", contract_day=clock.today())
    promised(world, week, 3_000, "quote:4", expires_at=clock.now() + dt.timedelta(hours=2))
    with pytest.raises(services.NotFree, match="3\xa0tấn") as refused:
        promised(world, week, 3_001, "order:9")
    assert refused.value.available == 3_000
    (told,) = queries.outlook_weeks(weeks=[week], product_id=world.carrots.id)
    assert "18\xa0tấn" in told.sentence and "15\xa0tấn" in told.sentence and "3\xa0tấn" in told.sentence
    assert told.maybe == 4_000
    with transaction():
        part = services.split(claim=contract, quantity=Decimal(2_000), holder="calloff:1")
        assert (part.rank[:3], part.quantity, contract.quantity) == (contract.rank[:3], 2_000, 10_000)
    with clock.standing_at(clock.now() + dt.timedelta(hours=3)):
        free_expired_holds()
        assert numbers(world, week) == (18_000, 12_000, 6_000, 0)
    with transaction():
        services.hand_over(
            claim=queries.claims_of("calloff:1")[0], quantity=Decimal(1_900), by=world.director
        )
    assert numbers(world, week) == (16_100, 10_000, 6_100, 0)
    with pytest.raises(Refusal, match="1,9\xa0tấn"):
        say(world, week, 1_800)
    with transaction():
        services.shelve(stock=line(world, week), quantity=Decimal(100), by=world.director)
    outlook = queries.outlook(world.carrots.id)
    assert outlook is not None and outlook.on_hand == 600
    assert numbers(world, week) == (16_000, 10_000, 6_000, 0)
    sound()


def test_lower_and_younger_claims_give_way_openly(buyers: World) -> None:
    world, week, today = buyers, ahead(4), clock.today()
    say(world, week, 10_000)
    promised(world, week, 4_000, "contract:1", contract_day=today - dt.timedelta(days=30))
    young = promised(world, week, 3_000, "contract:2", contract_day=today)
    promised(world, week, 2_000, "quote:5")
    take = {"product_id": world.carrots.id, "week": week, "by": world.director}
    with pytest.raises(Refusal, match="vì sao"), transaction():
        services.override(**take, quantity=Decimal(5_000), holder="contract:3", reason=" ")
    # 1 t is free, 2 t are the quote's, 3 t the younger contract's: the older one keeps what it has.
    older = {"contract_day": today - dt.timedelta(days=3), "reason": "Hợp đồng ký trước"}
    with pytest.raises(Refusal, match="6\xa0tấn"), transaction():
        services.override(**take, quantity=Decimal(6_001), holder="contract:3", **older)
    with transaction():
        services.override(**take, quantity=Decimal(5_000), holder="contract:3", **older)
    assert numbers(world, week) == (10_000, 10_000, 0, 0)
    held = {claim.holder: int(claim.quantity) for claim in queries.held_by_rank(line(world, week).id)}
    assert held == {"contract:1": 4_000, "contract:3": 5_000, "contract:2": 1_000}
    takings = db.session.scalars(select(ClaimTaking).order_by(ClaimTaking.id)).all()
    assert [(t.claim.holder, int(t.quantity), t.winner) for t in takings] == [
        ("quote:5", 2_000, "contract:3"),
        ("contract:2", 2_000, "contract:3"),
    ]
    told = db.session.scalars(select(Notice).where(Notice.kind == "supply.taken")).all()
    assert told and all("Hợp đồng số 2" in n.sentence_vi and "ký trước" in n.sentence_vi for n in told)
    # A person may take from a higher one too, with a reason; nothing is left of the whole.
    oldest = queries.claims_of("contract:1")[0]
    with transaction():
        services.reassign(
            winner=young, quantity=Decimal(4_000), loser=oldest, reason="Bên mua đồng ý", by=world.director
        )
    db.session.expire_all()
    assert oldest.state is ClaimState.RELEASED and young.quantity == 5_000
    with transaction():
        services.lessen(claim=young, quantity=Decimal(500), reason="Họ xin bớt", by=world.director)
    assert numbers(world, week) == (10_000, 9_500, 500, 0)
    sound()


def test_a_short_week_is_a_task_until_it_is_put_right(buyers: World) -> None:
    world, week, after = buyers, ahead(5), ahead(6)
    say(world, week, 26_000)
    say(world, after, 9_000)
    promised(world, week, 20_000, "contract:1", contract_day=clock.today())
    promised(world, week, 6_000, "pool:8")
    say(world, week, 24_000, note="Mưa")
    short = queries.live_shortfall(line(world, week).id)
    assert short is not None and (short.missing, short.state) == (2_000, ShortfallState.OPEN)
    assert [(c.holder, int(q)) for c, q in queries.not_covered(short.stock)] == [("pool:8", 2_000)]
    with transaction():
        services.ask_pool(shortfall=short, cause=ShortCause.WEATHER, words="Ngập ba ngày", by=world.director)
    say(world, week, 17_000)
    assert numbers(world, week) == (17_000, 26_000, 0, 9_000)
    with transaction():
        services.tell_buyers(shortfall=short, cause=ShortCause.WEATHER, words="Ngập", by=world.director)
    told = db.session.scalars(select(Notice).where(Notice.kind == "supply.missing")).all()
    assert told and all("3\xa0tấn" in n.sentence_vi and "Hợp đồng số 1" in n.sentence_vi for n in told)
    assert db.session.scalars(select(Notice.kind).where(Notice.kind == "supply.pool_asked")).all()
    assert queries.count_short() == queries.count_short(world.dong_lac.id) == 1
    sound()

    # More is expected again, and the rest goes a week later.
    say(world, week, 25_000)
    with transaction():
        moved = services.shift(shortfall=short, week=after, cause=ShortCause.LATE, by=world.director)
        assert [(claim.holder, int(claim.quantity)) for claim in moved] == [("pool:8", 1_000)]
    assert numbers(world, week) == (25_000, 25_000, 0, 0)
    assert numbers(world, after) == (9_000, 1_000, 8_000, 0)
    assert short.state is ShortfallState.SHIFTED and queries.count_short() == 0

    # A second one is covered by itself when somebody lets go; a third is closed with the claims it cannot serve.
    say(world, week, 24_000)
    with transaction():
        services.release(claim=queries.claims_of("pool:8")[0], reason="họ không cần", by=world.director)
    assert queries.count_short() == 0 and numbers(world, week) == (24_000, 20_000, 4_000, 0)
    say(world, week, 12_000)
    third = queries.live_shortfall(line(world, week).id)
    assert third is not None
    with pytest.raises(Refusal), transaction():
        services.close(shortfall=third, cause=ShortCause.PESTS, words="", by=world.director)
    with transaction():
        services.close(shortfall=third, cause=ShortCause.PESTS, words="Bọ nhảy", by=world.director)
    assert numbers(world, week) == (12_000, 12_000, 0, 0)
    sound()

    # A fourth outlives its week.
    say(world, week, 11_000)
    with clock.standing_at(clock.now() + dt.timedelta(weeks=7)):
        close_past_shortfalls()
        assert queries.count_short() == 0
    sound_without = [number for number in ALL if number != "S10"]
    assert all(CHECKS[number][1]() == 0 for number in sound_without)


def test_what_really_came_stands_beside_what_is_said(world: World) -> None:
    week = ahead(4)
    say(world, week, 30_000)
    claim = promised(world, week, 20_000, "contract:1")
    now = clock.now()
    with clock.standing_at(now + dt.timedelta(weeks=3)):
        say(world, week, 21_000)  # too late to count
    with clock.standing_at(now + dt.timedelta(weeks=4)), transaction():
        services.hand_over(claim=claim, quantity=Decimal(20_000), by=world.director)
        stock = queries.stock_of(world.carrots.id)
        assert stock is not None
        services.add_harvest(stock=stock, quantity=Decimal(2_000), by=world.director)
    with clock.standing_at(now + dt.timedelta(weeks=5)):
        (told,) = queries.accuracy([world.carrots.id]).values()
        assert (told.weeks, told.said, told.came, told.percent) == (1, 30_000, 22_000, 73)
    assert queries.accuracy([world.carrots.id]) == {}


def test_more_than_was_expected_can_be_handed_over(world: World) -> None:
    week = ahead(1)
    say(world, week, 5_000)
    claim = promised(world, week, 5_000, "contract:1")
    say(world, week, 3_000)
    with transaction():
        services.hand_over(claim=claim, quantity=Decimal(4_000), by=world.director)
    assert numbers(world, week) == (0, 0, 0, 0)
    assert queries.count_short() == 0
    sound()


def test_kinds_rank_as_the_trade_ranks_them() -> None:
    assert [*ClaimKind][:5] == ["contract", "pool", "order", "quote", "fair"]
