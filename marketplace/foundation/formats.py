"""How numbers, money, weights and days are shown, in Vietnamese ("vi") and English ("en").

Written by hand because a page shows dozens of them; the tests hold the grouping against Babel. Blanks
inside a figure are no-break blanks, so that "1.234.567 ₫" never breaks over two lines.
"""

from __future__ import annotations

from datetime import date as Day
from datetime import datetime, timedelta
from datetime import time as ClockTime
from decimal import ROUND_HALF_UP, Decimal

from marketplace.foundation import clock
from marketplace.foundation.calendar import ALL_YEAR, season_runs
from marketplace.foundation.units import UNITS

NBSP = "\u00a0"
DASH = "\u2013"

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS_VI = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def number(value: Decimal | int, locale: str = "vi") -> str:
    """All the digits of a number, grouped by thousands, without idle zeros: 1.234,5 or 1,234.5."""
    if isinstance(value, int):
        grouped = f"{int(value):,}"
    else:
        grouped = f"{value:,f}"
        if "." in grouped:
            grouped = grouped.rstrip("0").rstrip(".")
        if grouped == "-0":
            grouped = "0"
    return grouped if locale == "en" else grouped.translate(_SWAPPED)


_SWAPPED = str.maketrans(",.", ".,")


def vnd(amount: int, locale: str = "vi") -> str:
    """Đồng in full: 1.234.567 ₫, in English 1,234,567 ₫."""
    grouped = f"{int(amount):,}"
    return f"{grouped if locale == 'en' else grouped.replace(',', '.')}{NBSP}₫"


def vnd_short(amount: int, locale: str = "vi") -> str:
    """Đồng by the million or billion with one decimal, half up: 98,4 triệu. Below a million, in full."""
    tenths = _tenths(amount, 6)
    if abs(tenths) < 10 or abs(amount) < 10**6:
        return vnd(amount, locale)
    if abs(tenths) < 10_000:
        return f"{number(Decimal(tenths) / 10, locale)}{NBSP}{'million' if locale == 'en' else 'triệu'}"
    billions = Decimal(_tenths(amount, 9)) / 10
    return f"{number(billions, locale)}{NBSP}{'billion' if locale == 'en' else 'tỷ'}"


def _tenths(amount: int, power: int) -> int:
    return int(Decimal(int(amount)).scaleb(1 - power).quantize(Decimal(1), ROUND_HALF_UP))


def percent(rate: Decimal | int, locale: str = "vi") -> str:
    """A rate already in per cent: 12,5 %."""
    return f"{number(rate, locale)}{NBSP}%" if locale != "en" else f"{number(rate, locale)}%"


def weight(kg: Decimal | int, locale: str = "vi") -> str:
    """A weight without loss: 800 kg, 2,5 tấn.

    From a tonne on in tonnes when two decimals hold it, else in kg: "1,234 tấn" looks like a thousand.
    """
    kg = Decimal(kg)
    if abs(kg) >= 1000 and kg % 10 == 0:
        return f"{number(kg / 1000, locale)}{NBSP}{'t' if locale == 'en' else 'tấn'}"
    return f"{number(kg, locale)}{NBSP}kg"


def amount(qty: Decimal | int, unit: str, locale: str = "vi") -> str:
    """An amount with its unit: 40 củ, 50 kg, 2,5 tấn; in English 1 root, 40 roots, and weights in kg or t.

    Raises KeyError for an unknown unit.
    """
    known = UNITS[unit]
    if unit in ("kg", "tan") or (locale == "en" and known.kg is not None and unit != "g"):
        return weight(qty * (known.kg or 1), locale)
    return f"{number(qty, locale)}{NBSP}{unit_name(unit, locale, qty)}"


def unit_name(unit: str, locale: str = "vi", qty: Decimal | int = 1) -> str:
    """The word for a unit, in English the plural when `qty` is not one."""
    known = UNITS[unit]
    if locale != "en":
        return known.name_vi
    return known.name_en if qty == 1 else known.name_en_plural


def date(day: Day, locale: str = "vi") -> str:
    """A day: 23/11/2026, in English 23 Nov 2026. A datetime is shown as its day in Vietnam."""
    day = _local_day(day)
    if locale == "en":
        return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def time(moment: datetime, locale: str = "vi") -> str:
    """The time on a Vietnamese clock, 24 hours in every language: 14:05."""
    local = clock.to_local(moment)
    return f"{local.hour:02d}:{local.minute:02d}"


def date_time(moment: datetime, locale: str = "vi") -> str:
    """Time and day in Vietnam: 14:05 23/11/2026, in English 23 Nov 2026, 14:05."""
    if locale == "en":
        return f"{date(moment, locale)}, {time(moment)}"
    return f"{time(moment)} {date(moment)}"


def clock_time(at: ClockTime) -> str:
    """A time of day that stands for no instant: 7:00, 14:30."""
    return f"{at.hour}:{at.minute:02d}"


def hours(opens: ClockTime, closes: ClockTime) -> str:
    """From one time to another on the same day: 7:00–11:00."""
    return f"{clock_time(opens)}{DASH}{clock_time(closes)}"


def weekday_name(weekday: int, locale: str = "vi") -> str:
    """Monday is 0: Thứ Hai, in English Monday."""
    return (_WEEKDAYS_EN if locale == "en" else _WEEKDAYS_VI)[weekday]


def day_span(first: Day, last: Day, locale: str = "vi") -> str:
    """From a day to a day, "12–15/03/2027"; a single day as itself."""
    if first == last:
        return date(first, locale)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day:02d}–{date(last, locale)}"
    return f"{date(first, locale)} – {date(last, locale)}"


def short_span(first: Day, last: Day, locale: str = "vi") -> str:
    """From a day to a day of the coming weeks, without the year: 8–14/3, 29/3–4/4; in English 8–14 Mar."""
    if locale == "en":
        month = f" {_MONTHS[first.month - 1][:3]}" if first.month != last.month else ""
        return f"{first.day}{month}{DASH}{last.day} {_MONTHS[last.month - 1][:3]}"
    month = f"/{first.month}" if first.month != last.month else ""
    return f"{first.day}{month}{DASH}{last.day}/{last.month}"


def weekday_date(day: Day, locale: str = "vi") -> str:
    """Thứ Ba 24/11/2026, in English Tuesday 24 Nov 2026."""
    day = _local_day(day)
    names = _WEEKDAYS_EN if locale == "en" else _WEEKDAYS_VI
    return f"{names[day.weekday()]} {date(day, locale)}"


def short_weekday_date(day: Day, locale: str = "vi") -> str:
    """A day of the coming weeks, without its year: Thứ Ba 24/11, in English Tuesday 24 Nov."""
    shown = f"{day.day} {_MONTHS[day.month - 1][:3]}" if locale == "en" else f"{day.day:02d}/{day.month:02d}"
    return f"{weekday_name(day.weekday(), locale)} {shown}"


def month_name(month: int, locale: str = "vi") -> str:
    """Tháng of the year: tháng 5, in English May."""
    return _MONTHS[month - 1] if locale == "en" else f"tháng{NBSP}{month}"


def month_sign(month: int, locale: str = "vi") -> str:
    """As short as a month is written: T5, in English May."""
    return _MONTHS[month - 1][:3] if locale == "en" else f"T{month}"


def months_phrase(mask: int, locale: str = "vi") -> str:
    """A season in words: tháng 1–4; tháng 5, 11–3; quanh năm. Empty for no season."""
    if mask == ALL_YEAR:
        return "all year" if locale == "en" else "quanh năm"
    runs = season_runs(mask)
    if not runs:
        return ""
    if locale == "en":
        return ", ".join(_run(_MONTHS[first - 1], _MONTHS[last - 1]) for first, last in runs)
    return f"tháng{NBSP}" + ", ".join(_run(str(first), str(last)) for first, last in runs)


def _run(first: str, last: str) -> str:
    return first if first == last else f"{first}{DASH}{last}"


def ago(moment: datetime, now: datetime | None = None, locale: str = "vi") -> str:
    """How long since: vừa xong, 3 giờ trước, 2 ngày trước. A moment still to come is "vừa xong" too."""
    span = (now or clock.now()) - moment
    if span < timedelta(minutes=1):
        return "just now" if locale == "en" else "vừa xong"
    return f"{duration(span, locale)} ago" if locale == "en" else f"{duration(span, locale)} trước"


def left(moment: datetime, now: datetime | None = None, locale: str = "vi") -> str:
    """How long until: còn 3 giờ; đã hết hạn once it has passed."""
    span = moment - (now or clock.now())
    if span <= timedelta(0):
        return "time is up" if locale == "en" else "đã hết hạn"
    if span < timedelta(minutes=1):
        return "less than a minute left" if locale == "en" else "còn chưa đầy 1 phút"
    return f"{duration(span, locale)} left" if locale == "en" else f"còn {duration(span, locale)}"


_MINUTE = 60
_STEPS = (
    (365 * 86400, "năm", "year"),
    (30 * 86400, "tháng", "month"),
    (86400, "ngày", "day"),
    (3600, "giờ", "hour"),
    (_MINUTE, "phút", "minute"),
)


def duration(span: timedelta, locale: str = "vi") -> str:
    """A span in its largest whole unit, rounded down: 3 giờ, 2 days. At least one minute."""
    seconds = max(int(abs(span).total_seconds()), _MINUTE)
    for size, vi, en in _STEPS:
        if seconds >= size:
            count = seconds // size
            word = vi if locale != "en" else en if count == 1 else f"{en}s"
            return f"{count}{NBSP}{word}"
    raise AssertionError("a span of a minute has a unit")


def _local_day(day: Day) -> Day:
    return clock.to_local(day).date() if isinstance(day, datetime) else day
