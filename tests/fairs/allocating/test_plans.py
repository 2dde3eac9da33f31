"""Plans small enough to be known beforehand."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from marketplace.fairs import allocating
from marketplace.fairs.allocating import Area, Rules, Seat, Share, Stopped, Wanted, banded, selecting
from marketplace.fairs.allocating.programme import Impossible
from tests.fairs.allocating.fairs import fair, one, units


def codes(plan: allocating.Plan, problem: allocating.Problem) -> dict[int, list[str]]:
    known = {unit.id: unit.code for unit in problem.units}
    return {seat.application: sorted({known[id] for id in seat.units}) for seat in plan.seats}


def test_the_lottery_can_be_recomputed_by_anybody() -> None:
    drawn = hashlib.sha256(b"hoi-cho|htx-1|31415").hexdigest()
    assert allocating.lottery("hoi-cho", "htx-1", "31415") == drawn


def test_the_order_is_band_then_law_then_history_then_the_lot() -> None:
    asked = (
        one(1, band=2, preference=(9, 9), credit=5),
        one(2, band=1, preference=(1, 0), credit=0),
        one(3, band=1, preference=(2, 0), credit=0),
        one(4, band=1, preference=(1, 0), credit=1),
        one(5, band=0),
    )
    assert [each.id for each in allocating.in_order(fair(asked))] == [5, 3, 4, 2, 1]


def test_a_booth_that_two_wish_goes_so_that_both_are_content() -> None:
    asked = (
        one(1, wishes=(Wanted("booth", 1), Wanted("booth", 2)), preference=(5,)),
        one(2, wishes=(Wanted("booth", 1),), preference=(1,)),
    )
    problem = fair(asked)
    plan = allocating.solve(problem)
    assert codes(plan, problem) == {1: ["A02"], 2: ["A01"]}, (
        "2nd and 1st wish are worth more than 1st and none"
    )
    told = allocating.explain(problem, plan)
    assert told[1]["better"] == [{"rank": 1, "kind": "booth", "id": 1, "why": "balance"}]


def test_of_two_with_one_wish_the_first_in_the_order_gets_it() -> None:
    wish = (Wanted("booth", 1),)
    for first in (1, 2):
        problem = fair(tuple(one(n, wishes=wish, preference=(int(n == first),)) for n in (1, 2)))
        plan = allocating.solve(problem)
        assert codes(plan, problem)[first] == ["A01"]
        assert allocating.explain(problem, plan)[3 - first]["better"][0]["why"] == "earlier"


def test_who_stands_before_explains_why_a_wish_was_not_met() -> None:
    wish = (Wanted("booth", 1),)
    problem = fair((one(1, wishes=wish, band=2), one(2, wishes=wish, band=1, credit=1)))
    plan = allocating.solve(problem)
    assert codes(plan, problem)[2] == ["A01"]
    assert allocating.explain(problem, plan)[1]["better"][0]["why"] == "higher_band"


def test_halves_stand_two_to_a_booth_and_blocks_in_one_row() -> None:
    asked = (one(1, halves=1, least=1), one(2, halves=1, least=1), one(3, halves=6, least=6))
    problem = fair(asked, ground=units(rows=1, each=4))
    plan = codes(allocating.solve(problem), problem)
    assert plan[1] == plan[2] and len(plan[3]) == 3


def test_where_rows_do_not_hold_what_was_hoped_for_it_is_tried_again() -> None:
    """Two rows of three hold two blocks of two, not three; somebody with one booth goes instead."""
    asked = (*(one(n, halves=4, least=4) for n in (1, 2, 3)), one(4), one(5))
    problem = fair(asked, ground=units(rows=2, each=3))
    plan = allocating.solve(problem)
    assert allocating.broken(problem, plan) == []
    assert len(plan.seats) == 4


def test_a_locked_stand_stays_and_its_other_half_may_be_taken() -> None:
    asked = (
        one(1, halves=1, least=1, held=(1,), wishes=(Wanted("booth", 2),)),
        one(2, halves=1, least=1, wishes=(Wanted("booth", 1),)),
        one(3, wishes=(Wanted("booth", 1),), band=0),
    )
    problem = fair(asked)
    plan = allocating.solve(problem)
    assert codes(plan, problem)[1] == codes(plan, problem)[2] == ["A01"]
    told = allocating.explain(problem, plan)
    assert told[3]["better"][0]["why"] == "confirmed"


def test_a_cap_a_budget_and_a_share_each_say_why_somebody_waits() -> None:
    ground = units(rows=1, each=4)
    two = (one(1, sector=1, support=5), one(2, sector=1, support=5, preference=(1,)))
    capped = fair(two, ground=ground, rules=Rules(caps=((1, 25),)))
    assert reason(capped) == {1: "cap", 2: ""}
    poor = fair(two, ground=ground, rules=Rules(budget=5))
    assert reason(poor) == {1: "budget", 2: ""}
    assert allocating.explain(poor, allocating.solve(poor))[1]["helped"] == ["own_money"]
    kept = fair(two, ground=ground, rules=Rules(newcomers=Share(75, released=False)))
    assert reason(kept) == {1: "share", 2: ""}
    released = fair(two, ground=ground, rules=Rules(newcomers=Share(75)))
    assert reason(released) == {1: "", 2: ""}


def test_a_newcomer_of_the_share_goes_before_a_higher_band() -> None:
    asked = (one(1, band=1), one(2, band=2, newcomer=True))
    problem = fair(asked, ground=units(rows=1, each=1), rules=Rules(newcomers=Share(100)))
    assert set(allocating.solve(problem).by_application) == {2}


def test_full_too_little_power_and_the_wrong_goods() -> None:
    small = units(rows=1, each=1)
    assert reason(fair((one(1), one(2, preference=(1,))), ground=small)) == {1: "full", 2: ""}
    assert reason(fair((one(1, kw=9),), ground=small)) == {1: "nothing_fits"}
    only = replace(fair((one(1, sector=2),), ground=small), zones=(Area(1, "Z1", sectors=(1,)),))
    assert reason(only) == {1: "sector"}
    mains = replace(fair((one(1, kw=2),), ground=small), zones=(Area(1, "Z1", kw=1),))
    assert reason(mains) == {1: "mains"}


def reason(problem: allocating.Problem) -> dict[int, str]:
    told = allocating.explain(problem, allocating.solve(problem))
    return {id: why["hindrance"] for id, why in told.items()}


def test_goods_that_must_be_kept_apart_do_not_stand_wall_to_wall() -> None:
    asked = (one(1, sector=1), one(2, sector=2), one(3, sector=1))
    problem = fair(asked, ground=units(rows=1, each=4), rules=Rules(apart=((1, 2),)))
    plan = allocating.solve(problem)
    assert allocating.broken(problem, plan) == []
    assert len(plan.seats) == 3, "1 1 _ 2"


def test_neighbours_with_the_same_goods_move_apart_without_a_loss() -> None:
    asked = tuple(one(n, products=(n % 2,)) for n in range(1, 5))
    problem = fair(asked, ground=units(rows=1, each=4))
    assert allocating.solve(problem).figures["same_neighbours"] == 0


def test_partners_stand_side_by_side() -> None:
    asked = (one(1, wanted=(6,)), *(one(n) for n in range(2, 7)))
    problem = fair(asked, ground=units(rows=1, each=6))
    seats = codes(allocating.solve(problem), problem)
    assert abs(int(seats[1][0][1:]) - int(seats[6][0][1:])) <= 1


def test_the_checker_sees_each_broken_rule() -> None:
    asked = (
        one(1, sector=1, kw=9, support=9, held=(1, 1)),
        one(2, sector=2, halves=4, least=4, kw=9, support=9),
        one(3, sector=2, halves=2),
    )
    rules = Rules(caps=((2, 10),), newcomers=Share(100, released=False), budget=1, apart=((1, 2),))
    problem = replace(fair(asked, rules=rules), zones=(Area(1, "Z1", sectors=(1,), kw=5),))
    wrong = allocating.Plan(
        (Seat(1, (2, 2), 1), Seat(2, (3, 3, 5, 5), 1), Seat(3, (3, 3), 1), Seat(3, (4,), 1)), "hand", {}
    )
    found = {line[:2] for line in allocating.broken(problem, wrong)}
    assert found == {"H1", "H2", "H3", "H4", "H5", "H6", "H7", "H8"}


def test_it_can_be_called_off() -> None:
    def stop(percent: int, _step: str) -> None:
        if percent > 5:
            raise Stopped

    with pytest.raises(Stopped):
        allocating.solve(fair((one(1),)), stop)


def test_where_the_solver_finds_nothing_they_come_one_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing(*_all: object) -> None:
        raise Impossible("node limit")

    problem = fair(tuple(one(n) for n in range(1, 6)))
    monkeypatch.setattr(selecting, "select", nothing)
    plan = allocating.solve(problem)
    assert plan.solver == banded.NAME and plan.gap is None
    assert len(plan.seats) == 5 and allocating.broken(problem, plan) == []


def test_how_each_group_fared_is_told_the_worst_first() -> None:
    asked = (
        one(1, sector=1, place=7, wishes=(Wanted("booth", 1),)),
        one(2, sector=1, place=8, wishes=(Wanted("booth", 1), Wanted("booth", 2))),
        one(3, sector=2, place=8, wishes=(Wanted("booth", 9),)),
        one(4, sector=3, place=8),
    )
    seats = tuple(
        allocating.Seat(application=n, units=(n, n), zone=1, wish=wish)
        for n, wish in ((1, 1), (2, 2), (3, None))
    )
    told = allocating.fared(fair(asked), allocating.Plan(seats, "by hand", {}))
    assert told["sector"] == [
        {"id": 2, "applied": 1, "placed": 1, "mean_wish": 11},
        {"id": 1, "applied": 2, "placed": 2, "mean_wish": 1.5},
        {"id": 3, "applied": 1, "placed": 0, "mean_wish": None},
    ]
    assert [(group["id"], group["mean_wish"]) for group in told["place"]] == [(8, 6.5), (7, 1)]
