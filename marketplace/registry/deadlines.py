"""Until when a year is reported, and when somebody is reminded."""

from __future__ import annotations

import datetime as dt

from marketplace import config
from marketplace.foundation import clock
from marketplace.registry.models.annual_report import FIRST_YEAR


def due(year: int) -> dt.date:
    """The last day for the report of a year: a day of the next one (settings REPORT_DUE_MONTH and REPORT_DUE_DAY)."""
    settings = config.current()
    return dt.date(year + 1, settings.report_due_month, settings.report_due_day)


def opens(year: int) -> dt.date:
    """From this day on the report of a year may be begun: the day of the first reminder, or the end of the year."""
    first = min((0, *config.current().report_reminder_days))
    return min(due(year) + dt.timedelta(days=first), dt.date(year + 1, 1, 1))


def is_over(year: int) -> bool:
    return clock.today().year > year


def is_late(year: int, day: dt.date | None = None) -> bool:
    """Whether a report handed in on this day (today) comes after its last day."""
    return (day or clock.today()) > due(year)


def current_year() -> int:
    """The newest year whose report may be begun."""
    this = clock.today().year
    return this if clock.today() >= opens(this) else this - 1


def years(most: int = 8) -> list[int]:
    """The years that may be reported, newest first."""
    newest = current_year()
    return [year for year in range(newest, newest - most, -1) if year >= FIRST_YEAR]


def reminded() -> list[tuple[int, int]]:
    """(year, days) of every reminder that is due today: days before the last day are negative."""
    today, found = clock.today(), []
    for year in (today.year - 2, today.year - 1, today.year):
        days = (today - due(year)).days
        if days in config.current().report_reminder_days:
            found.append((year, days))
    return found
