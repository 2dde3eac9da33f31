"""The calendar of closed days: written, taken back, and counted by everything that counts working days."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from marketplace import config
from marketplace.alliance import queries, services
from marketplace.alliance.models import OfficeDays
from marketplace.alliance.states import DayKind
from marketplace.fairs import clock as fair_clock
from marketplace.fairs.services import holding
from marketplace.foundation import clock, opening
from marketplace.foundation.calendar import is_holiday
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.helping import services as helping
from tests.client import ReadingClient, another
from tests.statements import queries_sent
from tests.world import World

BASE = "/office/settings/closed-days"
DAY = dt.timedelta(days=1)


def wrote(first: dt.date, last: dt.date | None = None, kind: DayKind = DayKind.CLOSED) -> OfficeDays:
    with transaction():
        return services.write_days(
            kind=kind, first_day=first, last_day=last or first, name="Nghỉ thêm", reason="Thông báo 12"
        )


def weekday(after: int = 1) -> dt.date:
    """An open day so many days ahead, or the next one."""
    day = clock.today() + after * DAY
    while not opening.is_open(day):
        day += DAY
    return day


def weekend() -> dt.date:
    day = clock.today() + DAY
    while day.weekday() < 5:
        day += DAY
    return day


# --- counting -------------------------------------------------------------------------------------


def test_a_closed_day_moves_every_term_in_working_days(world: World) -> None:
    today, now = clock.today(), clock.now()
    ends = opening.working_days_after(today, 3)
    offer = holding.answer_by(now)
    wrote(ends)
    later = opening.working_days_after(today, 3)
    assert later > ends and not opening.is_open(ends)
    assert later == opening.working_days_after(ends, 1)
    assert holding.answer_by(now) > offer
    with transaction():
        complaint = helping.complain(
            topic="fair",
            words="Gian hàng xếp sai",
            once="closed-days",
            person=world.director,
            by=world.director,
        )
        assert complaint.confirm_by == opening.working_days_after(
            today, config.current().complaint_confirm_days
        )


def test_a_day_off_that_is_worked_counts(app: Flask) -> None:
    day = weekend()
    assert not opening.is_open(day)
    wrote(day, kind=DayKind.WORKED)
    assert opening.is_open(day) and opening.last_open(day) == day
    assert opening.working_days_after(day - DAY, 1) == day


def test_the_edges_of_a_span_are_closed_and_the_days_around_it_are_not(app: Flask) -> None:
    monday = clock.today() + (14 - clock.today().weekday()) * DAY
    while any(is_holiday(monday + n * DAY) for n in range(-7, 12)):
        monday += 7 * DAY
    wrote(monday + DAY, monday + 3 * DAY)
    assert [opening.is_open(monday + n * DAY) for n in range(5)] == [True, False, False, False, True]
    assert opening.working_days_after(monday, 1) == monday + 4 * DAY
    assert opening.last_open(monday + 3 * DAY) == monday


def test_tet_with_the_days_that_are_announced_around_it(app: Flask) -> None:
    # Tết of 2027: 5 to 9 February by law. Closed too on 3, 4 and 10; the Saturday after is worked instead.
    app.extensions["settings"] = replace(
        app.extensions["settings"],
        holidays=(dt.date(2027, 2, 3), dt.date(2027, 2, 4), dt.date(2027, 2, 10)),
        worked_days=(dt.date(2027, 2, 13),),
    )
    assert opening.working_days_after(dt.date(2027, 2, 2), 1) == dt.date(2027, 2, 11)
    assert opening.working_days_after(dt.date(2027, 2, 2), 3) == dt.date(2027, 2, 13)
    assert opening.last_open(dt.date(2027, 2, 10)) == dt.date(2027, 2, 2)
    assert opening.working_days_after(dt.date(2027, 2, 2), 0) == dt.date(2027, 2, 2)
    with pytest.raises(ValueError, match="forward"):
        opening.working_days_after(dt.date(2027, 2, 2), -1)


@pytest.mark.parametrize("seed", range(5))
def test_random_calendars_equal_counting_one_by_one(app: Flask, seed: int) -> None:
    chance, first = random.Random(seed), dt.date(2026, 12, 1)
    span = [first + n * DAY for n in range(150)]
    closed, worked = set(chance.sample(span, 25)), set(chance.sample(span, 6))
    app.extensions["settings"] = replace(
        app.extensions["settings"], holidays=tuple(closed), worked_days=tuple(worked)
    )
    open_days = [
        day
        for day in span
        if day in worked or (day.weekday() < 5 and day not in closed and not is_holiday(day))
    ]
    assert [day for day in span if opening.is_open(day)] == open_days
    for start in span[:60]:
        after = [day for day in open_days if day > start]
        for count in (1, 2, 7, 20):
            assert opening.working_days_after(start, count) == after[count - 1]


def test_the_department_has_more_days_when_some_are_closed(app: Flask) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], holidays=(dt.date(2027, 3, 2),))
    assert opening.working_days_after(dt.date(2027, 3, 1), config.current().fair_answer_days) == dt.date(
        2027, 3, 11
    )
    assert fair_clock.opening is opening


# --- writing ---------------------------------------------------------------------------------------


def test_days_are_refused_that_are_over_doubled_or_too_many(app: Flask) -> None:
    today = clock.today()
    for first, last, field in (
        (today - DAY, today + DAY, "first_day"),
        (today + 9 * DAY, today + 8 * DAY, "last_day"),
        (today + DAY, today + 40 * DAY, "last_day"),
    ):
        with pytest.raises(Refusal) as refused:
            wrote(first, last)
        assert refused.value.field == field
    wrote(today + 5 * DAY, today + 7 * DAY)
    for first, last in ((5, 5), (7, 9), (3, 5), (6, 6), (1, 20)):
        with pytest.raises(Refusal) as refused:
            wrote(today + first * DAY, today + last * DAY)
        assert refused.value.field == "first_day"
    wrote(today + 8 * DAY)
    wrote(today + 4 * DAY)


def test_taken_back_days_are_open_again_and_stay_readable(app: Flask) -> None:
    day = weekday(2)
    row = wrote(day)
    assert not opening.is_open(day)
    with transaction():
        services.take_days_back(days=db.session.get_one(OfficeDays, row.id), reason="Thông báo 13")
    assert opening.is_open(day) and queries.written_days(day)[0].withdrawn_reason == "Thông báo 13"
    with pytest.raises(Refusal), transaction():
        services.take_days_back(days=db.session.get_one(OfficeDays, row.id), reason="Lại nữa")
    wrote(day)


def test_the_calendar_costs_a_page_no_statement(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    client.get("/office")
    with queries_sent() as before:
        client.get("/office")
    wrote(weekday())
    client.get("/office")
    with queries_sent() as after:
        client.get("/office")
    assert len(before) == len(after) and not any("office_days" in each for each in after)


def test_an_administrator_writes_days_and_takes_them_back(world: World, client: ReadingClient) -> None:
    client.sign_in("officer@demo.vn")
    day = weekday(3)
    for language in ("", "/en"):
        page = client.get(f"{language}{BASE}").text
        assert page.count("<tr>") >= 10
    told: dict[str, Any] = {
        "kind": "closed",
        "name": "Đại hội Liên minh",
        "first_day": f"{day:%d/%m/%Y}",
        "last_day": "",
        "reason": "Kế hoạch 31/KH-LM",
    }
    bad = client.send(BASE, data=told | {"first_day": "hôm kia", "name": ""})
    assert bad.status_code == 422 and "hôm kia" in bad.text and "Kế hoạch 31/KH-LM" in bad.text
    assert client.send(BASE, data=told).status_code == 303
    again = client.send(BASE, data=told)
    assert again.status_code == 422 and "Đại hội Liên minh" in again.text
    assert not opening.is_open(day)
    assert "Đại hội Liên minh" in client.get("/office/settings").text
    back = f"{BASE}/{queries.written_days(day)[0].id}/withdrawal"
    assert client.get(back).status_code == 200
    assert client.send(back, data={"reason": ""}).status_code == 422
    assert client.send(back, data={"reason": "Hoãn đại hội"}).status_code == 303
    assert client.send(back, data={"reason": "Hoãn đại hội"}).status_code == 422
    assert opening.is_open(day) and "Hoãn đại hội" in client.get(BASE).text
    assert client.get(f"{BASE}/99999/withdrawal").status_code == 404


def test_others_do_not_write_days(world: World, client: ReadingClient) -> None:
    assert another(client.application).get(BASE).status_code in {302, 303, 401, 403}
    client.sign_in("donglac@demo.vn")
    assert client.get(BASE).status_code in {403, 404}
    assert client.send(BASE, data={"kind": "closed"}).status_code in {403, 404}
