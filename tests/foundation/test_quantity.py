from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.foundation.quantity import MAX, Quantity, is_multiple, quantity

calm = settings(max_examples=100, derandomize=True, deadline=None)
amounts = st.decimals(0, 10**6, places=3)


@pytest.mark.parametrize("bad", [1.5, True, None])
def test_floats_and_bools_are_refused(bad):
    with pytest.raises(TypeError):
        quantity(bad)


@pytest.mark.parametrize(
    "bad",
    [
        Decimal("NaN"), Decimal("Infinity"), "nan", "1e3", "1_000", "１２", "٣", " 1", "", "+1", "1.", ".5",
        Decimal("0.0001"), "0.0001", MAX + 1, "9" * 40,
    ],
)  # fmt: skip
def test_what_is_not_a_clean_amount_is_refused(bad):
    with pytest.raises(ValueError):
        quantity(bad)


def test_clean_amounts_have_three_decimals():
    assert [str(quantity(v)) for v in (5, "12.5", Decimal("0.125"), "-3", Decimal("1E+2"))] == [
        "5.000",
        "12.500",
        "0.125",
        "-3.000",
        "100.000",
    ]
    assert quantity(MAX) == MAX


def test_steps():
    assert is_multiple(Decimal("7.5"), Decimal("2.5"))
    assert not is_multiple(Decimal("7.6"), Decimal("2.5"))
    for step in (Decimal(0), Decimal(-1)):
        with pytest.raises(ValueError):
            is_multiple(Decimal(1), step)


def test_one_unit_adds_and_compares():
    two, three = Quantity(Decimal(2), "kg"), Quantity(Decimal(3), "kg")
    assert two + three == Quantity(Decimal(5), "kg")
    assert three - two == Quantity(Decimal(1), "kg")
    assert two < three and two <= two and three > two and three >= three
    assert not two > three and not three < two and not three <= two and not two >= three
    assert two and not Quantity(Decimal(0), "kg")


@pytest.mark.parametrize(
    "mix", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a >= b]
)
def test_two_units_do_not_mix(mix):
    with pytest.raises(ValueError):
        mix(Quantity(Decimal(2), "kg"), Quantity(Decimal(2), "cu"))
    with pytest.raises(TypeError):
        mix(Quantity(Decimal(2), "kg"), 2)


def test_unknown_units_are_refused():
    with pytest.raises(ValueError, match="barrel"):
        Quantity(Decimal(1), "barrel")


def test_weights_convert_by_themselves():
    assert Quantity(Decimal("2.5"), "tan").to("kg") == Quantity(Decimal(2500), "kg")
    assert Quantity(Decimal(50), "kg").to("ta") == Quantity(Decimal("0.5"), "ta")
    assert Quantity(Decimal(7), "cu").to("cu") == Quantity(Decimal(7), "cu")


def test_counted_units_need_a_factor():
    assert Quantity(Decimal(40), "cu").to("kg", Decimal("0.15")) == Quantity(Decimal(6), "kg")
    for unit in ("kg", "qua", "barrel"):
        with pytest.raises(ValueError):
            Quantity(Decimal(40), "cu").to(unit)


@calm
@given(amounts, st.sampled_from(["yen", "ta", "tan"]))
def test_a_weight_survives_the_way_there_and_back(amount, unit):
    assert Quantity(amount, unit).to("kg").to(unit) == Quantity(amount, unit)


@calm
@given(amounts, amounts)
def test_adding_is_exact(a, b):
    assert (Quantity(a, "kg") + Quantity(b, "kg") - Quantity(b, "kg")).amount == a
