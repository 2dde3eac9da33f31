"""The awning: twelve scallops are twelve months."""

from __future__ import annotations

from functools import lru_cache
from html import escape

WIDE = 30  # one month
SMALL, BIG = 34, 52  # how far an awning hangs
SMALL_DROP, BIG_DROP = 13, 14  # how much further this month hangs


@lru_cache(maxsize=4096)
def strip(months: int, peak: int, now_month: int, big: bool = False, label: str = "") -> str:
    """SVG of a season. Bit 0 of the masks is January; `label` says it in words ("" when words stand beside)."""
    hang, drop = (BIG, BIG_DROP) if big else (SMALL, SMALL_DROP)
    shown = {"o": "", "m": "", "p": ""}
    numbers = ""
    for month in range(1, 13):
        now = month == now_month
        kind = kind_of(month, months, peak)
        deep = hang + (drop if now else 0)
        if not now:
            shown[kind] += _scallop((month - 1) * WIDE, WIDE, deep)
        if big:
            place = f'class="t{kind}" x="{(month - 1) * WIDE + WIDE // 2}" y="{34 if now else 31}"'
            numbers += f"<text {place}>{month}</text>"
    drawn = "".join(f'<path class="{kind}" d="{path}"/>' for kind, path in shown.items() if path)
    if 1 <= now_month <= 12:
        kind = kind_of(now_month, months, peak)
        left = (now_month - 1) * WIDE
        drawn += f'<path class="{kind}" d="{_scallop(left, WIDE, hang + drop)}"/>'
        drawn += f'<path class="n" d="{_rim(left, hang + drop)}"/>'
    spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return f'<svg class="ss" viewBox="0 0 360 {hang + drop + 1}" {spoken}>{drawn}{numbers}</svg>'


def kind_of(month: int, months: int, peak: int) -> str:
    """ "p" at its best, "m" there is some, "o" none. A season without a peak is at its best all along."""
    bit = 1 << (month - 1)
    if peak & bit or (months & bit and not peak):
        return "p"
    return "m" if months & bit else "o"


def _scallop(x: float, width: float, hang: float) -> str:
    r = width / 2
    return f"M{x:g} 0h{width:g}v{hang - r:g}a{r:g} {r:g} 0 0 1-{width:g} 0z"


def _rim(x: float, hang: float) -> str:
    """This month's edge: an U of ink inside its scallop."""
    r = WIDE / 2 - 1.3
    down = hang - WIDE / 2 - 1.3
    return f"M{x + 1.3:g} 0v{down:g}a{r:g} {r:g} 0 0 0 {2 * r:g} 0V0"
