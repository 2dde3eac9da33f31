"""What the targets count of reports and grades, against sums made another way."""

from __future__ import annotations

from decimal import Decimal

from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.registry import queries, services
from marketplace.registry.states.classification import Grade
from tests.registry.told import MILLION, accepted, handed_in, last_year
from tests.world import World


def test_nothing_is_no_data_and_no_error(world: World) -> None:
    year = last_year()
    assert queries.board.value_added(year).total is None
    assert queries.board.growth(year).cooperatives == 0
    assert queries.board.grades(year).classified == 0
    filed = queries.board.filed(year)
    assert (filed.filed, filed.accepted, filed.obliged) == (0, 0, 2)


def test_growth_is_over_those_that_reported_both_years(world: World) -> None:
    year = last_year()
    with transaction():
        accepted(
            world.dong_lac,
            year - 1,
            world.director,
            world.officer,
            revenue_total=Money(4_000 * MILLION),
            cost=Money(3_000 * MILLION),
        )
        handed_in(world.dong_lac, year, world.director, value_added=Money(-5 * MILLION))
        handed_in(world.kinh_mon, year, world.rival)
    growth = queries.board.growth(year)
    assert (growth.before, growth.now, growth.cooperatives, growth.unchecked) == (
        4_000 * MILLION, 5_000 * MILLION, 1, 1,
    )  # fmt: skip
    assert list(db.session.scalars(queries.board.reported_both_ids(year))) == [world.dong_lac.id]
    added = queries.board.value_added(year)
    assert (added.total, added.told, added.filed) == (-5 * MILLION, 1, 2)
    filed = queries.board.filed(year)
    assert (filed.filed, filed.accepted) == (2, 0)
    assert set(db.session.scalars(queries.board.filed_ids(year))) == {world.dong_lac.id, world.kinh_mon.id}
    assert len(list(db.session.scalars(queries.board.without_loss_ids(year)))) == 2
    with transaction():
        report = queries.annual_report.report_of(world.dong_lac.id, year)
        services.annual_report.give_back(report=report, reason="Sai", by=world.officer)
    assert queries.board.growth(year).cooperatives == 0
    assert Decimal(int(queries.board.filed(year).filed)) == 1
    assert list(db.session.scalars(queries.board.graded_ids(year, [Grade.GOOD]))) == []
