"""The province that the office is measured on is one that could be: small here."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bench import databases, province
from marketplace.foundation.db import db
from marketplace.insights.invariants import breaks
from marketplace.insights.tasks import count_all_trade
from tests.buyers.company import Company
from tests.fulfilment.sheets import sheets
from tests.linkage.shown import requests
from tests.programmes.lent import loans_shown
from tests.registry.lives_shown import lives_shown
from tests.registry.shown import years_shown
from tests.world import World

pytestmark = pytest.mark.long
# What copies do not carry: history and the counters of numbers; papers and frozen words name the template's ids;
# references are short and told by number.
OF_COPIES = {"A1", "D1", "D2", "H4", "H5", "O2", "O5", "O7", "O8", "O9", "L2", "A9"}


def test_a_copied_province_keeps_its_invariants() -> None:
    with databases.fresh("sqlite"):
        world = World.built()
        company = Company.built()
        lives_shown(world)
        years_shown(World.found())
        loans_shown(World.found())
        requests(World.found(), company)
        sheets(World.found(), company)
        before = {number for number, _sentence, count in breaks() if count}
        db.session.rollback()
        province.written(0.002)
        count_all_trade()
        broken = {number: count for number, _sentence, count in breaks() if count}
        assert broken.keys() - before <= OF_COPIES, broken
        sizes = {
            table: db.session.scalar(text(f"SELECT count(*) FROM {table}"))
            for table in ("cooperatives", "orders", "annual_reports")
        }
    assert sizes["cooperatives"] >= 6 and sizes["orders"] >= 600 and sizes["annual_reports"] >= 60
