"""Trade told and drawn: each picture has its figures in a table, and says by pattern what it says by colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.insights.queries import Part, Season, Traded

ONE = Decimal("0.1")
WEEKS = 53
LEFT, TOP, FLOOR = 78, 14, 26


def weight(kg: Decimal) -> str:
    """Tonnes with one decimal from a tonne on, else whole kilograms: exact to the gram in the sheet."""
    if abs(kg) >= 1000:
        tonnes = (kg / 1000).quantize(ONE, ROUND_HALF_UP)
        return f"{formats.number(tonnes, locale())} {'t' if locale() == 'en' else 'tấn'}"
    return f"{formats.number(kg.quantize(Decimal(1), ROUND_HALF_UP), locale())} kg"


def share(part: int | Decimal, whole: int | Decimal) -> str:
    if not whole:
        return formats.DASH
    return formats.percent((Decimal(part) * 100 / Decimal(whole)).quantize(ONE, ROUND_HALF_UP), locale())


def moved(now: int | Decimal, before: int | Decimal) -> str:
    """Against the year before: "+12,5 %", in words where there is nothing to divide by."""
    if not before:
        return _("new") if now else formats.DASH
    rate = ((Decimal(now) - before) * 100 / Decimal(before)).quantize(ONE, ROUND_HALF_UP)
    sign = "+" if rate > 0 else "−" if rate < 0 else "±"
    return sign + formats.percent(abs(rate), locale())


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    wide: float
    high: float


@dataclass(frozen=True)
class Months:
    """Two bars for each month: the year before with stripes, this year full."""

    width: int
    height: int
    floor: int
    left: int
    before: list[Bar]
    now: list[Bar]
    signs: list[tuple[float, str]]
    ticks: list[tuple[float, str]]


def months(told: Mapping[tuple[int, int], Traded], year: int, *, slim: bool) -> Months | None:
    """None where neither year has anything."""
    values = {key: each.value for key, each in told.items()}
    most = max(values.values(), default=0)
    if most <= 0:
        return None
    width, height = (340, 240) if slim else (760, 260)
    floor, step = height - FLOOR, (width - LEFT) / 12
    ceiling = _ceiling(most)
    bar = round(step * 0.38, 1)

    def drawn(which: int, offset: float) -> list[Bar]:
        bars = []
        for month in range(1, 13):
            value = values.get((which, month), 0)
            high = round(value / ceiling * (floor - TOP), 1)
            if high > 0:
                bars.append(
                    Bar(round(LEFT + (month - 1) * step + offset, 1), round(floor - high, 1), bar, high)
                )
        return bars

    return Months(
        width,
        height,
        floor,
        LEFT,
        drawn(year - 1, step * 0.08),
        drawn(year, step * 0.52),
        [(round(LEFT + (month - 0.5) * step, 1), str(month)) for month in range(1, 13)],
        [
            (round(floor - part * (floor - TOP), 1), formats.vnd_short(int(ceiling * part), locale()))
            for part in (0.0, 0.5, 1.0)
        ],
    )


def _ceiling(most: int) -> int:
    """The next 1, 2, 4, 6 or 8 of its size: half of it can be told in round figures, too."""
    size = 10 ** (len(str(most)) - 1)
    return next((step * size for step in (1, 2, 4, 6, 8) if step * size >= most), 10 * size)


def strip(part: Part, most: int) -> tuple[float, float]:
    """How long the bars of now and of before are, of a hundred."""
    top = max(most, 1)
    return round(max(part.now.value, 0) / top * 100, 1), round(max(part.before.value, 0) / top * 100, 1)


@dataclass(frozen=True)
class Week:
    number: int
    kg: Decimal
    high: float
    level: int


def heat(season: Season) -> list[Week]:
    """Each week as a bar: how high it is and how dark it is say the same, from 1 to 4."""
    most = max(season.weeks.values(), default=Decimal(0))
    told = []
    for number in range(1, WEEKS + 1):
        kg = season.weeks.get(number, Decimal(0))
        part = float(kg / most) if most else 0.0
        told.append(
            Week(
                number, kg, round(max(part * 40, 3), 1) if kg else 0.0, min(int(part * 4) + 1, 4) if kg else 0
            )
        )
    return told


def peak(season: Season) -> tuple[int, Decimal]:
    """The week with most, and what was sold in it."""
    return max(season.weeks.items(), key=lambda each: (each[1], -each[0]))


@dataclass(frozen=True)
class Lines:
    """Prices month by month: `now` is drawn through, `before` with dashes; each a way and its dots."""

    width: int
    height: int
    floor: int
    left: int
    now: list[tuple[float, float]]
    before: list[tuple[float, float]]
    signs: list[tuple[float, str]]
    ticks: list[tuple[float, str]]

    @staticmethod
    def way(dots: Sequence[tuple[float, float]]) -> str:
        return "M" + "L".join(f"{x} {y}" for x, y in dots)


def prices(told: Mapping[tuple[int, int], Traded], year: int, *, slim: bool) -> Lines | None:
    """None without a price."""
    known = {key: each.price for key, each in told.items() if each.price is not None}
    if not known:
        return None
    width, height = (340, 220) if slim else (760, 240)
    floor, step, ceiling = height - FLOOR, (width - LEFT) / 12, _ceiling(max(known.values()))

    def dots(which: int) -> list[tuple[float, float]]:
        return [
            (
                round(LEFT + (month - 0.5) * step, 1),
                round(floor - known[which, month] / ceiling * (floor - TOP), 1),
            )
            for month in range(1, 13)
            if (which, month) in known
        ]

    return Lines(
        width,
        height,
        floor,
        LEFT,
        dots(year),
        dots(year - 1),
        [(round(LEFT + (month - 0.5) * step, 1), str(month)) for month in range(1, 13)],
        [
            (round(floor - part * (floor - TOP), 1), formats.number(int(ceiling * part), locale()))
            for part in (0.0, 0.5, 1.0)
        ],
    )


def month(number: int) -> str:
    return formats.month_name(number, locale())


def percent(rate: Decimal) -> str:
    return formats.percent(rate, locale())
