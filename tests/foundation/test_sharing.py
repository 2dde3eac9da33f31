from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.foundation.money import Money
from marketplace.foundation.sharing import (
    Reason,
    capacity_proportional,
    equal_with_floor,
    share_by_weight,
)

many = settings(max_examples=400, derandomize=True, deadline=None)
keys = st.sampled_from("abcdefgh")
weights_of = st.dictionaries(keys, st.integers(0, 1000), min_size=1)


def amounts(shares):
    return {key: share.amount for key, share in shares.items()}


def codes(shares):
    return {key: [reason.code for reason in share.why] for key, share in shares.items()}


def test_the_odd_dong_goes_to_the_largest_remainder():
    shares = share_by_weight(Money(100), {"a": 1, "b": 1, "c": 4})
    assert amounts(shares) == {"a": 17, "b": 16, "c": 67}
    assert codes(shares) == {
        "a": ["proportional", "rounded_up"],
        "b": ["proportional"],
        "c": ["proportional", "rounded_up"],
    }
    assert type(shares["a"].amount) is Money


def test_of_equal_remainders_the_heavier_comes_first():
    assert amounts(share_by_weight(3, {"a": 1, "b": 3, "c": 2})) == {"a": 0, "b": 2, "c": 1}


def test_decimal_weights_are_exact():
    assert amounts(share_by_weight(10, {"a": Decimal("0.1"), "b": Decimal("0.3")})) == {"a": 2, "b": 8}


def test_what_a_cap_leaves_goes_to_the_others():
    shares = share_by_weight(100, {"a": 2, "b": 1, "c": 1}, caps={"a": 20})
    assert amounts(shares) == {"a": 20, "b": 40, "c": 40}
    assert shares["a"].why == (
        Reason("proportional", {"weight": Fraction(2), "weights": Fraction(4), "total": 100}),
        Reason("capped", {"cap": 20}),
    )


def test_a_floor_is_paid_by_the_others():
    shares = share_by_weight(100, {"a": 1, "b": 9}, floors={"a": 30})
    assert amounts(shares) == {"a": 30, "b": 70}
    assert codes(shares)["a"] == ["proportional", "floored"]


def test_without_weight_there_is_only_the_floor():
    shares = share_by_weight(10, {"a": 0, "b": 0, "c": 1}, floors={"b": 3})
    assert amounts(shares) == {"a": 0, "b": 3, "c": 7}
    assert codes(shares) == {"a": ["no_weight"], "b": ["floored"], "c": ["proportional"]}


def test_when_all_are_full_the_rest_stays():
    assert amounts(share_by_weight(100, {"a": 1, "b": 1}, caps={"a": 10, "b": 20})) == {"a": 10, "b": 20}


@pytest.mark.parametrize(
    ("total", "weights", "bounds"),
    [
        (-1, {"a": 1}, {}),
        (1, {"a": -1}, {}),
        (1, {"a": 0}, {}),
        (1, {}, {}),
        (5, {"a": 1}, {"floors": {"a": 6}}),
        (5, {"a": 1}, {"floors": {"a": 4}, "caps": {"a": 3}}),
        (5, {"a": 1}, {"caps": {"a": -1}}),
    ],
)
def test_impossible_questions_are_refused(total, weights, bounds):
    with pytest.raises(ValueError):
        share_by_weight(total, weights, **bounds)


@pytest.mark.parametrize(("total", "weight"), [(1.0, 1), (True, 1), (1, 1.0), (1, True)])
def test_only_exact_numbers_are_shared(total, weight):
    with pytest.raises(TypeError):
        share_by_weight(total, {"a": weight})


def test_nothing_among_nobody_is_nothing():
    assert share_by_weight(0, {}) == {}


@many
@given(st.integers(0, 10**12), weights_of)
def test_nothing_is_lost_and_no_share_is_off_by_one(total, weights):
    if not any(weights.values()):
        total = 0
    shares = amounts(share_by_weight(total, weights))
    assert sum(shares.values()) == total
    whole = sum(weights.values()) or 1
    assert all(abs(shares[key] - Fraction(total * weight, whole)) < 1 for key, weight in weights.items())


@many
@given(st.integers(0, 10**6), weights_of)
def test_a_heavier_one_never_gets_less(total, weights):
    if not any(weights.values()):
        total = 0
    shares = amounts(share_by_weight(total, weights))
    ordered = sorted(weights, key=weights.__getitem__)
    assert all(shares[a] <= shares[b] for a, b in pairwise(ordered) if weights[a] < weights[b])


@many
@given(st.integers(0, 3000), weights_of, st.data())
def test_floors_and_caps_hold_and_nothing_is_lost(total, weights, data):
    low = {key: data.draw(st.integers(0, 50)) for key in weights}
    high = {key: low[key] + data.draw(st.integers(0, 500)) for key in weights}
    if sum(low.values()) > total or not any(weights.values()):
        return
    shares = share_by_weight(total, weights, floors=low, caps=high)
    given_out = amounts(shares)
    assert all(low[key] <= given_out[key] <= high[key] for key in weights)
    most = sum(high[key] if weights[key] else low[key] for key in weights)
    assert sum(given_out.values()) == min(total, most)
    free = [key for key, why in codes(shares).items() if why[0] == "proportional" and len(why) == 1]
    for a in free:  # whoever stands at no bound gets by weight, like every other such one
        for b in free:
            assert abs(given_out[a] * weights[b] - given_out[b] * weights[a]) <= weights[a] + weights[b]


@many
@given(st.integers(0, 3000), st.dictionaries(keys, st.integers(0, 500), min_size=1))
def test_nobody_carries_more_than_he_can(total, capacities):
    shares = amounts(capacity_proportional(total, capacities))
    assert sum(shares.values()) == min(total, sum(capacities.values()))
    assert all(shares[key] <= capacities[key] for key in capacities)


def test_capacity_shares():
    assert amounts(capacity_proportional(60, {"a": 100, "b": 20})) == {"a": 50, "b": 10}
    assert amounts(capacity_proportional(60, {"a": 0})) == {"a": 0}


def test_equal_shares_leave_out_who_cannot_carry_the_least():
    shares = equal_with_floor(100, {"a": 80, "b": 30, "c": 9}, floor=10)
    assert amounts(shares) == {"a": 70, "b": 30, "c": 0}
    assert shares["c"].why == (Reason("below_floor", {"capacity": 9, "floor": 10}),)


def test_too_little_for_all_goes_to_the_largest():
    capacities = {"a": 20, "b": 50, "c": 20}
    assert amounts(equal_with_floor(25, capacities, floor=10)) == {"a": 13, "b": 12, "c": 0}
    assert amounts(equal_with_floor(5, {"a": 20}, floor=10)) == {"a": 0}


def test_a_floor_is_not_negative():
    with pytest.raises(ValueError):
        equal_with_floor(5, {"a": 20}, floor=-1)


@many
@given(st.integers(0, 3000), st.dictionaries(keys, st.integers(0, 500), min_size=1), st.integers(0, 200))
def test_equal_shares_are_even_worth_the_journey_and_complete(total, capacities, floor):
    shares = amounts(equal_with_floor(total, capacities, floor=floor))
    served = {key: amount for key, amount in shares.items() if amount}
    assert all(floor <= amount <= capacities[key] for key, amount in served.items())
    not_full = [amount for key, amount in served.items() if amount < capacities[key]]
    assert not not_full or max(not_full) - min(not_full) <= 1
    if floor == 0:
        assert sum(shares.values()) == min(total, sum(capacities.values()))
