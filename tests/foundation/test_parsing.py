from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.parsing import (
    ParseError,
    parse_date,
    parse_decimal,
    parse_integer,
    parse_money,
    parse_percent,
    parse_phone,
    parse_quantity,
    show_phone,
)
from marketplace.foundation.quantity import Quantity

calm = settings(max_examples=300, derandomize=True, deadline=None)


def code_of(read, *args, **options):
    with pytest.raises(ParseError) as refusal:
        read(*args, **options)
    return refusal.value.code


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("12000", 12000), ("12.000", 12000), ("12,000", 12000), ("12 000", 12000), ("12\u00a0000", 12000),
        ("0", 0), ("7k", 7000), ("12k5", 12500), ("12K", 12000), ("7 nghìn", 7000), ("7 ngàn", 7000),
        ("7 nghin", 7000), ("1tr2", 1_200_000), ("1TR2", 1_200_000), ("1tr25", 1_250_000),
        ("1tr250", 1_250_000), ("1tr05", 1_050_000), ("1tr200k", 1_200_000), ("1,5 triệu", 1_500_000),
        ("1.5tr", 1_500_000), ("1 trieu 200 nghin", 1_200_000), ("1 triệu 50.000", 1_050_000),
        ("1 triệu 50,000 đ", 1_050_000), ("2 tỷ", 2 * 10**9), ("2 tỉ rưỡi", 2_500_000_000),
        ("2 tỷ 300 triệu 5 nghìn", 2_300_005_000), ("98,4 tỷ đồng", 98_400_000_000), ("1,250 tỷ",
        1_250_000_000),
        ("1.250 tỷ", 1250 * 10**9), ("1.234.567 ₫", 1_234_567), ("1,234,567 VND", 1_234_567),
        ("12.000đ", 12000), ("12.000 Đồng", 12000), ("300 triệu vnđ", 300_000_000),
    ],
)  # fmt: skip
def test_sums_as_people_write_them(written, amount):
    result = parse_money(written)
    assert (type(result), result) == (Money, amount)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "empty"), (" \u00a0 ", "empty"), ("1" * 65, "too_long"), ("１２３", "digits"), ("٠", "digits"),
        ("½", "digits"), ("12²", "digits"), ("1_000", "number"), ("1e9", "unit"), ("nan", "unit"),
        ("inf", "unit"), ("0x10", "unit"), ("1.23.456", "number"), ("1.234,567.8", "number"), ("12.",
        "number"),
        ("1..2", "number"), ("$5", "number"), ("12+1", "number"), ("12.5", "decimals"), ("12,50", "decimals"),
        ("1.200,5", "decimals"), ("0,5", "decimals"), ("1,2345 k", "decimals"), ("-5", "negative"),
        ("−5", "negative"), ("--5", "negative"), ("5 củ", "unit"), ("1tr2tr", "mixed_units"),
        ("1 nghìn 2 triệu", "mixed_units"), ("1 2", "mixed_units"), ("1,5tr2", "number"), ("1tr2 3",
        "number"),
        ("1 nghìn 5.000", "number"), ("1,250k", "ambiguous"), ("đ", "number"), ("rưỡi", "unit"),
        ("2 rưỡi", "number"), ("1000001 tỷ", "too_large"), ("9" * 30, "too_large"), ("1tr\x00", "number"),
        ("1\u202e2", "number"),
    ],
)  # fmt: skip
def test_what_is_no_sum_is_refused(written, code):
    assert code_of(parse_money, written) == code


def test_limits_of_a_sum():
    assert parse_money("-1tr2", allow_negative=True) == -1_200_000
    assert parse_money("5k", maximum=5000) == 5000
    assert code_of(parse_money, "5001", maximum=5000) == "too_large"


@calm
@given(st.integers(0, 10**15))
def test_a_sum_is_read_back_as_it_is_shown(amount):
    for shown in (formats.vnd(amount), formats.vnd(amount, "en"), formats.number(amount), str(amount)):
        assert parse_money(shown) == amount


@pytest.mark.parametrize(
    ("written", "amount", "unit"),
    [
        ("800", "800", "kg"), ("2 tấn", "2000", "kg"), ("2 tan", "2000", "kg"), ("5 tạ", "500", "kg"),
        ("5 ta", "500", "kg"), ("1,5t", "1500", "kg"), ("1.5 t", "1500", "kg"), ("1 tấn 2 tạ", "1200", "kg"),
        ("1 tấn 2 tạ 3 yến 4 kg", "1234", "kg"), ("2 tạ rưỡi", "250", "kg"), ("2 tấn rưỡi", "2500", "kg"),
        ("2 tấn 5", "2500", "kg"), ("2 tấn 500", "2500", "kg"), ("2 tạ 50", "250", "kg"), ("1t2",
        "1200", "kg"),
        ("3 tấn 2 tạ rưỡi", "3250", "kg"), ("1 cân 2 lạng", "1.2", "kg"), ("3kg5", "3.5", "kg"),
        ("5 lạng", "0.5", "kg"), ("500g", "0.5", "kg"), ("1.200", "1200", "kg"), ("1.200,5", "1200.5", "kg"),
        ("1,200.5 kg", "1200.5", "kg"), ("1,250 kg", "1.25", "kg"), ("0.125 KG", "0.125", "kg"),
        ("1 200 kg", "1200", "kg"), ("40 củ", "40", "cu"), ("40 cu", "40", "cu"), ("12 trái", "12", "qua"),
        ("3 thùng", "3", "thung"), ("2 chục rưỡi", "2.5", "chuc"), ("2 lít rưỡi", "2.5", "lit"),
        ("10 boxes", "10", "hop"), ("0", "0", "kg"),
    ],
)  # fmt: skip
def test_goods_as_people_write_them(written, amount, unit):
    assert parse_quantity(written) == Quantity(Decimal(amount), unit)


@pytest.mark.parametrize(
    ("written", "asked", "amount", "unit"),
    [
        ("40", "cu", "40", "cu"),
        ("5 kg", "cu", "5", "kg"),
        ("2 tạ", "cu", "200", "kg"),
        ("800 kg", "tan", "0.8", "tan"),
        ("3 tạ", "ta", "3", "ta"),
        ("40 củ", "kg", "40", "cu"),
        ("2 tạ rưỡi", "ta", "2.5", "ta"),
    ],
)
def test_a_bare_number_is_in_the_unit_of_the_box(written, asked, amount, unit):
    assert parse_quantity(written, asked) == Quantity(Decimal(amount), unit)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "empty"), ("２ kg", "digits"), ("2 tá", "unit"), ("2 barrels", "unit"), ("kg", "unit"),
        ("2 kg 3 củ", "mixed_units"), ("3 củ 2 kg", "mixed_units"), ("3 củ 2", "mixed_units"),
        ("2 tạ 1 tấn", "mixed_units"), ("2 tạ 2 tạ", "mixed_units"), ("2 củ rưỡi", "mixed_units"),
        ("2 tấn 50", "ambiguous"), ("1 2", "number"), ("2 3 tạ", "number"), ("-2 kg", "negative"),
        ("0,0001 kg", "decimals"), ("0,5 g", "decimals"), ("10000000 tấn", "too_large"), ("1e3", "unit"),
        ("1,5 tấn 2", "number"), ("2 tấn kg", "unit"), ("1_0 kg", "number"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused(written, code):
    assert code_of(parse_quantity, written) == code


def test_the_word_that_is_not_known_is_told():
    with pytest.raises(ParseError) as refusal:
        parse_quantity("2 barrels")
    assert refusal.value.values == {"word": "barrels"}
    assert isinstance(refusal.value, ValueError)


@calm
@given(st.decimals(0, 10**8, places=3))
def test_an_amount_is_read_back_as_it_is_shown(value):
    assert parse_decimal(formats.number(value)) == value
    assert parse_quantity(formats.number(value)).amount == value
    assert parse_quantity(formats.weight(value)).amount == value


@calm
@given(st.text(max_size=70))
def test_any_text_is_read_or_refused_with_a_code(text):
    for read in (
        parse_money,
        parse_quantity,
        parse_integer,
        parse_decimal,
        parse_percent,
        parse_date,
        parse_phone,
    ):
        try:
            read(text)
        except ParseError as refusal:
            assert refusal.code.isidentifier()


@calm
@given(st.text("0123456789., ktrạấnyđ-", max_size=20))
def test_near_numbers_are_read_or_refused_with_a_code(text):
    for read in (parse_money, parse_quantity, parse_decimal, parse_date):
        try:
            read(text)
        except ParseError as refusal:
            assert refusal.code.isidentifier()


def test_whole_numbers():
    assert [parse_integer(s) for s in ("7", "1.200", "1 200", "007")] == [7, 1200, 1200, 7]
    assert parse_integer("-7", allow_negative=True) == -7
    assert parse_integer("5", minimum=5, maximum=5) == 5
    assert code_of(parse_integer, "4", minimum=5) == "too_small"
    assert code_of(parse_integer, "6", maximum=5) == "too_large"
    assert code_of(parse_integer, "1,5") == "decimals"
    assert code_of(parse_integer, "-1") == "negative"
    for strange in ("1_000", "1e3", "+1", "1 2", "0x1"):
        assert code_of(parse_integer, strange) == "number"
    assert code_of(parse_integer, "１") == "digits"


def test_numbers_with_decimals():
    assert parse_decimal("1,25") == parse_decimal("1.25") == parse_decimal("1,250") == Decimal("1.25")
    assert parse_decimal("1.250") == 1250
    assert parse_decimal("-0,5", allow_negative=True) == Decimal("-0.5")
    assert code_of(parse_decimal, "1,2345") == "decimals"
    assert code_of(parse_decimal, "NaN") == "number"


def test_rates():
    assert [parse_percent(s) for s in ("12", "12,5 %", "8%", "100")] == [12, Decimal("12.5"), 8, 100]
    assert code_of(parse_percent, "101") == "too_large"
    assert parse_percent("150", maximum=Decimal(200)) == 150
    assert code_of(parse_percent, "1,255") == "decimals"
    assert code_of(parse_percent, "%") == "empty"


@pytest.mark.parametrize(
    "written",
    [
        "23/11/2026", "23-11-26", "23.11.2026", "2026-11-23", " 23/11/26 ",
        "23 Nov 2026", "23 NOV 2026", "23\u00a0Nov 2026", "23 November 2026",
    ],
)  # fmt: skip
def test_days_as_people_write_them(written):
    assert parse_date(written) == date(2026, 11, 23)


@pytest.mark.parametrize(
    "written",
    ["31/02/2026", "11/23/2026", "23/11-2026", "23/11/226", "2026-1-2", "1/1/1899", "2101-01-01", "hôm nay",
     "31 Feb 2026", "23 Nov 26", "23 Novem 2026", "Nov 23 2026", "23 Nov", "23Nov2026", "23 Nov, 2026", "1 Jan 1899",
     "23 Tháng 2026"],
)  # fmt: skip
def test_what_is_no_day_is_refused(written):
    assert code_of(parse_date, written) == "date"
    assert code_of(parse_date, "２３/11/2026") == "digits"


@calm
@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_day_is_read_back_as_it_is_shown(day):
    assert parse_date(formats.date(day)) == day == parse_date(day.isoformat())
    assert parse_date(formats.date(day, "en")) == day


@pytest.mark.parametrize(
    "written",
    [
        "0912345678", "0912 345 678", "0912.345.678", "0912-345-678", "(0912) 345678", "+84912345678",
        "+84 912 345 678", "84912345678", "0084 912345678", "+84 (0)912 345 678", "(+84) 912345678",
        "912345678",
    ],
)  # fmt: skip
def test_one_telephone_in_any_writing(written):
    assert parse_phone(written) == "+84912345678"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0120", "70"), ("0121", "79"), ("0122", "77"), ("0126", "76"), ("0128", "78"), ("0123", "83"),
        ("0124", "84"), ("0125", "85"), ("0127", "81"), ("0129", "82"), ("0162", "32"), ("0163", "33"),
        ("0164", "34"), ("0165", "35"), ("0166", "36"), ("0167", "37"), ("0168", "38"), ("0169", "39"),
        ("0186", "56"), ("0188", "58"), ("0199", "59"),
    ],
)  # fmt: skip
def test_old_prefixes_become_todays(old, new):
    assert parse_phone(f"{old}2345678") == f"+84{new}2345678" == parse_phone(f"+84{old[1:]}2345678")


def test_other_telephones():
    assert parse_phone("0220 3855 123") == "+842203855123"
    assert parse_phone("+81 3-1234-5678") == "+81312345678" == parse_phone("0081312345678")


@pytest.mark.parametrize(
    "written", ["12", "0912 345 67", "0912 345 6789", "abc", "+", "0912345678;9", "+999123456789"]
)
def test_what_is_no_telephone_is_refused(written):
    assert code_of(parse_phone, written) == "phone"
    assert code_of(parse_phone, "０９１２345678") == "digits"


def test_telephones_are_shown_as_they_are_read_aloud():
    assert show_phone("+84912345678") == "0912 345 678"
    assert show_phone("+842203855123") == "0220 3855 123"
    assert show_phone("+81312345678") == "+81 3-1234-5678"
    assert show_phone("hỏi ở cửa hàng") == "hỏi ở cửa hàng"
