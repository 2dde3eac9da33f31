"""What the tables themselves refuse."""

from __future__ import annotations

import pytest

from marketplace.fairs.models import StandBooth
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict
from tests.fairs.hall import applied, fairground, newcomer, standing
from tests.world import World


def test_half_a_booth_has_one_holder(world: World) -> None:
    ground = fairground(world, booths=6)
    first = standing(ground, applied(ground, world.dong_lac, by=world.director), ground.booth("A01"))
    second = standing(ground, applied(ground, newcomer(), by=world.officer), ground.booth("A02"))
    with pytest.raises(Conflict), transaction():
        db.session.add(
            StandBooth(stand_id=second.id, booth_id=ground.booth("A01").id, half=1, since=clock.now())
        )
    assert [booth.code for booth in first.booths] == ["A01"]
