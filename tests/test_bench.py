"""Every part of the bench does its work: small here, where its figures mean nothing. (Pages need a quiet machine.)"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bench import allocation, board, orders, photo, plan, pooling, search, statement
from tests import services

pytestmark = pytest.mark.long


def test_orders_are_really_placed() -> None:
    figures = orders.run("sqlite", seconds=0.3)["sqlite"]
    assert figures["orders/s"] > 0
    assert figures["broken invariants"] == 0


def test_a_statement_is_read_to_its_end() -> None:
    figures = statement.run("sqlite", rows=40)["sqlite"]
    assert sum(figures["results"].values()) >= 38  # all but the two that are no credits
    assert figures["broken invariants"] == 0


def test_a_photo_is_developed_each_way() -> None:
    told = photo.run(size=(320, 240), rounds=1)
    assert told["figures"].keys() >= {"market", "plain pillow"}


def test_every_question_is_asked_of_every_engine_that_is_here() -> None:
    found = search.run(sizes=(300,), engines=("sqlite", "tantivy"))["sizes"][300]
    assert found["sqlite"]["questions_with_hits"] > 200
    assert found["tantivy"]["questions_with_hits"] > 200


def test_stands_are_given_out_twice_the_same_and_without_a_broken_rule() -> None:
    told = allocation.run(sizes=((30, 40),))["30 x 40"]
    assert told["broken hard rules"] == 0 and told["same plan twice"]
    assert told["solver's plan"]["placed"] >= told["first come, by band"]["placed"]


def test_a_year_of_pools_is_planned_twice_the_same_and_as_full_as_can_be() -> None:
    for told in pooling.run(cooperatives=12, requests=4).values():
        assert told["rules broken"] == 0 and told["same plan twice"]
        assert told["filled of the bound, percent"] >= 99


@pytest.mark.browser
def test_a_plan_is_painted_and_pulled_without_losing_a_move() -> None:
    # In a thread of its own: the journeys of this process may have a browser's loop running in this one.
    with ThreadPoolExecutor(1) as apart:
        told = apart.submit(plan.run, booths=60, rounds=1, port=services.free_port()).result()
    for page in ("editor", "exhibitors", "visitors"):
        assert told[page]["booths drawn"] == 60 and told[page]["first paint"]["middle ms"] > 0
        for name, pulled in told[page].items():
            if name.endswith("pulled"):
                assert pulled["moves handled"] == pulled["moves sent"], (page, name)


def test_the_board_is_measured_beside_a_product() -> None:
    told = board.run(requests=30)
    assert told["open requests"] == 30 and told["statements of a board"] < 20
    assert told["cold, board's p95 / product's"] > 0 and told["warm, ms"]["board"]["p95"] > 0
