from datetime import date
from decimal import Decimal

import pytest

from marketplace.foundation.units import UNITS, to_kg

BUNCHES = [
    ("bo", Decimal("0.5"), date(2026, 1, 1), date(2026, 6, 30)),
    ("bo", Decimal("0.4"), date(2026, 7, 1), None),
    ("mo", Decimal("0.3"), date(2026, 1, 1), None),
]


@pytest.mark.parametrize(
    ("unit", "kg"),
    [("kg", "1"), ("yen", "10"), ("ta", "100"), ("tan", "1000"), ("lang", "0.1"), ("g", "0.001")],
)
def test_weights_have_one_worth(unit, kg):
    assert to_kg(Decimal(3), unit) == Decimal(kg) * 3


def test_exactly_the_weights_have_kilograms():
    assert {u.code for u in UNITS.values() if u.kg is not None} == {
        u.code for u in UNITS.values() if u.dimension == "weight"
    }


def test_every_unit_is_under_its_own_code_and_named_in_both_languages():
    for code, unit in UNITS.items():
        assert unit.code == code
        assert unit.name_vi and unit.name_en and unit.name_en_plural


@pytest.mark.parametrize(
    ("day", "kg"),
    [
        (date(2026, 1, 1), "5.000"),
        (date(2026, 6, 30), "5.000"),
        (date(2026, 7, 1), "4.000"),
        (date(2030, 1, 1), "4.000"),
    ],
)
def test_a_bunch_weighs_what_it_weighed_that_day(day, kg):
    assert to_kg(Decimal(10), "bo", BUNCHES, day) == Decimal(kg)


def test_of_two_factors_the_later_one_holds():
    both = [*BUNCHES, ("bo", Decimal("0.6"), date(2026, 3, 1), None)]
    assert to_kg(Decimal(1), "bo", both, date(2026, 4, 1)) == Decimal("0.6")


def test_a_gram_is_rounded_half_up():
    assert to_kg(Decimal("0.5"), "g") == Decimal("0.001")


@pytest.mark.parametrize(
    ("unit", "day", "named"),
    [
        ("bo", date(2025, 12, 31), "bo"),
        ("cu", date(2026, 4, 1), "cu"),
        ("bo", None, "bo"),
        ("barrel", date(2026, 4, 1), "barrel"),
    ],
)
def test_an_unknown_weight_is_named(unit, day, named):
    with pytest.raises(ValueError, match=named):
        to_kg(Decimal(1), unit, BUNCHES, day)
