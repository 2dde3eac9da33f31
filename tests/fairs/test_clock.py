"""Where a fair stands, and which terms of the law run."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from marketplace.config import OddSetting, Settings, load
from marketplace.fairs import clock as fair_clock
from marketplace.fairs import days, queries, services, tasks
from marketplace.fairs.clock import Progress, TermKind, TermState
from marketplace.fairs.models import Fair
from marketplace.fairs.states import FairKind, FairState, Phase
from marketplace.foundation import clock, opening
from marketplace.foundation.calendar import is_holiday
from marketplace.foundation.db import db, transaction
from marketplace.inbox.models import Notice
from marketplace.selection.models import Call
from tests.fairs.hall import fairground
from tests.world import World

DAY = dt.timedelta(days=1)
OPENING = dt.date(2027, 3, 12)


def fair(**more: Any) -> Fair:
    """One in memory, of five days."""
    values = {
        "kind": FairKind.FAIR,
        "state": FairState.ANNOUNCED,
        "first_day": OPENING,
        "last_day": OPENING + 4 * DAY,
        "exempt_by": "",
        "guest": False,
    }
    return Fair(**{**values, **more})


def call(opens: dt.date, closes: dt.date) -> Call:
    return Call(opens_at=clock.start_of_day(opens), closes_at=clock.start_of_day(closes))


def at(day: dt.date) -> dt.datetime:
    return clock.start_of_day(day) + dt.timedelta(hours=10)


@pytest.mark.parametrize(
    ("day", "state", "progress", "expected"),
    [
        (dt.date(2027, 1, 2), FairState.DRAFT, Progress(), Phase.DRAFT),
        (dt.date(2027, 1, 2), FairState.ANNOUNCED, Progress(), Phase.ANNOUNCED),
        (dt.date(2027, 1, 12), FairState.ANNOUNCED, Progress(3), Phase.OPEN),
        (dt.date(2027, 2, 12), FairState.ANNOUNCED, Progress(), Phase.CLOSED),
        (dt.date(2027, 2, 12), FairState.ANNOUNCED, Progress(3), Phase.REVIEWING),
        (dt.date(2027, 2, 12), FairState.ANNOUNCED, Progress(3, 1), Phase.ALLOCATING),
        (dt.date(2027, 2, 12), FairState.PUBLISHED, Progress(3, 1), Phase.PUBLISHED),
        (dt.date(2027, 3, 12), FairState.PUBLISHED, Progress(3, 1), Phase.RUNNING),
        (dt.date(2027, 3, 16), FairState.ANNOUNCED, Progress(), Phase.RUNNING),
        (dt.date(2027, 3, 17), FairState.PUBLISHED, Progress(3, 1), Phase.ENDED),
        (dt.date(2027, 3, 17), FairState.REPORTED, Progress(3, 1), Phase.REPORTED),
        (dt.date(2027, 3, 13), FairState.CANCELLED, Progress(3, 1), Phase.CANCELLED),
    ],
)
def test_the_phase_follows_what_was_decided_and_the_calendar(
    day: dt.date, state: FairState, progress: Progress, expected: Phase
) -> None:
    asked = call(dt.date(2027, 1, 10), dt.date(2027, 2, 10))
    assert fair_clock.phase(fair(state=state), asked, at(day), progress) is expected


def test_without_a_call_a_fair_is_only_announced() -> None:
    assert fair_clock.phase(fair(), None, at(dt.date(2027, 2, 12))) is Phase.ANNOUNCED


def test_a_fair_is_filed_thirty_days_ahead_and_reported_thirty_days_after(app: Flask) -> None:
    file, report = fair_clock.terms(fair(), dt.date(2027, 1, 1))
    assert (file.kind, file.due) == (TermKind.FILE, dt.date(2027, 2, 10))
    assert (report.kind, report.due) == (TermKind.REPORT, dt.date(2027, 4, 15))
    assert {file.state, report.state} == {TermState.CALM}


@pytest.mark.parametrize(
    ("day", "filed_on", "state"),
    [
        (dt.date(2027, 1, 26), None, TermState.CALM),
        (dt.date(2027, 1, 27), None, TermState.NEAR),
        (dt.date(2027, 2, 10), None, TermState.NEAR),
        (dt.date(2027, 2, 11), None, TermState.MISSED),
        (dt.date(2027, 2, 20), dt.date(2027, 2, 10), TermState.DONE),
        (dt.date(2027, 2, 20), dt.date(2027, 2, 11), TermState.LATE),
    ],
)
def test_a_term_comes_near_is_missed_or_done(
    app: Flask, day: dt.date, filed_on: dt.date | None, state: TermState
) -> None:
    assert fair_clock.terms(fair(filed_on=filed_on), day)[0].state is state


def test_decided_by_the_province_it_need_not_be_filed_but_is_reported(app: Flask) -> None:
    kinds = [term.kind for term in fair_clock.terms(fair(exempt_by="QĐ 12/QĐ-UBND"), OPENING)]
    assert kinds == [TermKind.REPORT]


@pytest.mark.parametrize(
    "more",
    [{"guest": True}, {"kind": FairKind.CONFERENCE}, {"state": FairState.CANCELLED}],
)
def test_some_have_no_terms_at_all(app: Flask, more: dict[str, Any]) -> None:
    assert fair_clock.terms(fair(**more), OPENING) == []


def test_a_change_after_filing_is_counted_from_the_opening_that_was_filed(app: Flask) -> None:
    moved = fair(
        filed_on=dt.date(2027, 1, 4),
        moved_from=OPENING,
        first_day=OPENING + 7 * DAY,
        last_day=OPENING + 9 * DAY,
    )
    found = {term.kind: term for term in fair_clock.terms(moved, dt.date(2027, 1, 20))}
    assert found[TermKind.CHANGE].due == OPENING - 30 * DAY


def test_terms_are_settings(app: Flask) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], fair_filing_days=45, fair_report_days=15)
    file, report = fair_clock.terms(fair(), dt.date(2027, 1, 1))
    assert (file.due, report.due) == (OPENING - 45 * DAY, OPENING + (4 + 15) * DAY)


def test_odd_settings_stop_the_start() -> None:
    told = load({"SECRET_KEY": "x" * 20, "FAIR_FILED_KINDS": "fair online", "FAIR_CHANGE_DAYS": "15"})
    assert (told.fair_filed_kinds, told.fair_change_days) == (("fair", "online"), 15)
    assert load({"SECRET_KEY": "x" * 20, "FAIR_FILED_KINDS": "none"}).fair_filed_kinds == ()
    for name, value in (("FAIR_FILED_KINDS", "circus"), ("FAIR_REPORT_DAYS", "0")):
        with pytest.raises(OddSetting, match=name):
            load({"SECRET_KEY": "x" * 20, name: value})
    assert Settings.fair_report_days == 30


def test_a_day_at_tet_is_handed_in_before_it(app: Flask) -> None:
    # Tết of 2027 is on Saturday, 6 February; offices close on the 5th and open again on Wednesday, the 10th.
    assert days.lunar(dt.date(2027, 2, 6)) == (1, 1, False)
    assert [opening.is_open(dt.date(2027, 2, day)) for day in (4, 5, 6, 8, 9, 10)] == [
        True,
        False,
        False,
        False,
        False,
        True,
    ]
    early = fair(first_day=dt.date(2027, 3, 10), last_day=dt.date(2027, 3, 11))
    term = fair_clock.terms(early, dt.date(2027, 1, 1))[0]
    assert (term.due, term.hand_in) == (dt.date(2027, 2, 8), dt.date(2027, 2, 4))


def test_the_kings_and_the_first_of_may_are_holidays() -> None:
    assert is_holiday(dt.date(2026, 4, 26))  # 10/3 lunar
    assert is_holiday(dt.date(2026, 5, 1)) and not is_holiday(dt.date(2026, 5, 4))


def test_the_department_answers_in_working_days(app: Flask) -> None:
    asked = fair(filed_on=dt.date(2027, 2, 3))
    # 4 February, then 10, 11, 12, 15, 16 and 17: five days of Tết and two weekends lie between.
    assert fair_clock.answer_by(asked) == dt.date(2027, 2, 17)
    assert fair_clock.answer_by(fair(filed_on=OPENING, certified_on=OPENING)) is None


def test_a_warning_never_goes_back(app: Flask) -> None:
    """As days pass, the step only comes nearer; it never falls silent again."""
    file = fair_clock.terms(fair(), OPENING)[0]
    steps = [fair_clock.warning_step(file, file.due - ahead * DAY) for ahead in range(60, -60, -1)]
    said = [step for step in steps if step is not None]
    assert steps == [None] * 46 + said
    assert said == sorted(said, reverse=True) and set(said) == {14, 7, 1, -1}


def test_officers_get_a_letter_for_each_step_once(world: World) -> None:
    ground = fairground(world, in_days=40)  # filing is due in ten days
    for _time in range(2):
        tasks.warn_of_terms()
    assert _told("fairs.term_near") == [world.officer.id]
    with clock.standing_at(clock.now() + 9 * DAY):
        tasks.warn_of_terms()
    assert len(_told("fairs.term_near")) == 2
    with clock.standing_at(clock.now() + 11 * DAY):
        tasks.warn_of_terms()
        tasks.warn_of_terms()
        assert queries.count_alarmed() == 1
    assert len(_told("fairs.term_missed")) == 1
    with transaction():
        services.note_filing(
            fair=ground.fair,
            filing=services.Filing(file_number="12/HS", filed_on=clock.today()),
            by=world.officer,
        )
    assert queries.count_alarmed() == 0


def test_pages_follow_the_clock(world: World) -> None:
    ground = fairground(world, call_is_open=True)
    tasks.turn_phases()
    assert db.session.get_one(Fair, ground.fair.id).noted_phase is Phase.OPEN
    with clock.standing_at(clock.now() + 10 * DAY):
        tasks.turn_phases()
        assert db.session.get_one(Fair, ground.fair.id).noted_phase is Phase.CLOSED


def _told(kind: str) -> list[int]:
    return [each.person_id for each in db.session.query(Notice).filter_by(kind=kind)]
