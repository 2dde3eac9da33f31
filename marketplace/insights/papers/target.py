"""The targets board on one lying sheet of A4."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.papers import Sheet, paper
from marketplace.foundation.web.locale import locale
from marketplace.foundation.web.pages import text_of
from marketplace.insights import figures, queries
from marketplace.insights.indicators import INDICATORS
from marketplace.insights.states import (
    EXACTNESS_LABELS,
    PER_LABELS,
    VERDICT_LABELS,
    VERDICT_SIGNS,
    VERDICT_TONES,
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


def shown(board: queries.Board) -> dict[str, Any]:
    """What the page, the sheet of paper and Excel tell of a board."""
    tiles = board.tiles()
    counted = Counter(tile.verdict for tile in tiles)
    return {
        "board": board,
        "period": board.period,
        "day": board.day,
        "over": clock.today() > board.period.last_day,
        "tiles": tiles,
        "counted": [(verdict, counted[verdict]) for verdict in VERDICT_LABELS if counted[verdict]],
        "baselines": board.baselines(),
        **words(),
    }


@paper(KIND)
def board(period: str, day: str) -> Sheet | None:
    found = queries.period_by_code(period)
    if found is None:
        return None
    kept = queries.board(found, dt.date.fromisoformat(day))
    return Sheet(text_of(TEMPLATE, pressed=True, **shown(kept))) if kept.complete else None
