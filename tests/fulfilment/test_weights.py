"""Sums of weights: what is graded comes to the net weight, and what is spread over lines loses nothing."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.foundation.errors import Refusal
from marketplace.fulfilment import grading
from marketplace.fulfilment.grading import Graded
from marketplace.fulfilment.services.acceptance import _spread
from marketplace.fulfilment.states import Outcome, Rejection

GRAMS = st.integers(1, 5_000_000).map(lambda grams: Decimal(grams) / 1000)
GOOD = st.builds(Graded, st.just(Outcome.ACCEPTED), st.sampled_from(["1", "2"]), GRAMS)
BAD = st.builds(
    Graded,
    st.just(Outcome.REJECTED),
    st.just(""),
    GRAMS,
    st.sampled_from([str(each) for each in Rejection if each is not Rejection.OTHER]),
)


@given(st.lists(st.one_of(GOOD, BAD), min_size=1, max_size=8), st.integers(-3, 3))
def test_only_what_comes_to_the_net_weight_is_taken(lines: list[Graded], off: int) -> None:
    net = sum((line.kg for line in lines), Decimal(0)) + Decimal(off) / 1000
    if not off:
        grading.check(lines, net, ["1", "2"])
        return
    with pytest.raises(Refusal) as refused:
        grading.check(lines, net, ["1", "2"])
    assert refused.value.field == "kg"


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (Graded(Outcome.ACCEPTED, "3", Decimal(1)), "grade"),
        (Graded(Outcome.ACCEPTED, "1", Decimal(0)), "kg"),
        (Graded(Outcome.REJECTED, "", Decimal(1)), "reason"),
        (Graded(Outcome.REJECTED, "", Decimal(1), "moonlight"), "reason"),
        (Graded(Outcome.REJECTED, "", Decimal(1), "other"), "words"),
        (Graded(Outcome.REJECTED, "", Decimal(1), "rotten", fate="eaten"), "fate"),
    ],
)
def test_each_unsound_line_names_its_field(line: Graded, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        grading.check([line], line.kg, ["1", "2"])
    assert refused.value.field == field


LINE = st.builds(
    lambda most, weighs: SimpleNamespace(dispatched=most, kg_per_unit=weighs),
    GRAMS,
    st.sampled_from([None, Decimal(1), Decimal(10), Decimal("0.25")]),
)


@given(st.lists(LINE, min_size=1, max_size=5), GRAMS)
def test_what_came_is_spread_over_the_lines(lines: list[Any], kg: Decimal) -> None:
    """Never more than came, never more than a line holds, and nothing left while a line has room."""
    told = _spread(cast(Any, SimpleNamespace(lines=lines)), kg, "dispatched")
    assert [line for line, _quantity in told] == lines
    assert all(0 <= quantity <= line.dispatched for line, quantity in told)
    weighs = [line.kg_per_unit or Decimal(1) for line in lines]
    spread = sum((quantity * each for (_line, quantity), each in zip(told, weighs, strict=True)), Decimal(0))
    assert spread <= kg
    if any(quantity < line.dispatched for line, quantity in told):
        assert kg - spread < max(weighs) / 1000 * len(lines) + Decimal("0.001")
