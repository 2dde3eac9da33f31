from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.foundation.money import Money, line_total

dong = st.integers(-(10**15), 10**15)
calm = settings(max_examples=100, derandomize=True, deadline=None)


@pytest.mark.parametrize("bad", [1.0, True, "1000", None, [1]])
def test_only_whole_numbers_become_money(bad):
    with pytest.raises(TypeError):
        Money(bad)


@pytest.mark.parametrize("bad", ["0.5", "NaN", "Infinity"])
def test_fractions_and_non_numbers_are_refused(bad):
    with pytest.raises(ValueError):
        Money(Decimal(bad))


def test_a_whole_decimal_is_money():
    assert repr(Money(Decimal("1000.00"))) == "Money(1000)"


def test_other_currencies_are_refused():
    assert Money.of(5, "vnd") == 5
    assert Money(5).currency == "VND"
    with pytest.raises(ValueError, match="USD"):
        Money.of(5, "USD")


def test_sums_stay_money():
    for result, worth in [
        (Money(2) + Money(3), 5),
        (2 + Money(3), 5),
        (Money(5) - 3, 2),
        (5 - Money(3), 2),
        (Money(5) * 3, 15),
        (3 * Money(5), 15),
        (-Money(5), -5),
        (+Money(5), 5),
        (abs(Money(-5)), 5),
        (sum([Money(1), Money(2)]), 3),
    ]:
        assert type(result) is Money
        assert result == worth


@pytest.mark.parametrize("other", [1.5, Decimal("1.5"), True, "1"])
@pytest.mark.parametrize("mix", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a * b])
def test_money_mixes_with_nothing_but_whole_numbers(mix, other):
    with pytest.raises(TypeError):
        mix(Money(1000), other)


@pytest.mark.parametrize(
    "divide", [lambda m: m / 2, lambda m: m // 2, lambda m: 10 / m, lambda m: m * Money(2)]
)
def test_money_is_shared_not_divided(divide):
    with pytest.raises(TypeError):
        divide(Money(10))


def test_it_prints_and_compares_as_its_number():
    assert f"{Money(1200)} {Money(1200):,}" == "1200 1,200"
    assert Money(3) > 2 and Money(3) == 3 and {Money(3): "a"}[3] == "a"


@pytest.mark.parametrize(
    ("price", "quantity", "total"),
    [
        (Money(12000), "2.5", 30000),
        (Decimal("0.25"), "2", 1),  # a half goes up
        (Decimal("0.25"), "1.9", 0),
        (Decimal("-0.25"), "2", -1),  # a refund mirrors its charge
        (Decimal("18500.55"), "0.333", 6161),
    ],
)
def test_a_line_is_rounded_half_up_once(price, quantity, total):
    result = line_total(price, Decimal(quantity))
    assert (type(result), result) == (Money, total)


def test_times_and_percent():
    assert Money(333).times(Decimal("1.5")) == 500
    assert Money(1250).percent(Decimal("8")) == 100
    assert Money(1006).percent(Decimal("2.5")) == 25
    assert Money(1020).percent(Decimal("2.5")) == 26


@pytest.mark.parametrize("bad", [1.5, True, "2"])
def test_quantities_of_a_line_are_exact(bad):
    with pytest.raises(TypeError):
        Money(10).times(bad)
    with pytest.raises(TypeError):
        line_total(bad, Decimal(1))


def test_endless_quantities_are_refused():
    with pytest.raises(ValueError):
        Money(10).times(Decimal("Infinity"))


@calm
@given(dong, dong)
def test_adding_and_taking_away_are_opposites(a, b):
    assert Money(a) + Money(b) - Money(b) == a


@calm
@given(st.integers(0, 10**12), st.decimals(0, 10**6, places=3))
def test_a_line_is_within_half_a_dong_of_the_truth(price, quantity):
    assert abs(int(line_total(Money(price), quantity)) - Decimal(price) * quantity) <= Decimal("0.5")


@calm
@given(dong, st.decimals(0, 10**4, places=3))
def test_a_refund_is_exactly_its_charge(price, quantity):
    assert Money(price).times(quantity) == -Money(-price).times(quantity)
