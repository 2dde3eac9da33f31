"""Facts of the alliance's settings and of its closed days."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class SettingChanged(Event):
    """`setting` is its name in the code, `value` as the environment would say it, empty for the installation's."""

    change_id: int
    setting: str
    label: str
    value: str
    from_day: str
    words: str
    sentence = _l("Setting “%(label)s” changed from %(from_day)s on. Reason: %(words)s")
    about = {"setting_change": "change_id"}


class SettingReversed(Event):
    """A change was taken back; `reverts_id` is the row that no longer counts."""

    change_id: int
    reverts_id: int
    setting: str
    label: str
    from_day: str
    words: str
    sentence = _l(
        "Setting “%(label)s” is as before the change again, from %(from_day)s on. Reason: %(words)s"
    )
    about = {"setting_change": "change_id"}


class ClosedDaysWritten(Event):
    """Days on which the alliance is closed, or works though they are off."""

    days_id: int
    label: str
    first_day: str
    last_day: str
    words: str
    sentence = _l(
        "“%(label)s” was written into the calendar: %(first_day)s to %(last_day)s. Reason: %(words)s"
    )
    about = {"office_days": "days_id"}


class ClosedDaysTakenBack(Event):
    """They count as any other days again."""

    days_id: int
    label: str
    words: str
    sentence = _l("“%(label)s” was taken back from the calendar. Reason: %(words)s")
    about = {"office_days": "days_id"}
