"""Which grade so many points are, and who is not graded: compared exactly, before anything is rounded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.cooperatives.states import Sector
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.registry.states.classification import Exclusion, Grade

LONGEST_STOP = 92
"""Three months are at most so many days (July to September): for stops that come in pieces."""
Span = tuple[dt.date, dt.date]
"""First and last day."""


def grade_of(points: Decimal, thresholds: Mapping[Grade, Decimal]) -> Grade | None:
    """The best grade whose threshold is reached: the boundary belongs to it. None below all of them."""
    reached = [(least, grade) for grade, least in thresholds.items() if points >= least]
    return max(reached, key=lambda found: found[0])[1] if reached else None


@dataclass(frozen=True)
class Line:
    """A line of a scheme: a group, a criterion, a part; `given` may take points itself."""

    id: int
    code: str
    within: str
    name: str
    most: Decimal | None
    depth: int
    given: bool


def lines(criteria: Iterable[Any]) -> list[Line]:
    """A scheme's criteria as they are shown: points go to those that no other belongs to."""
    rows = list(criteria)
    above = {row.within for row in rows if row.within}
    depths: dict[str, int] = {}
    told = []
    for row in rows:
        depths[row.code] = depths[row.within] + 1 if row.within else 0
        told.append(
            Line(row.id, row.code, row.within, row.name, row.most, depths[row.code], row.code not in above)
        )
    return told


def too_many(scheme: Sequence[Line], points: Mapping[str, Decimal]) -> dict[str, str]:
    """Code → the sentence, where more was given than a criterion, or all of a group together, can have."""
    wrong: dict[str, str] = {}
    for line in scheme:
        if line.most is None:
            continue
        given = subtotal(scheme, points, line.code)
        if given is not None and given > line.most:
            first = next(code for code in _below(scheme, line.code) if code in points)
            wrong.setdefault(
                first,
                _(
                    "%(name)s: %(most)s points at the most, not %(given)s.",
                    name=f"{line.code}. {line.name}",
                    most=formats.number(line.most, locale()),
                    given=formats.number(given, locale()),
                ),
            )
    return wrong


def subtotal(scheme: Sequence[Line], points: Mapping[str, Decimal], code: str) -> Decimal | None:
    """The points of a criterion with all below it; None where none were given."""
    given = [points[each] for each in _below(scheme, code) if each in points]
    return sum(given, Decimal(0)) if given else None


def total(scheme: Sequence[Line], points: Mapping[str, Decimal]) -> Decimal | None:
    """All points, once every line that takes points has some; None before that."""
    wanted = [line.code for line in scheme if line.given]
    if not wanted or any(code not in points for code in wanted):
        return None
    return sum((points[code] for code in wanted), Decimal(0))


def _below(scheme: Sequence[Line], code: str) -> list[str]:
    """The lines with points at or below this one."""
    inside, found = {code}, []
    for line in scheme:
        if line.within in inside:
            inside.add(line.code)
        if line.code in inside and line.given:
            found.append(line.code)
    return found


def exclusion(
    *, year: int, sector: Sector, founded_on: dt.date | None, stops: Sequence[Span] = ()
) -> Exclusion | None:
    """Why a cooperative is not graded for this year, or None.

    Source: Circular 01/2020/TT-BKHĐT (founded less than 12 months, stopped for more than 3 months in the year); credit
    funds are judged by the State Bank.
    """
    if sector is Sector.CREDIT:
        return Exclusion.CREDIT
    if founded_on is not None and founded_on > dt.date(year, 1, 1):
        return Exclusion.YOUNG
    if stopped_too_long(year, stops):
        return Exclusion.STOPPED
    return None


def stopped_too_long(year: int, stops: Sequence[Span]) -> bool:
    """More than three months of this year, in one piece or together."""
    begins, ends = dt.date(year, 1, 1), dt.date(year, 12, 31)
    inside = [
        (max(first, begins), min(last, ends)) for first, last in stops if first <= ends and last >= begins
    ]
    if any(last >= _three_months_on(first) for first, last in inside):
        return True
    return sum((last - first).days + 1 for first, last in inside) > LONGEST_STOP


def _three_months_on(day: dt.date) -> dt.date:
    """The day on which a fourth month begins."""
    month = day.month + 3
    year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month, min(day.day, last))
