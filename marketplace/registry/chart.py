"""A cooperative over the years in one small drawing: revenue as bars, the grade as a sign above. A table says the
same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.foundation import formats
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.registry.queries.story import Year
from marketplace.registry.states.classification import GRADE_LABELS, CaseState

WIDTH, HEIGHT = 340, 200
LEFT, RIGHT, TOP, BOTTOM = 8, 8, 46, 26
MOST = 8
"""Years that a phone can show side by side."""


@dataclass(frozen=True)
class Bar:
    """One year: where its bar stands, how high, what stands above and below; no height where nothing is known."""

    year: int
    middle: float
    x: float
    y: float
    wide: float
    high: float
    told: str
    grade: str


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    floor: int
    bars: list[Bar]


def draw(years: Sequence[Year]) -> Chart | None:
    """The last years, oldest first; None where not one of them has revenue."""
    shown = _shown(years)
    revenue = [int(each.version.revenue_total or 0) if each.version else 0 for each in shown]
    highest = max(revenue, default=0)
    if not highest:
        return None
    step = (WIDTH - LEFT - RIGHT) / len(shown)
    floor = HEIGHT - BOTTOM
    bars = []
    for place, (each, amount) in enumerate(zip(shown, revenue, strict=True)):
        high = round((floor - TOP) * amount / highest, 1)
        wide = round(min(step * 0.62, 56), 1)
        middle = round(LEFT + step * (place + 0.5), 1)
        bars.append(
            Bar(
                each.year,
                middle,
                round(middle - wide / 2, 1),
                round(floor - high, 1),
                wide,
                high,
                formats.vnd_short(Money(amount), locale()) if amount else formats.DASH,
                grade_told(each),
            )
        )
    return Chart(WIDTH, HEIGHT, floor, bars)


def _shown(years: Sequence[Year]) -> list[Year]:
    """The last ones that tell anything, oldest first."""
    told = [each for each in years if each.version is not None or grade_told(each)]
    return sorted(told, key=lambda each: each.year)[-MOST:]


def grade_told(year: Year) -> str:
    """The decided grade, or nothing."""
    case = year.case
    if case is None or case.state is not CaseState.DECIDED or case.grade is None:
        return ""
    return str(GRADE_LABELS[case.grade])


def words(years: Sequence[Year]) -> str:
    """The same for whoever does not see it."""
    told = []
    for each in _shown(years):
        revenue = each.version.revenue_total if each.version else None
        amount = formats.DASH if revenue is None else formats.vnd_short(revenue, locale())
        grade = grade_told(each)
        told.append(f"{each.year}: {amount}" + (f", {grade}" if grade else ""))
    return "; ".join(told)
