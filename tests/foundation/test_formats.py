from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.foundation import formats
from marketplace.foundation.calendar import ALL_YEAR, months_mask
from marketplace.foundation.money import Money

calm = settings(max_examples=200, derandomize=True, deadline=None)
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def plain(shown):
    return shown.replace("\u00a0", " ")


@calm
@given(st.integers(-(10**15), 10**15))
def test_dong_are_grouped_as_babel_groups_them(amount):
    assert formats.vnd(Money(amount)) == format_currency(amount, "VND", locale="vi")
    assert formats.vnd(Money(amount), "en") == format_decimal(amount, locale="en") + "\u00a0₫"


@calm
@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from(["vi", "en"]))
def test_numbers_are_grouped_as_babel_groups_them(value, locale):
    expected = format_decimal(value, locale=locale)
    assert formats.number(value, locale) == ("0" if expected == "-0" else expected)


def test_figures():
    assert formats.vnd(Money(1234567)) == "1.234.567\u00a0₫"
    assert formats.vnd(0) == "0\u00a0₫"
    assert formats.number(Decimal("1200.500")) == "1.200,5"
    assert formats.number(Decimal("1E+3"), "en") == "1,000"
    assert formats.number(40) == "40"
    assert plain(formats.percent(Decimal("12.5"))) == "12,5 %"
    assert formats.percent(Decimal("12.5"), "en") == "12.5%"


@pytest.mark.parametrize(
    ("amount", "vi", "en"),
    [
        (850_000, "850.000 ₫", "850,000 ₫"),
        (999_999, "999.999 ₫", "999,999 ₫"),
        (1_000_000, "1 triệu", "1 million"),
        (98_449_999, "98,4 triệu", "98.4 million"),
        (98_450_000, "98,5 triệu", "98.5 million"),
        (999_950_000, "1 tỷ", "1 billion"),
        (98_400_000_000, "98,4 tỷ", "98.4 billion"),
        (1_234_500_000_000, "1.234,5 tỷ", "1,234.5 billion"),
        (-2_500_000, "-2,5 triệu", "-2.5 million"),
    ],
)
def test_large_sums_are_short(amount, vi, en):
    assert plain(formats.vnd_short(Money(amount))) == vi
    assert plain(formats.vnd_short(Money(amount), "en")) == en


@pytest.mark.parametrize(
    ("kg", "vi", "en"),
    [
        ("800", "800 kg", "800 kg"),
        ("0.5", "0,5 kg", "0.5 kg"),
        ("999.999", "999,999 kg", "999.999 kg"),
        ("1000", "1 tấn", "1 t"),
        ("2500", "2,5 tấn", "2.5 t"),
        ("1230.000", "1,23 tấn", "1.23 t"),
        ("1234", "1.234 kg", "1,234 kg"),
        ("1000.5", "1.000,5 kg", "1,000.5 kg"),
        ("3000000", "3.000 tấn", "3,000 t"),
    ],
)
def test_weights_lose_nothing(kg, vi, en):
    assert plain(formats.weight(Decimal(kg))) == vi
    assert plain(formats.weight(Decimal(kg), "en")) == en


@pytest.mark.parametrize(
    ("qty", "unit", "vi", "en"),
    [
        ("40", "cu", "40 củ", "40 roots"),
        ("1", "cu", "1 củ", "1 root"),
        ("1.000", "thung", "1 thùng", "1 crate"),
        ("50", "kg", "50 kg", "50 kg"),
        ("2.5", "tan", "2,5 tấn", "2.5 t"),
        ("5", "ta", "5 tạ", "500 kg"),
        ("3", "lang", "3 lạng", "0.3 kg"),
        ("500", "g", "500 g", "500 g"),
        ("12", "con", "12 con", "12 head"),
        ("0.5", "lit", "0,5 lít", "0.5 litres"),
    ],
)
def test_amounts_with_units(qty, unit, vi, en):
    assert plain(formats.amount(Decimal(qty), unit)) == vi
    assert plain(formats.amount(Decimal(qty), unit, "en")) == en


def test_days_and_times_are_those_of_vietnam():
    late = datetime(2026, 11, 23, 17, 5, tzinfo=UTC)
    assert formats.date(date(2026, 3, 4)) == "04/03/2026"
    assert formats.date(late) == "24/11/2026"
    assert formats.date(late, "en") == "24 Nov 2026"
    assert formats.time(late) == "00:05"
    assert formats.date_time(late) == "00:05 24/11/2026"
    assert formats.date_time(late, "en") == "24 Nov 2026, 00:05"
    assert formats.weekday_date(late) == "Thứ Ba 24/11/2026"
    assert formats.weekday_date(date(2026, 11, 29)) == "Chủ Nhật 29/11/2026"


@calm
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_english_days_are_those_of_babel(day):
    assert formats.weekday_date(day, "en") == format_date(day, "EEEE d MMM y", locale="en")
    assert formats.weekday_date(day).split(" ")[1] == format_date(day, "EEEE", locale="vi").split(" ")[1]


@pytest.mark.parametrize(
    ("months", "vi", "en"),
    [
        ([1, 2, 3, 4], "tháng 1–4", "January–April"),
        ([11, 12, 1, 2, 3], "tháng 11–3", "November–March"),
        ([5], "tháng 5", "May"),
        ([1, 2, 9, 10], "tháng 1–2, 9–10", "January–February, September–October"),
        ([], "", ""),
    ],
)
def test_seasons_in_words(months, vi, en):
    assert plain(formats.months_phrase(months_mask(months))) == vi
    assert formats.months_phrase(months_mask(months), "en") == en


def test_all_year_and_single_months():
    assert formats.months_phrase(ALL_YEAR) == "quanh năm"
    assert formats.months_phrase(ALL_YEAR, "en") == "all year"
    assert (plain(formats.month_name(5)), formats.month_name(5, "en")) == ("tháng 5", "May")
    assert (formats.month_sign(5), formats.month_sign(11, "en")) == ("T5", "Nov")


@pytest.mark.parametrize(
    ("span", "vi", "en"),
    [
        (timedelta(minutes=1), "1 phút", "1 minute"),
        (timedelta(minutes=59, seconds=59), "59 phút", "59 minutes"),
        (timedelta(hours=3, minutes=50), "3 giờ", "3 hours"),
        (timedelta(hours=24), "1 ngày", "1 day"),
        (timedelta(days=29), "29 ngày", "29 days"),
        (timedelta(days=30), "1 tháng", "1 month"),
        (timedelta(days=365), "1 năm", "1 year"),
        (timedelta(days=800), "2 năm", "2 years"),
    ],
)
def test_how_long(span, vi, en):
    assert plain(formats.ago(NOON - span, NOON)) == f"{vi} trước"
    assert plain(formats.ago(NOON - span, NOON, "en")) == f"{en} ago"
    assert plain(formats.left(NOON + span, NOON)) == f"còn {vi}"
    assert plain(formats.left(NOON + span, NOON, "en")) == f"{en} left"


def test_now_and_past():
    soon = NOON + timedelta(seconds=30)
    assert (formats.ago(NOON, soon), formats.ago(NOON, soon, "en")) == ("vừa xong", "just now")
    assert formats.ago(soon, NOON) == "vừa xong"
    assert formats.left(soon, NOON) == "còn chưa đầy 1 phút"
    assert formats.left(soon, NOON, "en") == "less than a minute left"
    assert (formats.left(NOON, NOON), formats.left(NOON, soon, "en")) == ("đã hết hạn", "time is up")


def test_the_clock_is_read_when_no_moment_is_given():
    with time_machine.travel(NOON, tick=False):
        assert plain(formats.ago(NOON - timedelta(hours=2))) == "2 giờ trước"
        assert plain(formats.left(NOON + timedelta(hours=2))) == "còn 2 giờ"
    assert plain(formats.duration(timedelta(0))) == "1 phút"


def test_days_of_a_coming_week_are_said_without_the_year() -> None:
    assert formats.short_span(date(2027, 3, 8), date(2027, 3, 14)) == "8–14/3"
    assert formats.short_span(date(2027, 3, 29), date(2027, 4, 4)) == "29/3–4/4"
    assert formats.short_span(date(2027, 3, 29), date(2027, 4, 4), "en") == "29 Mar–4 Apr"
    assert formats.short_span(date(2027, 3, 8), date(2027, 3, 14), "en") == "8–14 Mar"
