"""How many rows several statements have, asked at once."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import literal, select

from marketplace.foundation import clock
from marketplace.foundation.db import NOW, TODAY, db, how_many
from marketplace.foundation.db.counting import counting
from marketplace.places.models import AdminUnit
from tests.statements import queries_sent
from tests.world import World


def test_several_are_counted_in_one_statement_each_as_far_as_asked(world: World) -> None:
    all_units, none = select(AdminUnit.id), select(AdminUnit.id).where(AdminUnit.level == 9)
    whole = db.session.query(AdminUnit).count()
    with queries_sent("SELECT") as sent:
        assert how_many([[all_units], [none], [], [all_units, all_units]], None) == [whole, 0, 0, 2 * whole]
    assert len(sent) == 1 and sent[0].count("FROM admin_units") == 2
    assert how_many([[all_units], [none]], 5) == [5, 0]
    assert how_many([[], []], 5) == [0, 0] and how_many([], 5) == []


def test_the_day_in_a_kept_statement_is_that_on_which_it_is_sent(world: World) -> None:
    today = clock.today()
    units = select(AdminUnit.id).where(literal(today) < TODAY, literal(clock.now()) < NOW)
    kept = counting([units], 3)
    assert db.session.scalar(kept) == 0
    with clock.standing_at(clock.now() + dt.timedelta(days=2)):
        assert db.session.scalar(kept) == 3
    assert db.session.scalar(kept) == 0
