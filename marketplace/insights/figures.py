"""How a figure of the board is told and drawn: rounded never to the other side of its target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.insights.indicators import INDICATORS
from marketplace.insights.models import Baseline, Target
from marketplace.insights.queries import Measured, Tile, compares
from marketplace.insights.states import Comparator, Exactness, Unit

WIDE, HIGH = 320, 66
MOST_DIGITS = 8


def rounded(value: Fraction, digits: int) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def told(value: Fraction | Decimal | int, unit: Unit, target: Target | None = None) -> str:
    """One decimal, or as many as it takes to stand on the right side of its target."""
    exact = Fraction(value)
    if unit is Unit.DONG:
        return formats.vnd_short(Money(int(exact)), locale())
    digits = 1
    if target is not None and target.low is not None:
        while digits < MOST_DIGITS and compares(target, Fraction(rounded(exact, digits))) != compares(
            target, exact
        ):
            digits += 1
    shown = rounded(exact, digits)
    return formats.percent(shown, locale()) if unit is Unit.PERCENT else formats.number(shown, locale())


def aim(target: Target) -> str:
    """The figure aimed at."""
    if target.low is None:
        return _("no figure was set")
    low = _figure(target.low, target.unit)
    if target.comparator is Comparator.MORE_THAN:
        return _("more than %(figure)s", figure=low)
    if target.comparator is Comparator.ABOUT:
        return _("about %(figure)s", figure=low)
    if target.high is not None:
        return f"{formats.number(target.low, locale())}–{_figure(target.high, target.unit)}"
    return _("from %(figure)s", figure=low)


def reported(line: Baseline) -> str:
    """A figure of the brief as exactly as it was told."""
    if line.value is None:
        return formats.DASH
    low = _figure(line.value, line.unit)
    if line.high is not None:
        return f"{formats.number(line.value, locale())}–{_figure(line.high, line.unit)}"
    if line.exactness is Exactness.MORE_THAN:
        return _("more than %(figure)s", figure=low)
    return _("nearly %(figure)s", figure=low) if line.exactness is Exactness.NEARLY else low


def _figure(value: Decimal, unit: Unit) -> str:
    if unit is Unit.DONG:
        return formats.vnd_short(Money(int(value)), locale())
    return formats.percent(value, locale()) if unit is Unit.PERCENT else formats.number(value, locale())


def missing(measured: Measured, key: str) -> str:
    """Of what there is no data, and where it would come from."""
    nothing = _("Nothing of this was entered yet: it comes from %(source)s.", source=INDICATORS[key].source)
    return {
        "grdp": _("Not to be computed yet: the GRDP of %(year)s was not typed in.", year=measured.asked.year),
        "revenue": _(
            "Not to be computed yet: reports of %(year)s tell revenue, and none tells value added.",
            year=measured.asked.year,
        ),
        "waiting": _("Not counted yet."),
    }.get(measured.why, nothing)


def fraction(measured: Measured, unit: Unit) -> str:
    """What stands above and below the line."""
    if measured.above is None:
        return ""
    if unit is Unit.DONG and measured.count is not None:
        return _("%(count)s rows", count=formats.number(measured.count, locale()))
    if measured.count is not None:
        return _("%(count)s cooperatives", count=formats.number(measured.count, locale()))
    if measured.below is None:
        return _("%(count)s rows", count=formats.number(measured.above, locale()))
    return _(
        "%(above)s out of %(below)s",
        above=formats.number(measured.above, locale()),
        below=formats.number(measured.below, locale()),
    )


def beside(measured: Measured, key: str) -> str:
    """One more number worth knowing, in words."""
    if measured.beside is None or measured.value is None:
        return ""
    return str(INDICATORS[key].aside) % {"count": formats.number(measured.beside, locale())}


@dataclass(frozen=True)
class Bullet:
    """A value as a bar with a mark where the target is; what is beyond the target has a pattern of its own."""

    wide: float
    mark: float
    anchor: str
    least: str
    most: str


def bullet(tile: Tile) -> Bullet | None:
    """None where there is nothing to compare."""
    value, low = tile.measured.value, tile.target.low
    if value is None or low is None:
        return None
    unit = tile.target.unit
    top = Fraction(100) if unit is Unit.PERCENT and low > 20 else max(Fraction(low) * 3 / 2, value)
    mark = float(Fraction(low) / top * WIDE)
    wide = float(max(min(value / top, Fraction(1)), Fraction(0)) * WIDE)
    anchor = "end" if mark > WIDE * 0.7 else "start" if mark < WIDE * 0.3 else "middle"
    return Bullet(round(wide, 1), round(mark, 1), anchor, told(0, unit), told(top, unit))


@dataclass(frozen=True)
class Bar:
    x: int
    y: float
    high: float
    year: int
    last: bool


def spark(years: Sequence[tuple[int, Measured]]) -> list[Bar]:
    """A small bar for each year, none where nothing is known."""
    found = [each.value for _year, each in years if each.value is not None]
    most = max(found, default=Fraction(0))
    bars = []
    for place, (year, each) in enumerate(years):
        if each.value is None or most <= 0:
            continue
        high = max(float(each.value / most) * 40, 2.0)
        bars.append(Bar(place * 24, round(44 - high, 1), round(high, 1), year, place == len(years) - 1))
    return bars
