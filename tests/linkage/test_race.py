"""Many awards at once, in two processes, out of one line that does not reach for all of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

from marketplace.config import ROOT
from marketplace.foundation.db import db
from marketplace.linkage.invariants import CHECKS
from tests.buyers.company import Company
from tests.linkage.asked import closed, renewed
from tests.world import World

AWARDS = 24


def test_a_line_is_never_awarded_beyond_what_is_needed(
    world: World, company: Company, database_url: str, tmp_path: Path
) -> None:
    """Two tonnes in parts of 300 kg: six are given, and the other eighteen get a clear answer."""
    need = closed(company, days=2)
    url = database_url.replace("postgresql://", "postgresql+psycopg://")
    command = [sys.executable, "-m", "tests.linkage.awarders", url, str(tmp_path), str(need.id)]
    command.append(str(world.dong_lac.id))
    running = [
        subprocess.Popen(
            [*command, str(half * AWARDS // 2), str(AWARDS // 2)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for half in (0, 1)
    ]
    told: Counter[str] = Counter()
    for process in running:
        told.update(json.loads(process.communicate(timeout=240)[0]))
    db.session.rollback()
    assert told == Counter({"given": 6, "answered": AWARDS - 6})
    assert renewed(need).awarded == Decimal(1800)
    assert {number: check() for number, (_words, check) in CHECKS.items()} == dict.fromkeys(CHECKS, 0)
