"""What the clock makes of a standing order: each date once, when it is due, or not, with the reason."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.catalogue import services as products
from marketplace.deliveries import queries as deliveries
from marketplace.deliveries.services.timetable import write_down
from marketplace.deliveries.windows import Closing
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.inbox.models import Notice
from marketplace.orders import queries, services, tasks
from marketplace.orders.models import Order, StandingOrder, StandingRun
from marketplace.orders.states import ExceptionKind, Method, OrderState, RunState
from marketplace.supply import queries as stocks
from marketplace.supply import services as supply
from tests.orders.agreed import holds
from tests.orders.standing import START, days_pass, outcome, standing_order, supermarket, terms
from tests.world import World, daily


@pytest.fixture
def running(world: World) -> StandingOrder:
    """40 kg of carrots every Tuesday and Friday from Tuesday 12/01/2027 on."""
    organisation, buyer = supermarket(world)
    with clock.standing_at(START):
        return standing_order(world, buyer, organisation)


def told(person_id: int) -> list[str]:
    sentences = db.session.scalars(select(Notice.sentence_vi).where(Notice.person_id == person_id))
    return [sentence.replace("\xa0", " ") for sentence in sentences]


def test_each_order_is_made_when_it_is_due_and_never_before(world: World, running: StandingOrder) -> None:
    days_pass(START, 1)
    assert outcome(running) == {"12/01": "40"}
    days_pass(START + dt.timedelta(days=1), 1)
    assert outcome(running) == {"12/01": "40"}
    days_pass(START + dt.timedelta(days=2), 1)
    assert outcome(running) == {"12/01": "40", "15/01": "40"}
    order = db.session.scalars(select(Order).order_by(Order.id.desc())).first()
    assert order is not None
    assert order.delivery["window"]["day"] == "2027-01-15"
    assert (order.state, order.total, order.group.organisation_id) == (
        OrderState.PLACED,
        40 * 16_000 + 60_000,
        running.organisation_id,
    )
    holds()


def test_the_worker_may_try_as_often_as_it_likes(world: World, running: StandingOrder) -> None:
    for _again in range(3):
        days_pass(START, 1)
    assert outcome(running) == {"12/01": "40"}
    assert db.session.scalar(select(func.count()).select_from(Order)) == 1


def test_two_workers_at_once_make_one_order(app: Flask, world: World, running: StandingOrder) -> None:
    start = Barrier(3)

    def work() -> None:
        with app.app_context(), clock.standing_at(START):
            start.wait()
            tasks.make_standing_orders()
            db.session.remove()

    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert outcome(running) == {"12/01": "40"}
    assert db.session.scalar(select(func.count()).select_from(Order)) == 1
    holds()


def test_a_worker_killed_in_the_middle_leaves_nothing_and_is_repeated(
    world: World, running: StandingOrder
) -> None:
    class Killed(BaseException):
        pass

    with clock.standing_at(START), pytest.raises(Killed), transaction():
        services.deal_with(standing=queries.standing_by_id(running.id), day=dt.date(2027, 1, 12))
        raise Killed
    assert db.session.scalar(select(func.count()).select_from(Order)) == 0
    stock = stocks.stock_of(world.carrots.id)
    assert stock is not None and stock.reserved == 0
    days_pass(START, 1)
    assert outcome(running) == {"12/01": "40"}


def test_skipped_or_changed_on_one_day_only(world: World, running: StandingOrder) -> None:
    with clock.standing_at(START), transaction():
        for day, kind, kg in ((15, ExceptionKind.SKIP, 0), (19, ExceptionKind.OTHER, 60)):
            services.change_date(
                standing=queries.standing_by_id(running.id),
                day=dt.date(2027, 1, day),
                kind=kind,
                quantities={world.carrots: Decimal(kg)} if kg else None,
                by=world.household,
            )
    days_pass(START, 12)
    assert outcome(running) == {"12/01": "40", "15/01": "buyer", "19/01": "60", "22/01": "40"}
    order = db.session.scalars(select(Order).where(Order.goods_total == 60 * 12_000)).one()
    assert order.lines[0].unit_price == 12_000


def test_as_usual_again_takes_a_skip_back(world: World, running: StandingOrder) -> None:
    with clock.standing_at(START), transaction():
        for kind in (ExceptionKind.SKIP, ExceptionKind.USUAL):
            services.change_date(
                standing=queries.standing_by_id(running.id),
                day=dt.date(2027, 1, 15),
                kind=kind,
                by=world.household,
            )
    days_pass(START, 3)
    assert outcome(running)["15/01"] == "40"


def test_a_date_whose_order_is_made_can_no_longer_be_skipped(world: World, running: StandingOrder) -> None:
    days_pass(START, 1)
    with clock.standing_at(START), pytest.raises(Refusal, match="đã được xử lý"), transaction():
        services.change_date(
            standing=queries.standing_by_id(running.id),
            day=dt.date(2027, 1, 12),
            kind=ExceptionKind.SKIP,
            by=world.household,
        )


def test_a_pause_ends_by_the_clock_and_the_dates_within_it_are_skipped(
    world: World, running: StandingOrder
) -> None:
    with clock.standing_at(START), transaction():
        services.pause_standing(
            standing=queries.standing_by_id(running.id), until=dt.date(2027, 1, 19), by=world.household
        )
    days_pass(START, 8)
    assert outcome(running) == {"12/01": "paused", "15/01": "paused", "19/01": "40"}
    days_pass(START + dt.timedelta(days=8), 1)
    assert queries.standing_by_id(running.id).state == "active"


def test_changed_for_good_holds_from_its_day_on(world: World, running: StandingOrder) -> None:
    with clock.standing_at(START), transaction():
        services.change_standing(
            standing=queries.standing_by_id(running.id),
            terms=terms(
                world, quantities={world.carrots: Decimal(70)}, from_day=dt.date(2027, 1, 18), weekdays=[2]
            ),
            by=world.household,
        )
    days_pass(START, 12)
    assert outcome(running) == {"12/01": "40", "15/01": "40", "20/01": "70"}


def test_every_second_week(world: World) -> None:
    _organisation, buyer = supermarket(world)
    with clock.standing_at(START):
        standing = standing_order(world, buyer, weekdays=[1], every_weeks=2)
    days_pass(START, 29)
    assert list(outcome(standing)) == ["12/01", "26/01", "09/02"]


def test_tet_and_closed_days_are_skipped_and_both_sides_are_told_why_once(world: World) -> None:
    organisation, buyer = supermarket(world)
    with transaction():
        option = deliveries.options_of(world.dong_lac.id)[0]
        closing = Closing(dt.date(2027, 1, 15), dt.date(2027, 1, 19), "Họp xã viên")
        write_down(daily(8, 17, closed_at_tet=True, closures=(closing,)), option.timetable)
    with clock.standing_at(START):
        standing = standing_order(world, buyer, organisation)
    days_pass(START, 31)
    assert outcome(standing) == {
        "12/01": "40", "15/01": "closed", "19/01": "closed", "22/01": "40", "26/01": "40", "29/01": "40",
        "02/02": "40", "05/02": "closed", "09/02": "closed", "12/02": "40",
    }  # fmt: skip
    for person in (buyer, world.director):
        said = [words for words in told(person.id) if "không đặt gì" in words]
        assert len(said) == 2
        assert "Họp xã viên" in said[0] and "22/01/2027" in said[0]
        assert "Tết" in said[1] and "12/02/2027" in said[1]


def test_out_of_season_nothing_is_ordered_and_the_season_begins_it_again(
    world: World, running: StandingOrder
) -> None:
    with transaction():
        products.edit(product=world.carrots, months=0b1, peak_months=0b1, by=world.director)
    days_pass(START, 25)
    assert list(outcome(running).values()) == ["40"] * 6 + ["season"] * 2
    assert sum("trái vụ" in words for words in told(world.director.id)) == 1


def test_a_price_above_what_was_allowed_is_asked_about_first(world: World, running: StandingOrder) -> None:
    with clock.standing_at(START), transaction():
        products.change_price(product=world.carrots, tiers=[(Decimal(0), Money(17_600))], by=world.director)
    days_pass(START + dt.timedelta(minutes=1), 1)
    assert outcome(running) == {"12/01": "40"}, "10 % are allowed"
    with clock.standing_at(START + dt.timedelta(hours=1)), transaction():
        products.change_price(product=world.carrots, tiers=[(Decimal(0), Money(17_700))], by=world.director)
    days_pass(START + dt.timedelta(days=2), 1)
    assert outcome(running)["15/01"] == "asked"
    with clock.standing_at(START + dt.timedelta(days=2, hours=1)), transaction():
        run = db.session.scalars(select(StandingRun).where(StandingRun.state == RunState.ASKED)).one()
        services.agree_to_price(run=run, by=world.household)
    assert outcome(running)["15/01"] == "40"
    days_pass(START + dt.timedelta(days=6), 1)
    assert outcome(running)["19/01"] == "40", "agreed once, it is not asked again"
    holds()


def test_an_unanswered_question_about_a_price_orders_nothing(world: World, running: StandingOrder) -> None:
    with transaction():
        products.change_price(product=world.carrots, tiers=[(Decimal(0), Money(20_000))], by=world.director)
    days_pass(START + dt.timedelta(days=2), 1)
    days_pass(START + dt.timedelta(days=3, hours=2), 1)
    assert outcome(running)["15/01"] == "unanswered"
    assert db.session.scalar(select(func.count()).select_from(Order)) == 0


@pytest.mark.parametrize(("takes_less", "ordered"), [(True, "25"), (False, "sold_out")])
def test_too_little_stock_orders_what_the_buyer_allowed(world: World, takes_less: bool, ordered: str) -> None:
    organisation, buyer = supermarket(world)
    stock = stocks.stock_of(world.carrots.id)
    assert stock is not None
    with transaction():
        supply.correct(stock=stock, counted=Decimal(25), reason="mưa", by=world.director)
    with clock.standing_at(START):
        standing = standing_order(world, buyer, organisation, takes_less=takes_less)
    days_pass(START, 1)
    assert outcome(standing) == {"12/01": ordered}
    for person in (buyer, world.director):
        words = " ".join(told(person.id))
        assert ("25 kg thay vì 40 kg" if takes_less else "hết hàng") in words
    holds()


def test_a_refused_order_is_written_down_with_the_reason(world: World) -> None:
    _organisation, buyer = supermarket(world)
    with clock.standing_at(START):
        standing = standing_order(world, buyer, on_account=True)
    days_pass(START, 1)
    assert outcome(standing) == {"12/01": "refused"}
    assert db.session.scalar(select(func.count()).select_from(Order)) == 0
    days_pass(START, 1)
    assert len(outcome(standing)) == 1
    holds()


def test_nothing_comes_after_the_end(world: World, running: StandingOrder) -> None:
    with clock.standing_at(START), transaction():
        services.end_standing(standing=queries.standing_by_id(running.id), by=world.household)
    days_pass(START, 5)
    assert outcome(running) == {}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"quantities": {}}, None),
        ({"weekdays": [6]}, "weekdays"),
        ({"way": "nothing"}, "way"),
        ({"from_day": dt.date(2027, 1, 11)}, "from_day"),
        ({"last_day": dt.date(2027, 1, 1)}, "last_day"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    world: World, more: dict[str, object], field: str | None
) -> None:
    _organisation, buyer = supermarket(world)
    with transaction():
        option = deliveries.options_of(world.dong_lac.id)[0]
        hours = daily(8, 17)
        write_down(type(hours)(weekly=hours.weekly[:6], order_by=hours.order_by), option.timetable)
    with clock.standing_at(START), pytest.raises(Refusal) as refused:
        standing_order(world, buyer, **more)
    assert refused.value.field == field


# --- how it is paid -----------------------------------------------------------------------------------


def test_a_card_is_refused_where_the_cooperative_takes_none(world: World) -> None:

    organisation, buyer = supermarket(world)
    with clock.standing_at(START), pytest.raises(Refusal, match="không nhận thẻ") as refused:
        standing_order(world, buyer, organisation, method=Method.CARD)
    assert refused.value.field == "method"
