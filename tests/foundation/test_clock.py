from datetime import UTC, date, datetime

import pytest
import time_machine

from marketplace.foundation import clock


def test_now_is_aware_utc():
    with time_machine.travel(datetime(2026, 11, 24, 3, 4, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2026, 11, 24, 3, 4, tzinfo=UTC)
        assert clock.now().tzinfo is UTC


@pytest.mark.parametrize(
    ("hour", "minute", "day"), [(16, 59, date(2026, 11, 24)), (17, 0, date(2026, 11, 25))]
)
def test_the_day_turns_at_midnight_in_vietnam(hour, minute, day):
    with time_machine.travel(datetime(2026, 11, 24, hour, minute, tzinfo=UTC), tick=False):
        assert clock.today() == day


def test_there_and_back():
    wall = datetime(2026, 11, 24, 7, 30)
    moment = clock.from_local(wall)
    assert moment == datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
    assert moment.tzinfo is UTC
    assert clock.to_local(moment).replace(tzinfo=None) == wall


def test_a_day_begins_seven_hours_before_utc():
    assert clock.start_of_day(date(2026, 1, 1)) == datetime(2025, 12, 31, 17, tzinfo=UTC)


def test_naive_and_aware_are_not_confused():
    with pytest.raises(ValueError):
        clock.to_local(datetime(2026, 1, 1))
    with pytest.raises(ValueError):
        clock.from_local(datetime(2026, 1, 1, tzinfo=UTC))
