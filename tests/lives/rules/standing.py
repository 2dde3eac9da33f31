"""Wanted again and again: begun, changed once or for good, paused, ended; made when due, asked about, or left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.catalogue.models import Product
from marketplace.foundation import clock
from marketplace.foundation.calendar import in_season
from marketplace.foundation.db import db
from marketplace.orders import queries, services, tasks
from marketplace.orders.models import StandingOrder, StandingRun
from marketplace.orders.states import ExceptionKind, RunState, SkipReason, StandingState
from tests.lives.dates import DAY, Dates, Terms, Wish
from tests.lives.reckoning import Line, fee_for, goods
from tests.lives.rules.buying import expect
from tests.lives.rules.company import company, too_much
from tests.lives.walk import Act, Walk, rule
from tests.orders.standing import terms as terms_of

MOST = 5
ALLOWED = 110
"""Per cent of the price that was agreed to: above it the buyer is asked."""
SUNDAY = 6


def known(walk: Walk) -> dict[int, Dates]:
    found: dict[int, Dates] = walk.memory.setdefault("standing", {})
    return found


def _one(walk: Walk) -> int | None:
    going = [number for number, dates in known(walk).items() if not dates.ended]
    return walk.rng.choice(going) if going else None


def _person(walk: Walk, who: str) -> Person:
    found: Person = walk.world.household if who == "household" else getattr(company(walk), who)
    return found


def _somebody(walk: Walk, dates: Dates) -> str:
    return walk.rng.choice(["huy", "hanh"]) if dates.for_company else "household"


def _wanted(walk: Walk) -> dict[int, Decimal]:
    sold = [product.id for product in walk.products(walk.world.dong_lac.id)]
    chosen = walk.rng.sample(sold, walk.rng.randint(1, 2))
    return {number: Decimal(walk.rng.randint(2, 45)) for number in chosen}


def _line(walk: Walk, product: int, quantity: Decimal, dates: Dates) -> Line:
    return walk.reckoning.line(product, quantity, clock.today(), dates.for_company)


def _at_todays_price(walk: Walk, wanted: dict[int, Decimal], dates: Dates) -> Wish:
    return {each: (amount, _line(walk, each, amount, dates).price) for each, amount in wanted.items()}


def _each_time(walk: Walk, wanted: dict[int, Decimal], dates: Dates) -> int:
    lines = [_line(walk, each, amount, dates) for each, amount in wanted.items() if amount > 0]
    return goods(lines) + fee_for(lines)


# --- what its buyer says --------------------------------------------------------------------------------


def _told(walk: Walk, dates: Dates) -> tuple[dict[int, Decimal], dict[str, Any]]:
    """Quantities and the rest, as `services.Terms` takes it."""
    rest = {
        "from_day": clock.today() + DAY * walk.rng.randint(1, 3),
        "weekdays": sorted(walk.rng.sample(range(7), walk.rng.randint(2, 4))),
        "every_weeks": walk.rng.choice([1, 1, 1, 2]),
        "takes_less": walk.rng.random() < 0.7,
    }
    if dates.for_company:
        rest["weekdays"] = [day for day in rest["weekdays"] if day != SUNDAY] or [1, 4]
    return _wanted(walk), rest


def _terms(walk: Walk, wanted: dict[int, Decimal], rest: dict[str, Any], dates: Dates) -> services.Terms:
    to = {"depot": company(walk).store, "address": None} if dates.for_company else {}
    quantities = {db.session.get_one(Product, number): amount for number, amount in wanted.items()}
    return terms_of(walk.world, quantities=quantities, **rest, **to)


def _reckoned(walk: Walk, wanted: dict[int, Decimal], rest: dict[str, Any], dates: Dates, who: str) -> Terms:
    assert not too_much(walk, who, _each_time(walk, wanted, dates)), "a limit was passed again and again"
    return Terms(
        from_day=rest["from_day"],
        counted_from=rest["from_day"],
        weekdays=set(rest["weekdays"]),
        every_weeks=rest["every_weeks"],
        wish=_at_todays_price(walk, wanted, dates),
        takes_less=rest["takes_less"],
        by=who,
    )


@rule(3)
def want_it_again_and_again(walk: Walk) -> Act | None:
    if sum(not dates.ended for dates in known(walk).values()) >= MOST:
        return None
    dates = Dates(for_company=walk.rng.random() < 0.75, began=clock.today(), terms=[])
    who = _somebody(walk, dates)
    wanted, rest = _told(walk, dates)

    def do() -> int:
        person, them = _person(walk, who), company(walk)
        buyer = services.Buyer(
            name=person.name,
            phone=person.phone or "",
            person_id=person.id,
            organisation_id=them.bigmart.id if dates.for_company else None,
        )
        return services.start_standing(
            cooperative=walk.world.dong_lac,
            buyer=buyer,
            terms=_terms(walk, wanted, rest, dates),
            terms_version="test",
            by=person,
        ).id

    def then(number: int) -> None:
        terms = _reckoned(walk, wanted, rest, dates, who)
        known(walk)[number] = Dates(dates.for_company, dates.began, [terms])

    return Act(do, then)


@rule(1)
def change_it_for_good(walk: Walk) -> Act | None:
    if (number := _one(walk)) is None:
        return None
    dates = known(walk)[number]
    who, (wanted, rest) = _somebody(walk, dates), _told(walk, dates)

    def do() -> None:
        services.change_standing(
            standing=queries.standing_by_id(number),
            terms=_terms(walk, wanted, rest, dates),
            by=_person(walk, who),
        )

    return Act(do, lambda _: dates.change(_reckoned(walk, wanted, rest, dates, who)))


@rule(2)
def change_it_once(walk: Walk) -> Act | None:
    """Nothing on one day, something else, or the usual after all."""
    if (number := _one(walk)) is None:
        return None
    dates = known(walk)[number]
    coming = dates.coming(clock.today())
    if not coming:
        return None
    day, kind, who = walk.rng.choice(coming), walk.rng.choice(list(ExceptionKind)), _somebody(walk, dates)
    usual = dates.terms_on(day)
    assert usual is not None, "one of its dates"
    wanted = {each: Decimal(walk.rng.choice([0, 3, 20, 40])) for each in usual.wish}

    def do() -> None:
        services.change_date(
            standing=queries.standing_by_id(number),
            day=day,
            kind=kind,
            quantities={db.session.get_one(Product, each): amount for each, amount in wanted.items()},
            by=_person(walk, who),
        )

    def then(_: None) -> None:
        if kind is ExceptionKind.OTHER:
            assert not too_much(walk, who, _each_time(walk, wanted, dates)), "a limit was passed on one day"
            dates.once[day] = (_at_todays_price(walk, wanted, dates), who)
        elif kind is ExceptionKind.SKIP:
            dates.once[day] = (None, who)
        else:
            dates.once.pop(day, None)

    return Act(do, then)


@rule(1)
def pause_it(walk: Walk) -> Act | None:
    if (number := _one(walk)) is None:
        return None
    dates = known(walk)[number]
    until = clock.today() + DAY * walk.rng.randint(1, 6) if walk.rng.random() < 0.6 else None

    def do() -> None:
        services.pause_standing(
            standing=queries.standing_by_id(number), until=until, by=_person(walk, _buyer(dates))
        )

    def then(_: None) -> None:
        dates.paused, dates.until = True, until

    return Act(do, then)


@rule(1)
def go_on_with_it(walk: Walk) -> Act | None:
    if (number := _one(walk)) is None:
        return None
    dates = known(walk)[number]

    def do() -> None:
        services.resume_standing(standing=queries.standing_by_id(number), by=_person(walk, _buyer(dates)))

    def then(_: None) -> None:
        dates.paused, dates.until = False, None

    return Act(do, then)


@rule(1)
def want_it_no_more(walk: Walk) -> Act | None:
    if (number := _one(walk)) is None or walk.rng.random() < 0.5:
        return None
    dates = known(walk)[number]

    def do() -> None:
        services.end_standing(standing=queries.standing_by_id(number), by=_person(walk, _buyer(dates)))

    def then(_: None) -> None:
        dates.ended = True

    return Act(do, then)


def _buyer(dates: Dates) -> str:
    return "huy" if dates.for_company else "household"


# --- what the days bring --------------------------------------------------------------------------------


@rule(8)
def dates_come_due(walk: Walk) -> Act | None:
    """Some hours later, often a day, the worker looks: each date once, and none forgotten."""
    if not known(walk):
        return None
    walk.clock.shift(dt.timedelta(hours=walk.rng.choice([0, 0, 1, 5, 11, 24])))

    def do() -> bool:
        tasks.make_standing_orders()
        return True

    def then(finished: bool | None) -> None:
        _see_who_goes_on(walk)
        for run in _fresh(walk):
            _judge(walk, run)
        for number, dates in known(walk).items() if finished else ():
            forgotten = dates.due(clock.today()) - dates.dealt.keys()
            assert not forgotten, f"standing order {number}: nothing was made of {forgotten}"

    return Act(do, then, alone=True, by_clock=True)


def _see_who_goes_on(walk: Walk) -> None:
    """A pause that has an end ends by the clock, if the worker came to it."""
    for number, dates in known(walk).items():
        over = dates.paused and dates.until is not None and dates.until <= clock.today()
        if over and db.session.get_one(StandingOrder, number).state is StandingState.ACTIVE:
            dates.paused, dates.until = False, None


def _fresh(walk: Walk) -> list[StandingRun]:
    seen = {run for dates in known(walk).values() for run in dates.dealt.values()}
    return list(db.session.scalars(select(StandingRun).where(StandingRun.id.not_in(seen))))


def _judge(walk: Walk, run: StandingRun) -> None:
    """What one date brought, beside what it must bring."""
    dates, day = known(walk)[run.standing_id], run.day
    assert dates.is_date(day) and not dates.ended, f"{day} is none of its dates"
    dates.dealt[day] = run.id
    wish, ripe = dates.wish_for(day), _ripe(dates, day)
    if dates.rests_on(day) or not wish:
        assert run.reason in {SkipReason.BUYER, SkipReason.PAUSED}, f"{day} was not wanted: {run.reason}"
    elif run.state is RunState.ORDERED:
        assert not _must_ask(walk, dates, day, _taken(walk, run, wish)), f"nobody was asked about {day}"
    elif run.state is RunState.ASKED:
        assert _must_ask(walk, dates, day, ripe) or not _all_there(ripe), f"asked for nothing about {day}"
    else:
        assert _cannot(run, ripe, day), f"{day} was left out: {run.reason} {run.words}"


def _ripe(dates: Dates, day: dt.date) -> Wish:
    """What of it is in season on that day."""
    months = {each: db.session.get_one(Product, each).months for each in dates.wish_for(day)}
    return {
        each: told
        for each, told in dates.wish_for(day).items()
        if not months[each] or in_season(months[each], day)
    }


def _cannot(run: StandingRun, ripe: Wish, day: dt.date) -> bool:
    """Reasons that nobody gave: out of season, too late, or too little."""
    if run.reason is SkipReason.LATE:
        return day <= clock.today()
    if run.reason is SkipReason.SEASON:
        return not ripe
    return run.reason is SkipReason.SOLD_OUT and not _all_there(ripe)


def _all_there(wish: Wish) -> bool:
    free = {each: db.session.get_one(Product, each).available or 0 for each in wish}
    return all(free[each] >= amount for each, (amount, _price) in wish.items())


def _must_ask(walk: Walk, dates: Dates, day: dt.date, wish: Wish) -> bool:
    lines = {each: _line(walk, each, amount, dates) for each, (amount, _price) in wish.items()}
    dearer = any(lines[each].price * 100 > agreed * ALLOWED for each, (_amount, agreed) in wish.items())
    total = goods(lines.values()) + fee_for(lines.values())
    return dearer or (dates.for_company and too_much(walk, dates.said_by(day), total))


def _taken(walk: Walk, run: StandingRun, wish: Wish) -> Wish:
    """What was ordered of it: all, or as far as there was, and then its buyer was told."""
    dates = known(walk)[run.standing_id]
    terms = dates.terms_on(run.day)
    assert run.order is not None and terms is not None, "ordered"
    expect(walk, run.order.group_id, dates.for_company)
    assert len(run.order.group.orders) == 1, "one date, two orders"
    got = {line.product_id: line.asked for line in run.order.lines}
    less = {each for each, (amount, _price) in wish.items() if got.get(each) != amount}
    assert got.keys() <= wish.keys() and all(got[each] <= wish[each][0] for each in got), "more than wanted"
    assert len(run.short) == len(less), f"{less} were too little, {run.short} was told"
    assert terms.takes_less or not less & got.keys(), "less was sent than its buyer takes"
    return {each: (amount, wish[each][1]) for each, amount in got.items()}


# --- what is asked about --------------------------------------------------------------------------------


def _asked(walk: Walk) -> int | None:
    found: int | None = walk.pick(select(StandingRun.id).where(StandingRun.state == RunState.ASKED))
    return found


@rule(5)
def take_the_new_price(walk: Walk) -> Act | None:
    """From this day on; above a limit only who may approve."""
    if (number := _asked(walk)) is None:
        return None
    dates = known(walk)[db.session.get_one(StandingRun, number).standing_id]
    who = _somebody(walk, dates)

    def do() -> None:
        run = db.session.get_one(StandingRun, number)
        services.agree_to_price(run=run, by=_person(walk, who))

    def then(_: None) -> None:
        run = db.session.get_one(StandingRun, number)
        _agreed(walk, dates, run.day, who)
        if run.order is not None:
            _taken(walk, run, dates.wish_for(run.day))

    return Act(do, then)


def _agreed(walk: Walk, dates: Dates, day: dt.date, who: str) -> None:
    """The terms stand anew at today's prices where one changed, or where the yes was an approval."""
    terms = dates.terms_on(day)
    assert terms is not None, "one of its dates"
    total = _each_time(walk, {each: amount for each, (amount, _price) in _ripe(dates, day).items()}, dates)
    passed = dates.for_company and too_much(walk, "hanh", total)
    assert not (passed and who == "hanh"), "a date above the limit was approved by who has one"
    usual = _at_todays_price(walk, {each: amount for each, (amount, _price) in terms.wish.items()}, dates)
    if usual != terms.wish or (passed and dates.said_by(day) == "hanh"):
        dates.terms.append(replace(terms, from_day=day, wish=usual, by=who))


@rule(1)
def leave_it_this_time(walk: Walk) -> Act | None:
    if (number := _asked(walk)) is None:
        return None
    dates = known(walk)[db.session.get_one(StandingRun, number).standing_id]

    def do() -> None:
        run = db.session.get_one(StandingRun, number)
        services.decline_price(run=run, by=_person(walk, _buyer(dates)))

    return Act(do)
