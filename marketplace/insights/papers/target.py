"""The targets board on one lying sheet of A4."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from marketplace.foundation.papers import Sheet, paper
from marketplace.foundation.web.locale import locale
from marketplace.foundation.web.pages import text_of
from marketplace.insights import figures, queries
from marketplace.insights.indicators import INDICATORS, Asked
from marketplace.insights.models import TargetPeriod
from marketplace.insights.states import (
    EXACTNESS_LABELS,
    PER_LABELS,
    VERDICT_LABELS,
    VERDICT_SIGNS,
    VERDICT_TONES,
    Per,
)

KIND = "insights.targets"
TEMPLATE = "insights/target/print.html"


def words() -> dict[str, Any]:
    """Labels and ways of telling that every page of the board has."""
    return {
        "figures": figures,
        "verdicts": VERDICT_LABELS,
        "tones": VERDICT_TONES,
        "signs": VERDICT_SIGNS,
        "per": PER_LABELS,
        "exactness": EXACTNESS_LABELS,
        "indicators": INDICATORS,
        "language": locale(),
    }


def shown(period: TargetPeriod, day: dt.date) -> dict[str, Any]:
    tiles = queries.board(period, day)
    counted = Counter(tile.verdict for tile in tiles)
    stood = Asked.of(day, period, Per.BY_END)
    lines = [
        (line, queries.measure(line.key, stood) if line.key in INDICATORS else None)
        for line in queries.baselines()
    ]
    return {
        "period": period,
        "day": day,
        "over": day > period.last_day,
        "tiles": tiles,
        "counted": [(verdict, counted[verdict]) for verdict in VERDICT_LABELS if counted[verdict]],
        "baselines": lines,
        **words(),
    }


@paper(KIND)
def board(period: str, day: str) -> Sheet | None:
    found = queries.period_by_code(period)
    if found is None:
        return None
    return Sheet(text_of(TEMPLATE, pressed=True, **shown(found, dt.date.fromisoformat(day))))
