"""Pictures of the demonstration: drawn by the worker, beside people who use the shop already."""

from __future__ import annotations

import pytest

from marketplace.foundation.db import db
from marketplace.site.demo import pictures
from tests.world import World


def test_nobody_waits_for_the_database_while_a_picture_is_drawn(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    product, held = world.carrots, []
    draw = pictures.picture

    def looking(*wanted: str) -> bytes:
        held.append(db.session().in_transaction())
        return draw(*wanted)

    monkeypatch.setattr(pictures, "picture", looking)
    db.session.rollback()
    for _twice in range(2):
        pictures.draw_product(product.id)
    db.session.expire_all()
    assert held == [False]
    assert len(product.photos) == 1
