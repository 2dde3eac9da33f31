"""Trade as it is added up: each way once, each figure as an independent statement finds it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.insights import queries, services, tasks
from marketplace.insights.invariants import CHECKS
from marketplace.insights.models import TradeDay, TradeMark, TradeMonth
from marketplace.insights.queries import TradeAsked, Traded
from marketplace.insights.states import Channel, PlaceKind
from marketplace.orders.services.relief import take_off
from marketplace.registry.services import merge_duplicate
from tests.buyers.company import Company
from tests.insights.sold import bought, counted, delivered, stood
from tests.orders.agreed import agreed
from tests.world import World


@pytest.fixture
def company(world: World) -> Company:
    return Company.built()


def asked(**more: Any) -> TradeAsked:
    """This year, and a good way into the next one: contracts of tests may deliver then."""
    today = clock.today()
    return TradeAsked(dt.date(today.year, 1, 1), today + dt.timedelta(60), **more)


def by_channel(**more: Any) -> dict[Channel, Traded]:
    told: dict[Channel, Traded] = {}
    for channel, _commodity, now, _before in queries.by_channel_and_commodity(asked(**more)):
        told[channel] = told.get(channel, Traded()) + now
    return told


def holds() -> None:
    db.session.rollback()
    assert [CHECKS[number][1]() for number in ("A10", "A11")] == [0, 0]


def number(sql: str, **values: Any) -> int:
    """An independent statement."""
    return int(db.session.execute(text(sql), values).scalar() or 0)


def local(column: str) -> str:
    """The day in Vietnam of a moment kept in UTC."""
    if db.engine.dialect.name == "postgresql":
        return f"({column} AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
    return f"date({column}, '+7 hours')"


# --- what counts ------------------------------------------------------------------------------------


def test_an_order_counts_on_the_day_it_is_completed(world: World) -> None:
    open_order = agreed(world)
    assert counted() == 0 and by_channel() == {}, "agreed is not sold yet"
    order = bought(world)
    assert open_order.id != order.id
    assert counted() == 1
    assert by_channel() == {Channel.ORDER: Traded(1, Decimal(50), 600_000, 0)}
    goods = """SELECT SUM(l.line_total) FROM order_lines l JOIN orders o ON o.id = l.order_id
        WHERE o.state = 'completed' AND l.ended_by_id IS NULL"""
    assert number(goods) == 600_000
    when = local("o.closed_at")
    day = db.session.execute(text(f"SELECT {when} FROM orders o WHERE o.state = 'completed'")).scalar()
    assert str(day) == str(db.session.query(TradeDay).one().day)
    holds()


def test_what_is_taken_off_later_is_not_sold(world: World) -> None:
    order = bought(world)
    counted()
    with transaction():
        take_off(order=db.session.merge(order), amount=Money(100_001), reason="goods were poor")
    holds()  # the day waits, so nothing is said of it
    assert counted() == 1
    assert by_channel()[Channel.ORDER] == Traded(1, Decimal(50), 499_999, 0)
    assert number("SELECT SUM(amount) FROM order_reliefs") == 100_001
    holds()


def test_a_slip_counts_once_both_signed(world: World, company: Company) -> None:
    delivered(world, company)
    assert counted() == 1
    (channel, told), *more = by_channel().items()
    assert (channel, told.kg, more) == (Channel.CONTRACT, Decimal(2000), [])
    kilograms = """SELECT SUM(l.kg) FROM acceptance_lines l JOIN acceptances a ON a.id = l.acceptance_id
        AND a.revision = l.revision WHERE a.state IN ('agreed', 'decided') AND l.outcome = 'accepted'"""
    assert number(kilograms) == 2000 * 1000
    from marketplace.fulfilment.worth import accepted_worth
    from marketplace.linkage.models import Contract

    contract = db.session.query(Contract).one()
    assert told.value == accepted_worth([contract.id])[contract.id] > 0
    holds()


def test_a_stand_counts_its_cash_once(world: World) -> None:
    stood(world)
    assert counted() == 1
    assert by_channel() == {Channel.FAIR: Traded(2, Decimal(200), 500_000, 300_000)}
    assert number("SELECT SUM(cash) FROM booth_days") == 500_000
    assert number("SELECT SUM(quantity) FROM booth_sales") == 200 * 1000
    alone = queries.sum_of_rows(asked(), unnamed=True)
    assert (alone.value, alone.kg) == (300_000, 0), "what was not told apart has no commodity"
    holds()


def test_all_ways_together_are_each_once(world: World, company: Company) -> None:
    bought(world)
    delivered(world, company)
    stood(world)
    counted()
    told = by_channel()
    assert set(told) == set(Channel)
    total = sum((each.value for each in told.values()), 0)
    assert (
        total == number("SELECT SUM(value) FROM trade_days") == number("SELECT SUM(value) FROM trade_months")
    )
    assert queries.sum_of_rows(asked()).value == total
    months = queries.by_month(asked())
    assert sum(each.value for each in months.values()) == total
    sellers = queries.by_member(asked())
    assert [(part.name, part.now.value) for part in sellers[:5]] == [("HTX Đồng Lạc", total)]
    assert (sellers.value, sellers.longest, sellers.selling, sellers.selling_before) == (total, total, 1, 0)
    for kind in PlaceKind:
        places = queries.by_place(sellers, kind)
        assert sum(place.now.value for place in places) == total
        for place in places:
            if place.key is not None:
                found = queries.sum_of_rows(asked(unit_id=place.key))
                assert found.value == place.now.value, kind
    share = by_channel(channel=Channel.CONTRACT)
    assert set(share) == {Channel.CONTRACT}
    assert queries.count_members_linked(asked()) == (1, number("SELECT count(*) FROM cooperatives"))
    seasons = queries.seasons(asked())
    assert sum(each.total for each in seasons) * 1000 == number("SELECT SUM(kg) FROM trade_days")
    holds()


def _told_apart_by_nobody(seller: Cooperative, *, lines: int, value: int) -> None:
    """Today's sales of goods without a name or a weight, beside those that were counted."""
    db.session.execute(
        insert(TradeDay).values(
            day=clock.today(), channel=Channel.ORDER, cooperative_id=seller.id, commodity_id=None,
            lines=lines, kg=Decimal(0), value=Money(value), unweighed=Money(value),
        )
    )  # fmt: skip


@pytest.mark.parametrize("kind", [*PlaceKind])
def test_places_as_an_independent_statement_adds_them_up(
    world: World, company: Company, kind: PlaceKind
) -> None:
    """Two sellers with seats in two communes and one that has none: each sum from orders, slips and sheets by SQL."""
    bought(world)
    delivered(world, company)
    stood(world)
    with transaction():
        other = db.session.scalars(
            select(Cooperative).where(Cooperative.id != world.dong_lac.id).order_by(Cooperative.id)
        ).first()
        assert other is not None
        other.address_id = None
    counted()
    with transaction():
        _told_apart_by_nobody(other, lines=1, value=7_000)
    current = {PlaceKind.COMMUNE: "n.id", PlaceKind.PROVINCE: "COALESCE(p.id, n.id)"}
    key = current.get(
        kind, "CASE WHEN w.id IS NULL OR w.valid_to IS NULL THEN NULL ELSE COALESCE(q.id, w.id) END"
    )
    rows = db.session.execute(
        text(
            f"""SELECT {key} AS place, SUM(d.value) FROM trade_days d JOIN cooperatives c ON c.id = d.cooperative_id
            LEFT JOIN cooperatives o ON o.id = COALESCE(c.duplicate_of_id, c.id)
            LEFT JOIN addresses a ON a.id = o.address_id
            LEFT JOIN admin_units n ON n.id = a.unit_current_id
            LEFT JOIN admin_units p ON p.id = n.parent_id AND n.level = 3
            LEFT JOIN admin_units w ON w.id = a.unit_as_written_id
            LEFT JOIN admin_units q ON q.id = w.parent_id AND w.level = 3 GROUP BY 1"""
        )
    ).all()
    told = queries.by_place(queries.by_member(asked()), kind)
    assert {part.key: int(part.now.value) for part in told} == {row[0]: int(row[1]) for row in rows}
    assert any(part.key is None and part.now.value >= 7_000 for part in told), "who has no seat is not lost"


def test_whoever_was_entered_twice_is_one_seller_where_the_record_that_stands_has_its_seat(
    world: World,
) -> None:
    """Both sold; then the one that stands has sold nothing, and its seat counts all the same."""
    bought(world)
    counted()
    twin = world.kinh_mon
    with transaction():
        _told_apart_by_nobody(twin, lines=2, value=7_000)
        merge_duplicate(loser=twin, survivor=world.dong_lac, reason="nhập hai lần", by=world.officer)
    (one,) = (sellers := queries.by_member(asked()))[:9]
    assert (one.key, one.now.lines, one.now.value) == (world.dong_lac.id, 3, 607_000)
    unit = world.dong_lac.address.unit_current_id
    assert [part.key for part in queries.by_place(sellers, PlaceKind.COMMUNE)] == [unit]
    with transaction():
        db.session.execute(
            text("DELETE FROM trade_days WHERE cooperative_id = :one"), {"one": world.dong_lac.id}
        )
    (part,) = queries.by_place(queries.by_member(asked()), PlaceKind.COMMUNE)
    assert (part.key, part.now.value) == (unit, 7_000)


def test_chains_as_an_independent_statement_counts_them(world: World, company: Company) -> None:
    """In force on the last day, or delivered in these days; a contract that is over, and one to come, count no more."""
    contract = delivered(world, company)
    counted()
    question = asked()

    def by_sql(first: dt.date, last: dt.date) -> int:
        return number(
            f"""SELECT COUNT(*) FROM cooperatives m WHERE m.state = 'admitted' AND (
            EXISTS (SELECT 1 FROM contracts c WHERE c.cooperative_id = m.id AND c.state NOT IN ('agreeing', 'dropped')
            AND c.from_day <= :last AND c.until_day >= :last
            AND (c.ended_at IS NULL OR {local("c.ended_at")} > :last))
            OR EXISTS (SELECT 1 FROM trade_days d WHERE d.cooperative_id = m.id AND d.channel = 'contract'
            AND d.day >= :first AND d.day <= :last))""",
            first=first if db.engine.dialect.name == "postgresql" else first.isoformat(),
            last=last if db.engine.dialect.name == "postgresql" else last.isoformat(),
        )

    spans = [
        (question.first, question.last),
        (question.first, clock.today()),
        (dt.date(2019, 1, 1), dt.date(2019, 12, 31)),
        (clock.today() + dt.timedelta(400), clock.today() + dt.timedelta(500)),
    ]
    for first, last in spans:
        assert queries.count_members_linked(TradeAsked(first, last))[0] == by_sql(first, last), (first, last)
    assert queries.count_members_linked(question)[0] == 1
    assert queries.count_members_linked(TradeAsked(*spans[2]))[0] == 0
    value = by_channel()[Channel.CONTRACT].value
    assert value == number("SELECT SUM(value) FROM trade_days WHERE channel = 'contract'") > 0
    assert contract is not None


def test_the_year_before_stands_beside(world: World) -> None:
    bought(world)
    counted()
    with transaction():
        row = db.session.query(TradeDay).one()
        row.day = row.day.replace(year=row.day.year - 1, day=min(row.day.day, 28))
        month = db.session.query(TradeMonth).one()
        month.month = row.day.replace(day=1)
    ((_channel, _commodity, now, before),) = queries.by_channel_and_commodity(asked())
    assert (now, before) == (Traded(), Traded(1, Decimal(50), 600_000, 0))


def test_whole_months_and_the_days_around_them_are_the_days(world: World) -> None:
    """Months are read where they lie whole in a span: the sums are those of the days, wherever it begins and ends."""
    bought(world)
    counted()
    day = db.session.query(TradeDay.day).scalar()
    week, first = dt.timedelta(7), day.replace(day=1)
    next_month = (first + dt.timedelta(32)).replace(day=1)
    for start, end in (
        (day, day),
        (first, next_month - dt.timedelta(1)),
        (first - week, next_month + week),
        (day - week, day - dt.timedelta(1)),
        (first - 10 * week, day - dt.timedelta(1)),
        (day + dt.timedelta(1), next_month + 10 * week),
        (dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)),
    ):
        told = queries.by_channel_and_commodity(TradeAsked(start, end))
        value = sum(now.value for _channel, _commodity, now, _before in told)
        days = number(
            "SELECT SUM(value) FROM trade_days WHERE day BETWEEN :start AND :end", start=start, end=end
        )
        assert value == days, (start, end)


# --- adding up --------------------------------------------------------------------------------------


def test_counting_twice_changes_nothing(world: World, company: Company) -> None:
    bought(world)
    stood(world)
    delivered(world, company)
    counted()
    before = [(row.id, row.day, row.value) for row in db.session.query(TradeDay).order_by(TradeDay.id)]
    assert tasks.count_all_trade() == 0, "no month said something else"
    with transaction():
        for _id, day, _value in before:
            services.mark_day(day)
    assert counted() >= 1
    after = [(row.id, row.day, row.value) for row in db.session.query(TradeDay).order_by(TradeDay.id)]
    assert before == after


def test_everything_is_found_again(world: World, company: Company) -> None:
    bought(world)
    delivered(world, company)
    counted()
    told = by_channel()
    with transaction():
        db.session.query(TradeDay).delete()
        db.session.query(TradeMonth).delete()
        services.mark_day(None)
    holds()  # all waits
    tasks.count_trade()
    db.session.rollback()
    assert by_channel() == told and db.session.query(TradeMark).count() == 0
    holds()


def test_a_figure_that_was_spoiled_is_seen_and_mended(world: World) -> None:
    bought(world)
    counted()
    with transaction():
        db.session.execute(text("UPDATE trade_days SET value = value + 1"))
    db.session.rollback()
    assert (CHECKS["A10"][1](), CHECKS["A11"][1]() > 0) == (1, True)
    assert tasks.count_all_trade() == 1
    holds()


def test_an_empty_market_has_no_figures(world: World) -> None:
    assert counted() == 0 and tasks.count_all_trade() == 0
    nobody = queries.by_member(asked())
    assert (nobody[:10], len(nobody), nobody.longest, nobody.value) == ([], 0, 0, 0)
    assert queries.by_place(nobody, PlaceKind.COMMUNE) == [] and queries.by_month(asked()) == {}
    assert queries.concentration([]) is None and queries.seasons(asked()) == []
    holds()


def test_concentration_in_plain_figures() -> None:
    told = queries.concentration([50, 30, 20, 0])
    assert told is not None
    assert (told.sellers, told.first, told.three, told.index) == (3, Decimal(50), Decimal(100), 3800)
    assert told.like == Decimal("2.6")
    alone = queries.concentration([7])
    assert alone is not None and (alone.index, alone.like) == (10_000, Decimal(1))
