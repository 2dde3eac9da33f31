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
# What copies do not carry: history (A1, O5), gapless numbers (D1, O7, H5) and long references (O8), the ids inside
# frozen words and papers (D2, O9, Q5, Q6, H4), prices of their day (O2), the ledger of goods and its lots behind a sale
# (S, T), accounts beside a charge (L2, P10), the search index (A9). All else has to hold: lives, dues, loans, sheets.
NOT_CARRIED = {
    "A1", "A9", "D1", "D2", "H4", "H5", "L2", "O2", "O5", "O7", "O8", "O9", "P10", "Q5", "Q6", "S1", "S3", "S8", "S9",
    "T4", "T5",
}  # fmt: skip


def test_a_copied_province_keeps_what_copies_can_carry() -> None:
    with databases.fresh("sqlite"):
        world = World.built()
        company = Company.built()
        lives_shown(world)
        years_shown(World.found())
        loans_shown(World.found())
        requests(World.found(), company)
        sheets(World.found(), company)
        province.written(0.002)
        count_all_trade()
        broken = {number: count for number, _sentence, count in breaks() if count}
        assert broken.keys() <= NOT_CARRIED, broken
        sizes = {
            table: db.session.scalar(text(f"SELECT count(*) FROM {table}"))
            for table in ("cooperatives", "orders", "annual_reports")
        }
    assert sizes["cooperatives"] >= 6 and sizes["orders"] >= 600 and sizes["annual_reports"] >= 60
