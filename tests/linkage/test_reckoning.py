"""The arithmetic of contracts: worked numbers of the trade, and what holds for any numbers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.linkage.reckoning.breach import ShortfallBasis, after_cure, bounds, breach, shortfall
from marketplace.linkage.reckoning.deposit import Refuser, deposit_due, outcome
from marketplace.linkage.reckoning.interest import days_late, late_interest
from marketplace.linkage.reckoning.price import (
    GradeTerms,
    Inputs,
    PriceRule,
    ReferenceDay,
    RuleKind,
    priced,
    reference_day,
    refuse_unsound,
)
from marketplace.linkage.reckoning.settlement import Graded, LineKind, settle

prices = st.integers(1, 200_000).map(Money)
rates = st.decimals(0, 100, places=1)
weights = st.decimals(0, 500_000, places=3)
sums = st.integers(0, 10**10).map(Money)
DAY = dt.date(2027, 3, 17)


def rule(kind: RuleKind, price: int | None = None, ceiling: int | None = None, **more: Any) -> PriceRule:
    floor, top = (None if each is None else Money(each) for each in (price, ceiling))
    return PriceRule(kind, (GradeTerms("1", floor, top),), **more)


def at(agreed: PriceRule, market: int | None, grade: str = "1") -> int:
    return int(
        priced(agreed, Inputs(grade, None if market is None else Money(market), DAY, "bảng giá")).price
    )


@pytest.mark.parametrize(
    ("agreed", "market", "price"),
    [
        (rule(RuleKind.FIXED, 6_200), None, 6_200),
        (rule(RuleKind.FLOOR, 5_000), 4_200, 5_000),
        (rule(RuleKind.FLOOR, 5_000), 7_350, 7_350),
        (rule(RuleKind.FLOOR_SHARE, 5_000, share=Decimal(50)), 7_000, 6_000),
        (rule(RuleKind.FLOOR_SHARE, 5_000, share=Decimal(50)), 4_000, 5_000),
        (rule(RuleKind.BAND, 5_000, 9_000), 12_000, 9_000),
        (rule(RuleKind.BAND, 5_000, 9_000), 4_000, 5_000),
        (rule(RuleKind.BAND, 5_000, 9_000), 7_000, 7_000),
        (rule(RuleKind.MARKET_LINKED, difference=Money(-300)), 7_000, 6_700),
        (rule(RuleKind.MARKET_LINKED, difference_rate=Decimal(-5)), 7_350, 6_982),
    ],
)
def test_prices_as_they_are_worked_out_by_hand(agreed: PriceRule, market: int | None, price: int) -> None:
    assert at(agreed, market) == price


def test_a_price_tells_why_in_both_languages() -> None:
    told = priced(
        rule(RuleKind.FLOOR_SHARE, 5_000, share=Decimal(50)), Inputs("1", Money(7_000), DAY, "Chợ Hải Dương")
    )
    assert "50%" in told.words()["en"] and "6,000\xa0₫" in told.words()["en"]
    assert "Chợ Hải Dương" in told.words()["vi"] and "17/03/2027" in told.words()["vi"]
    assert told.inputs.plain()["market"] == 7_000


def test_rules_that_cannot_be_computed_are_refused_with_a_sentence() -> None:
    with pytest.raises(Refusal):
        at(rule(RuleKind.FLOOR, 5_000), None)
    with pytest.raises(Refusal):
        at(rule(RuleKind.FIXED, 6_200), None, grade="2")
    for unsound in (
        rule(RuleKind.FIXED),
        rule(RuleKind.BAND, 5_000, 4_000),
        rule(RuleKind.FLOOR_SHARE, 5_000),
        PriceRule(RuleKind.FIXED, ()),
        PriceRule(RuleKind.FIXED, (GradeTerms("1", Money(1)), GradeTerms("1", Money(2)))),
    ):
        with pytest.raises(Refusal):
            refuse_unsound(unsound)


@given(floor=prices, market=prices, more=prices, share=rates)
def test_no_rule_leaves_its_bounds_and_none_falls_when_the_market_rises(
    floor: Money, market: Money, more: Money, share: Decimal
) -> None:
    ceiling = floor + 3_000
    for agreed in (
        rule(RuleKind.FLOOR, floor),
        rule(RuleKind.FLOOR_SHARE, floor, share=share),
        rule(RuleKind.BAND, floor, ceiling),
    ):
        price = at(agreed, market)
        assert price >= floor
        assert price <= max(floor, market)
        assert at(agreed, market + more) >= price
        if agreed.kind is RuleKind.BAND:
            assert price <= ceiling


def test_the_day_of_the_reference() -> None:
    days = {
        which: reference_day(rule(RuleKind.MARKET_LINKED, reference_day=which), DAY) for which in ReferenceDay
    }
    assert days == {
        ReferenceDay.DELIVERY: DAY,
        ReferenceDay.DAY_BEFORE: dt.date(2027, 3, 16),
        ReferenceDay.WEEK_MONDAY: dt.date(2027, 3, 15),
    }


@pytest.mark.parametrize(
    ("basis", "short", "value", "penalty"),
    [
        (ShortfallBasis.LOWER_BOUND, 18_500, 114_700_000, 9_176_000),
        (ShortfallBasis.NOMINAL, 28_500, 176_700_000, 14_136_000),
    ],
)
def test_short_of_two_hundred_tonnes(basis: ShortfallBasis, short: int, value: int, penalty: int) -> None:
    missing = shortfall(Decimal(200_000), Decimal(171_500), tolerance=Decimal(5), basis=basis)
    found = breach(missing, price=Money(6_200), rate=Decimal(8), cap=Decimal(8))
    assert (found.short, found.value, found.penalty) == (short, value, penalty)


def test_a_penalty_above_the_cap_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        breach(Decimal(1), price=Money(6_200), rate=Decimal("8.1"), cap=Decimal(8))
    assert refused.value.field == "penalty"


def test_what_comes_within_the_time_to_make_good_is_no_longer_missing() -> None:
    due = dt.date(2027, 3, 20)
    came = [(due, Decimal(5)), (dt.date(2027, 3, 23), Decimal(300)), (dt.date(2027, 3, 24), Decimal(400))]
    assert after_cure(Decimal(1_000), came, due=due, cure_days=3) == 700
    assert after_cure(Decimal(100), came, due=due, cure_days=3) == 0


@given(agreed=weights, accepted=weights, tolerance=rates)
def test_shortfalls(agreed: Decimal, accepted: Decimal, tolerance: Decimal) -> None:
    lower, upper = bounds(agreed, tolerance)
    missing = {
        basis: shortfall(agreed, accepted, tolerance=tolerance, basis=basis) for basis in ShortfallBasis
    }
    assert lower <= agreed <= upper
    assert (missing[ShortfallBasis.LOWER_BOUND] == 0) == (accepted >= lower)
    assert 0 <= missing[ShortfallBasis.LOWER_BOUND] <= missing[ShortfallBasis.NOMINAL] <= agreed


def test_seventeen_days_late() -> None:
    amount = settle(
        [Graded("L1", Decimal(42_350), Money(6_200)), Graded("L2", Decimal(6_120), Money(4_300))]
    ).total
    assert amount == 288_886_000
    assert late_interest(amount, rate=Decimal(12), days=17) == 1_614_596
    assert days_late(DAY, DAY) == 0 and days_late(DAY, DAY + dt.timedelta(days=17)) == 17


@given(amount=sums, rate=rates, days=st.integers(0, 2000))
def test_interest_is_never_half_a_dong_off(amount: Money, rate: Decimal, days: int) -> None:
    exact = Fraction(int(amount)) * Fraction(rate) * days / 36_500
    assert abs(int(late_interest(amount, rate=rate, days=days)) - exact) <= Fraction(1, 2)


def test_a_deposit_is_lost_or_doubled() -> None:
    left = deposit_due(amount=None, rate=Decimal(10), value=Money(1_240_000_000))
    assert left == 124_000_000
    assert outcome(left, Refuser.PAYER).kept == left
    given_back = outcome(left, Refuser.RECEIVER)
    assert given_back.returned + given_back.added == 2 * left
    assert outcome(left, Refuser.RECEIVER, agreed=Decimal(50)).added == 62_000_000
    assert outcome(left, Refuser.NOBODY).returned == left
    assert deposit_due(amount=Money(5), rate=Decimal(10), value=Money(100)) == 5


@given(
    kilos=st.lists(st.tuples(weights, prices), max_size=4),
    deduction=sums,
    inputs=sums,
    share=rates,
    deposit=sums,
    interest=sums,
    penalty=sums,
)
def test_a_settlement_loses_no_dong(
    kilos: list[tuple[Decimal, Money]],
    deduction: Money,
    inputs: Money,
    share: Decimal,
    deposit: Money,
    interest: Money,
    penalty: Money,
) -> None:
    told = settle(
        [Graded(str(number), quantity, price) for number, (quantity, price) in enumerate(kilos)],
        deductions=[("đất", deduction)],
        inputs=inputs,
        inputs_share=share,
        deposit=deposit,
        interest=interest,
        seller_penalty=penalty,
    )
    assert sum(line.amount for line in told.lines) == told.total - told.owed_back
    assert told.total == 0 or told.owed_back == 0
    assert told.inputs_left - told.of(LineKind.INPUTS) == inputs
    assert told.deposit_left - told.of(LineKind.DEPOSIT) == deposit
    assert 0 <= told.inputs_left <= inputs and 0 <= told.deposit_left <= deposit
    offset = told.of(LineKind.INPUTS) + told.of(LineKind.DEPOSIT)
    assert offset == 0 or told.owed_back == 0
    value = told.of(LineKind.GOODS)
    assert -told.of(LineKind.INPUTS) <= value.percent(share)
