"""What holds of every plan, at small fairs drawn at random."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings

from marketplace.fairs import allocating
from marketplace.fairs.allocating import Asked, Plan, Problem
from marketplace.fairs.allocating.banded import first_come
from tests.fairs.allocating.fairs import fairs

few = settings(max_examples=12, deadline=None)


def by_ticket(problem: Problem, plan: Plan) -> dict[str, list[str]]:
    codes = {unit.id: unit.code for unit in problem.units}
    tickets = {asked.id: asked.ticket for asked in problem.asked}
    return {tickets[seat.application]: sorted(codes[id] for id in seat.units) for seat in plan.seats}


@few
@given(fairs())
def test_no_hard_rule_is_broken_and_nobody_is_left_without_a_reason(problem: Problem) -> None:
    plan = allocating.solve(problem)
    assert allocating.broken(problem, plan) == []
    told = allocating.explain(problem, plan)
    assert set(told) == {asked.id for asked in problem.asked}
    for id, why in told.items():
        assert (id in plan.by_application) == (why["hindrance"] == "")


@few
@given(fairs())
def test_without_a_solver_the_rules_hold_too(problem: Problem) -> None:
    assert allocating.broken(problem, allocating.in_turn(problem)) == []
    assert allocating.broken(problem, first_come(problem)) == []


@few
@given(fairs())
def test_the_same_inputs_give_the_same_plan_also_out_of_json(problem: Problem) -> None:
    again = allocating.problem_from(problem.told())
    assert again.hash() == problem.hash()
    assert allocating.solve(again) == allocating.solve(problem)


@few
@given(fairs())
def test_neither_the_order_of_arrival_nor_ids_matter(problem: Problem) -> None:
    """Rows come in another order, under other numbers: the plan is the same, told by tickets and codes."""
    other = shuffled(problem)
    assert by_ticket(other, allocating.solve(other)) == by_ticket(problem, allocating.solve(problem))


@few
@given(fairs())
def test_to_hand_in_twice_changes_nothing(problem: Problem) -> None:
    """A second application of a cooperative, of half the size, brings nobody anything: the larger one counts."""
    first = problem.asked[-1]
    smaller = replace(first, id=900, halves=1, least=1, held=())
    if first.halves == 1:
        return
    split = replace(problem, asked=(smaller, *problem.asked))
    assert allocating.solve(split).seats == allocating.solve(problem).seats


@few
@given(fairs())
def test_to_split_a_request_brings_what_its_larger_part_brings_alone(problem: Problem) -> None:
    """Two applications instead of one, for other booths and other goods: a cooperative cannot stand twice, and the
    smaller part changes nothing for anybody."""
    first = problem.asked[-1]
    if first.halves < 4 or first.held:
        return
    larger = replace(first, halves=first.halves - 2, least=min(first.least, first.halves - 2))
    smaller = replace(
        first, id=900, halves=1, least=1, wishes=tuple(reversed(first.wishes)), sector=first.sector % 3 + 1
    )
    others = problem.asked[:-1]
    split = replace(problem, asked=(smaller, *others, larger))
    assert allocating.solve(split).seats == allocating.solve(replace(problem, asked=(*others, larger))).seats


@few
@given(fairs())
def test_the_solver_never_does_worse_than_the_first_come(problem: Problem) -> None:
    """Where nothing is reserved: counted band by band, from the top."""
    free = replace(problem, rules=replace(problem.rules, newcomers=None, places=()))
    assert counts(free, allocating.solve(free)) >= counts(free, first_come(free))


@few
@given(fairs())
def test_of_two_alike_the_one_before_is_never_the_one_left_out(problem: Problem) -> None:
    plan = allocating.solve(problem)
    loose = [asked for asked in allocating.in_order(problem) if not asked.held]
    for n, one in enumerate(loose):
        for other in loose[n + 1 :]:
            if alike(one) == alike(other) and other.id in plan.by_application:
                assert one.id in plan.by_application


def alike(asked: Asked) -> Asked:
    """All that decides whether there is room, without what only decides the order."""
    return replace(
        asked,
        id=0,
        ticket="",
        cooperative=0,
        wishes=(),
        wanted=(),
        unwanted=(),
        products=(),
        preference=(),
        credit=0.0,
        band=0,
    )


def counts(problem: Problem, plan: Plan) -> list[int]:
    bands = {asked.id: asked.band for asked in problem.asked}
    placed = [bands[seat.application] for seat in plan.seats]
    return [placed.count(band) for band in sorted(set(bands.values()))]


def shuffled(problem: Problem) -> Problem:
    chance = random.Random(7)
    ids = [asked.id for asked in problem.asked]
    new = dict(zip(ids, chance.sample(range(1_000, 2_000), len(ids)), strict=True))
    booths = [unit.id for unit in problem.units]
    moved = dict(zip(booths, chance.sample(range(5_000, 6_000), len(booths)), strict=True))
    asked = [
        replace(
            one,
            id=new[one.id],
            held=tuple(moved[id] for id in one.held),
            wishes=tuple(
                replace(wish, id=moved[wish.id]) if wish.kind == "booth" else wish for wish in one.wishes
            ),
        )
        for one in problem.asked
    ]
    rows = [replace(unit, id=moved[unit.id]) for unit in problem.units]
    chance.shuffle(asked)
    chance.shuffle(rows)
    return replace(problem, asked=tuple(asked), units=tuple(rows))
