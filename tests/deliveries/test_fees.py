"""Which fee counts, and what the rules leave open."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from marketplace.deliveries import fees
from marketplace.deliveries.models import FeeRule
from marketplace.foundation.money import Money
from marketplace.places.models import AdminUnit

HERE, THERE = 1, 2


def rule(fee: int, place: int | None = None, **more: object) -> FeeRule:
    unit = AdminUnit(id=place, level=3, full_name=f"Phường {place}") if place else None
    facts = {"over_kg": Decimal(0), "from_sum": Money(0), **more}
    return FeeRule(fee=Money(fee), unit_id=place, unit=unit, **facts)


def fee(rules: list[FeeRule], place: int, kg: int, amount: int = 0) -> int | None:
    found = fees.rule_for(rules, {place}, Decimal(kg), Money(amount))
    return None if found is None else int(fees.cost(found, Money(amount)))


def test_a_place_then_the_higher_sum_then_the_higher_weight_counts() -> None:
    rules = [
        rule(60),
        rule(90, over_kg=Decimal(50)),
        rule(20, HERE, up_to_kg=Decimal(100)),
        rule(10, HERE, from_sum=Money(1_000)),
    ]
    assert [fee(rules, HERE, kg) for kg in (5, 100, 101)] == [20, 20, 90]
    assert [fee(rules, THERE, kg) for kg in (5, 50, 51)] == [60, 60, 90]
    assert [fee(rules, HERE, 5, amount) for amount in (999, 1_000)] == [20, 10]


def test_gaps_and_meetings_are_told(app: Flask) -> None:
    def told(*rules: FeeRule) -> str:
        return " ".join(fees.doubts(rules)).replace("\xa0", " ")

    with app.test_request_context("/"):
        assert told(rule(1)) == ""
        assert told(rule(1, up_to_kg=Decimal(50)), rule(2, over_kg=Decimal(50))) == ""
        gap = told(rule(1, up_to_kg=Decimal(50)), rule(2, over_kg=Decimal(60)))
        assert "50 kg" in gap and "60 kg" in gap
        assert "100 kg" in told(rule(1, up_to_kg=Decimal(100)))
        assert "2 ₫" in told(rule(1, up_to_kg=Decimal(50)), rule(2, over_kg=Decimal(40)))
        assert "500 ₫" in told(rule(1, from_sum=Money(500)))
        assert told(rule(1), rule(2, HERE, up_to_kg=Decimal(50))) == ""


weights = st.integers(0, 200).map(Decimal)


@st.composite
def rules(draw: Callable[..., Any]) -> FeeRule:
    over = draw(weights)
    more = draw(st.none() | st.integers(1, 200).map(Decimal))
    return rule(
        draw(st.integers(0, 10**6)),
        draw(st.sampled_from([None, HERE, THERE])),
        over_kg=over,
        up_to_kg=None if more is None else over + more,
        from_sum=Money(draw(st.integers(0, 3)) * 1_000),
    )


@given(written=st.lists(rules(), max_size=6), kg=weights, amount=st.integers(0, 5_000))
def test_the_fee_is_one_that_fits_and_the_order_of_writing_does_not_matter(
    written: list[FeeRule], kg: Decimal, amount: int
) -> None:
    found = fees.rule_for(written, {HERE}, kg, Money(amount))
    fitting = [
        r
        for r in written
        if r.unit_id in (None, HERE)
        and (r.over_kg == 0 or r.over_kg < kg)
        and (r.up_to_kg is None or kg <= r.up_to_kg)
        and r.from_sum <= amount
    ]
    assert (found is None) == (not fitting)
    if found is None:
        return
    assert found in fitting
    if any(r.unit_id == HERE for r in fitting):
        assert found.unit_id == HERE
    turned = fees.rule_for(written[::-1], {HERE}, kg, Money(amount))
    alike = {(r.unit_id, r.from_sum, r.over_kg, r.up_to_kg) for r in fitting}
    if len(alike) == len(fitting):
        assert turned is found
