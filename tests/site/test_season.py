"""The simulated season: a small one through the real services, the same again from the same seed, and its report."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask

from marketplace.config import Settings
from marketplace.site.winter import figures, living, report
from marketplace.site.winter.behaviour import Behaviour, Scale
from marketplace.site.winter.life import Season
from tests.world import World

SMALL = Scale(coops=8, buyers=6, weeks=5)
BUSY = Behaviour(asks=60, refuses=80, objects=70)
"""In five weeks as much happens as otherwise in many."""


def lived(seed: int = 5) -> Season:
    return living.live(seed=seed, scale=SMALL, behaviour=BUSY, tell=lambda _line: None)


def test_a_small_season_is_lived_and_breaks_nothing(app: Flask) -> None:
    season = lived()
    assert living.broken(season) == []
    told = figures.gather(season)
    for step in (
        "forecast",
        "requested",
        "contracted",
        "called",
        "promised",
        "delivered",
        "accepted",
        "paid",
    ):
        assert told.total(step) > 0, step
    assert told.total("promised") <= told.total("called")
    assert told.total("paid") <= told.total("accepted") <= told.total("delivered") <= told.total("promised")
    assert sum(kg for _grade, kg in told.depots.grades) == told.total("accepted")
    assert sum(kg for _cause, _count, kg in told.causes) <= 2 * told.total("called"), "kilograms, not grams"
    assert told.money.paid > 0 and told.money.paid <= told.money.settled
    assert {"quote", "award", "signature", "call", "answer", "load", "slip", "payment"} <= set(season.done)

    page = report.written(season, told)
    assert page.count("<h1>") == 2 and "Mô phỏng một vụ đông" in page and "A winter season, simulated" in page
    assert not re.search(r"<script|style=|\bNone\b|https?://", page)
    assert "minutes" not in page and "phút" not in page
    assert "phút" in report.written(season, told, took=90)


def test_the_same_seed_lives_the_same_season(app: Flask, tmp_path: Path) -> None:
    """Each in a database of its own, which the command makes and throws away."""
    pages = []
    for number in (1, 2):
        page = tmp_path / f"{number}.html"
        size = ["--coops", "4", "--buyers", "3", "--weeks", "4"]
        made = app.test_cli_runner().invoke(args=["season", "--seed", "7", *size, "--report", str(page)])
        assert made.exit_code == 0, made.output
        assert "every invariant holds" in made.output
        pages.append(page.read_bytes())
    assert pages[0] == pages[1]


def test_it_goes_only_into_an_empty_database(app: Flask, settings: Settings, world: World) -> None:
    refused = app.test_cli_runner().invoke(args=["season", "--database", settings.database_url])
    assert refused.exit_code == 1 and "in use" in refused.output
