"""Prices drawn over time: a line for each place, the season behind them. The page says the same in a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.prices.queries import Point

HUES = ("carrot", "leaf", "river", "onion")
LEFT, RIGHT, TOP, BOTTOM = 60, 12, 14, 30
GAPS = {"day": 21, "week": 45, "month": 100}
"""Two prices further apart than so many days are not joined: nobody knows what was between them."""
SIGNS = (
    "M-4 0a4 4 0 108 0a4 4 0 10-8 0z",
    "M-4-4h8v8h-8z",
    "M0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z",
    "M0-5l5 9h-10z",
)


@dataclass(frozen=True)
class Line:
    """One place: its hue, its sign, the ways of its line, where its signs stand, its spans as (x, top, bottom)."""

    place: str
    hue: str
    number: int
    sign: str
    ways: list[str]
    dots: list[tuple[float, float]]
    spans: list[tuple[float, float, float]]


@dataclass(frozen=True)
class Chart:
    """All in the units of a drawing of `width` × `height`."""

    width: int
    height: int
    lines: list[Line]
    bands: list[tuple[float, float]]
    days: list[tuple[float, str]]
    prices: list[tuple[float, str]]
    floor: float
    left: int = LEFT
    right: int = RIGHT


class _Scale:
    """From days and đồng to the drawing."""

    def __init__(self, points: Sequence[Point], first: dt.date, last: dt.date, width: int, height: int):
        self.first, self.days = first, max((last - first).days, 1)
        self.width, self.height = width, height
        low, high = min(int(p.low) for p in points), max(int(p.high) for p in points)
        self.step = _step(max(high - low, high // 4, 1))
        self.least = max(low // self.step - 1, 0) * self.step
        self.most = -(-high // self.step) * self.step

    def x(self, day: dt.date) -> float:
        part = min(max((day - self.first).days / self.days, 0), 1)
        return round(LEFT + part * (self.width - LEFT - RIGHT), 1)

    def y(self, price: int) -> float:
        part = (int(price) - self.least) / (self.most - self.least)
        return round(self.height - BOTTOM - part * (self.height - BOTTOM - TOP), 1)

    def ticks(self) -> list[tuple[float, str]]:
        return [
            (self.y(price), formats.number(price, locale()))
            for price in range(self.least, self.most + 1, self.step)
        ]


def draw(
    points: Sequence[Point], *, months: int, first: dt.date, last: dt.date, step: str, width: int, height: int
) -> Chart | None:
    """`points` by place and day; `months` is the season as a mask. None without a point."""
    if not points:
        return None
    scale = _Scale(points, first, last, width, height)
    places = list(dict.fromkeys(point.place for point in points))
    lines = [
        _line(number, [point for point in points if point.place == place], scale, step)
        for number, place in enumerate(places)
    ]
    bands = [(scale.x(start), scale.x(end)) for start, end in _season(months, first, last)]
    return Chart(
        width=width,
        height=height,
        lines=lines,
        bands=[(start, round(end - start, 1)) for start, end in bands],
        days=_days(scale, first, last),
        prices=scale.ticks(),
        floor=height - BOTTOM,
    )


def _line(number: int, points: Sequence[Point], scale: _Scale, step: str) -> Line:
    at = [(scale.x(point.day), scale.y(point.price)) for point in points]
    return Line(
        place=points[0].place,
        hue=HUES[number % len(HUES)],
        number=number,
        sign=SIGNS[number % len(SIGNS)],
        ways=list(_ways(points, at, GAPS[step])),
        dots=at,
        spans=[(scale.x(p.day), scale.y(p.high), scale.y(p.low)) for p in points if p.low < p.high],
    )


def _ways(points: Sequence[Point], at: Sequence[tuple[float, float]], gap: int) -> Iterator[str]:
    way: list[str] = []
    for place, (x, y) in enumerate(at):
        if place and (points[place].day - points[place - 1].day).days > gap:
            yield "M" + "L".join(way)
            way = []
        way.append(f"{x} {y}")
    yield "M" + "L".join(way)


def _season(months: int, first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """(First day, first day after it) of each run of season months; nothing for goods that grow all year."""
    if months == 0b1111_1111_1111:
        return
    begun: dt.date | None = None
    month = first.replace(day=1)
    while month <= last:
        inside = bool(months & 1 << (month.month - 1))
        if inside and begun is None:
            begun = month
        if not inside and begun is not None:
            yield begun, month
            begun = None
        month = _next(month)
    if begun is not None:
        yield begun, month


def _next(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=32)).replace(day=1)


def _days(scale: _Scale, first: dt.date, last: dt.date) -> list[tuple[float, str]]:
    """Where years or months begin, as many as there is room for."""
    years = (last - first).days > 900
    marks: list[tuple[dt.date, str]] = []
    month = _next(first)
    while month <= last:
        if not years or month.month == 1:
            told = str(month.year) if years else formats.month_sign(month.month, locale())
            marks.append((month, told))
        month = _next(month)
    room = max(1, -(-len(marks) * 52 // (scale.width - LEFT - RIGHT)))
    return [(scale.x(day), told) for day, told in marks[::room] if scale.x(day) < scale.width - RIGHT - 16]


def _step(span: int) -> int:
    """A round number of đồng of which four or so fill the span."""
    step = 10
    while span / step > 5:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2  # 10, 20, 50, 100, …
    return step
