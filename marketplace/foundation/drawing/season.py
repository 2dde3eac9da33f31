"""The season strip: twelve scallops of an awning, one for each month. The sign of this site."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup, escape

WIDTH = 30


@lru_cache(maxsize=4000)
def strip(months: int, peak: int, now: int, big: bool = False, label: str = "") -> Markup:
    """The strip as SVG: harvest months filled, peak months solid, this month longer with an ink edge.

    `months` and `peak` are bit masks (January is bit 0), `now` is 1–12, `label` says it in words.
    """
    height, drop = (52, 14) if big else (34, 13)
    order = [m for m in range(1, 13) if m != now] + [now]
    drawn = "".join(_scallop(m, _kind(m, months, peak), m == now, height, drop, big) for m in order)
    return Markup(
        '<svg class="ss" viewBox="0 0 360 {}" role="img" aria-label="{}">{}</svg>'
    ).format(height + drop + 1, escape(label), Markup(drawn))  # noqa: S704 - numbers only


def _kind(month: int, months: int, peak: int) -> str:
    bit = 1 << (month - 1)
    if peak & bit or (months & bit and not peak):
        return "p"
    return "m" if months & bit else "o"


def _scallop(month: int, kind: str, is_now: bool, height: int, drop: int, big: bool) -> str:
    x, tall = (month - 1) * WIDTH, height + (drop if is_now else 0)
    drawn = f'<path class="{kind}" d="{_path(x, WIDTH, tall)}"/>'
    if is_now:
        r = WIDTH / 2 - 1.3
        drawn += f'<path class="n" d="M{x + 1.3} 0v{tall - 16.3:.1f}a{r:.1f} {r:.1f} 0 0 0 {WIDTH - 2.6} 0V0"/>'
    else:
        drawn += f'<path class="e" d="{_path(x + 0.5, WIDTH - 1, tall - 0.5)}"/>'
    if big:
        drawn += f'<text class="t{kind}" x="{x + 15}" y="{34 if is_now else 31}">{month}</text>'
    return drawn


def _path(x: float, width: float, height: float) -> str:
    r = width / 2
    return f"M{x} 0h{width}v{height - r}a{r} {r} 0 0 1 {-width} 0z"
