"""The plan by week: as full as can be, then fair, then short roads; the same every time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.linkage import pooling
from marketplace.linkage.pooling import Plan, Portion, Problem, Request, Road, Stopped, Supplier, programme
from marketplace.linkage.sharing import Offer, SharingRule

some = settings(max_examples=60, derandomize=True, deadline=None)
WEEKS = ("2027-W10", "2027-W11")


@st.composite
def problems(draw, rule=None, requests=4, least=True):
    suppliers = draw(st.integers(1, 7))
    requests = 1 if rule else draw(st.integers(1, requests))
    numbers = st.integers(0, 900)

    def offer():
        most = draw(numbers)
        return Offer(draw(st.integers(0, most // 3)) if least else 0, most)

    return Problem(
        name="pool-1",
        seed=draw(st.sampled_from("123")),
        weeks=WEEKS,
        suppliers=tuple(Supplier(n, f"htx-{n}", draw(st.integers(0, 3))) for n in range(suppliers)),
        requests=tuple(Request(n, (draw(numbers), draw(numbers))) for n in range(requests)),
        roads=tuple(
            Road(s, r, draw(st.integers(0, 60)), draw(st.integers(0, 2)))
            for s in range(suppliers)
            for r in range(requests)
            if rule or draw(st.booleans())
        ),
        offers=tuple((offer(), offer()) for _ in range(suppliers)),
        rule=rule,
        floor=draw(st.sampled_from((0, 50))) if rule else 0,
    )


pools = st.sampled_from(SharingRule).flatmap(lambda rule: problems(rule=rule))


@some
@given(pools)
def test_in_a_pool_everybody_gets_what_the_rule_says(problem):
    plan = pooling.plan(problem)
    assert pooling.broken(problem, plan) == []
    brought = plan.by_supplier_and_week()
    for week, shares in enumerate(pooling.entitlements(problem)):
        for n, share in shares.items():
            assert brought.get((n, week), 0) == share.amount
    assert pooling.plan(pooling.problem_from(problem.told())) == plan
    assert pooling.problem_from(problem.told()).hash() == problem.hash()


@some
@given(pools, st.data())
def test_whoever_offers_more_never_brings_less(problem, data):
    n = data.draw(st.integers(0, len(problem.suppliers) - 1))
    more = tuple(replace(offer, most=offer.most + 137) for offer in problem.offers[n])
    better = replace(problem, offers=(*problem.offers[:n], more, *problem.offers[n + 1 :]))
    before = pooling.plan(problem).by_supplier_and_week()
    after = pooling.plan(better).by_supplier_and_week()
    assert all(after.get((n, week), 0) >= before.get((n, week), 0) for week in range(2))


@some
@given(problems())
def test_many_requests_are_filled_as_far_as_any_plan_could(problem):
    plan = pooling.plan(problem)
    assert pooling.broken(problem, plan) == []
    free = replace(problem, offers=tuple(tuple(Offer(0, o.most) for o in row) for row in problem.offers))
    unbound = pooling.plan(free)
    assert unbound.figures["filled"] == unbound.figures["bound"] == plan.figures["bound"]
    assert plan.figures["filled"] <= plan.figures["bound"]
    assert pooling.plan(problem).portions == plan.portions


@settings(max_examples=25, derandomize=True, deadline=None)
@given(problems(requests=6))
def test_to_begin_with_few_roads_ends_at_a_plan_as_good(problem):
    whole = pooling.plan(problem)
    few, near, programme.FEW, programme.NEAR = programme.FEW, programme.NEAR, 0, 1
    try:
        begun_small = pooling.plan(problem)
    finally:
        programme.FEW, programme.NEAR = few, near
    assert pooling.broken(problem, begun_small) == []
    assert begun_small.figures == whole.figures


def network(offers, asked, roads):
    return Problem(
        name="n",
        seed="1",
        weeks=WEEKS[:1],
        suppliers=tuple(Supplier(n, f"htx-{n}") for n in range(len(offers))),
        requests=tuple(Request(n, (kg,)) for n, kg in enumerate(asked)),
        roads=tuple(Road(*road) for road in roads),
        offers=tuple((Offer(0, most),) for most in offers),
    )


def test_full_comes_before_near_and_fair_comes_before_near():
    """The near supplier of the first request is the only one of the second: the far one goes to the first."""
    plan = pooling.plan(network([100, 100], [100, 100], [(0, 0, 1), (0, 1, 90), (1, 0, 90)]))
    assert plan.portions == (Portion(0, 0, 1, 100), Portion(0, 1, 0, 100))
    fair = pooling.plan(network([100, 100], [100], [(0, 0, 1), (1, 0, 400)]))
    assert {portion.kg for portion in fair.portions} == {50}


def test_of_plans_alike_the_shorter_roads_and_then_the_grade_asked_for():
    near = pooling.plan(network([50, 50], [50, 50], [(0, 0, 30), (0, 1, 5), (1, 0, 6), (1, 1, 30)]))
    assert near.portions == (Portion(0, 0, 1, 50), Portion(0, 1, 0, 50))
    grade = pooling.plan(
        network([50, 50], [50, 50], [(0, 0, 9, 1), (0, 1, 9, 0), (1, 0, 9, 1), (1, 1, 9, 1)])
    )
    assert grade.portions == (Portion(0, 0, 1, 50), Portion(0, 1, 0, 50))


def test_what_does_not_keep_a_promise_is_found():
    problem = network([100], [60], [(0, 0)])
    assert pooling.broken(problem, Plan((Portion(0, 0, 0, 70),), "")) == [
        "P3 request 0 is given 70 kg in 2027-W10"
    ]
    assert pooling.broken(problem, Plan((Portion(0, 0, 0, 40), Portion(0, 0, 0, 70)), "")) == [
        "P2 supplier 0 brings 110 of 100 kg in 2027-W10",
        "P3 request 0 is given 110 kg in 2027-W10",
    ]
    assert pooling.broken(network([100], [60], []), Plan((Portion(0, 0, 0, 1),), "")) == [
        "P1 supplier 0 has no road to request 0"
    ]


def test_it_can_be_called_off_and_a_rule_is_for_one_request():
    def stop(_percent, _step):
        raise Stopped

    with pytest.raises(Stopped):
        pooling.plan(network([1], [1], [(0, 0)]), stop)
    with pytest.raises(ValueError):
        pooling.entitlements(network([1], [1], [(0, 0)]))
