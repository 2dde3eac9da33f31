"""How well a request and a seller's goods fit: from facts to points, with what speaks for it and against.

Both directions count alike: who can supply a request, and which requests a cooperative can answer. Nothing here reads
a database or a clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from marketplace.foundation.calendar import Week

NOTHING = Decimal(0)


class Season(StrEnum):
    """What the months of its products say of the days asked for, of a seller that has said nothing of its weeks."""

    WHOLE = "whole"
    PART = "part"
    OUTSIDE = "outside"


class Standing(StrEnum):
    """A paper on the days of delivery: valid on all, ending before the last, not looked at yet, not there."""

    VALID = "valid"
    ENDS = "ends"
    WAITS = "waits"
    MISSING = "missing"


SEASON_WORTH = {Season.WHOLE: Fraction(1, 2), Season.PART: Fraction(1, 4), Season.OUTSIDE: Fraction(0)}
"""Of the points for volume: that something is harvested says less than how much."""
PAPER_WORTH = {
    Standing.VALID: Fraction(1),
    Standing.ENDS: Fraction(1, 2),
    Standing.WAITS: Fraction(1, 4),
    Standing.MISSING: Fraction(0),
}


@dataclass(frozen=True)
class Weights:
    """Points of each part; `far` is the distance in km from which nothing is given for it."""

    volume: int = 50
    grade: int = 10
    papers: int = 25
    distance: int = 15
    far: int = 300


@dataclass(frozen=True)
class Paper:
    """`kind` is that of cooperatives.states; `until` is the last day of one that ends too early."""

    kind: str
    standing: Standing
    until: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One request and one seller. Amounts are in the unit of the request.

    `free` is what nobody has a right to, by week, of the grade asked for or of no grade; None while nothing was said
    of these weeks. `graded` is what of it was said to be of that grade. `placed`: the request's place is on the map.
    """

    wanted: Mapping[Week, Decimal]
    free: Mapping[Week, Decimal] | None = None
    graded: Mapping[Week, Decimal] | None = None
    asks_grade: bool = False
    season: Season = Season.OUTSIDE
    papers: tuple[Paper, ...] = ()
    placed: bool = True
    km: int | None = None


@dataclass(frozen=True)
class Remark:
    """A reason or a gap as it is kept; match_words says it. `key` is one of match_words.SENTENCES."""

    key: str
    amount: Decimal | None = None
    paper: str = ""
    day: dt.date | None = None
    km: int | None = None

    def as_data(self) -> dict[str, Any]:
        told = {
            "amount": None if self.amount is None else str(self.amount),
            "paper": self.paper or None,
            "day": self.day and self.day.isoformat(),
            "km": self.km,
        }
        return {"key": self.key, **{name: value for name, value in told.items() if value is not None}}

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Remark:
        amount, day = data.get("amount"), data.get("day")
        return cls(
            key=str(data["key"]),
            amount=None if amount is None else Decimal(amount),
            paper=data.get("paper", ""),
            day=dt.date.fromisoformat(day) if day else None,
            km=data.get("km"),
        )


@dataclass(frozen=True)
class Match:
    """`score` is exact, from 0 to 100. `volume` is what could be taken of the weeks; None while nobody said."""

    score: Fraction
    volume: Decimal | None
    reasons: tuple[Remark, ...]
    gaps: tuple[Remark, ...]

    @property
    def points(self) -> int:
        """Whole points, as pages show them."""
        return int(self.score)


def match(facts: Facts, weights: Weights) -> Match:
    """The parts that the request asks about, each by its weight; what it does not ask about weighs nothing."""
    parts = [(weights.volume, _volume_worth(facts))]
    if facts.asks_grade:
        parts.append((weights.grade, _covered(facts.wanted, facts.graded or {})))
    if facts.papers:
        parts.append((weights.papers, _papers_worth(facts.papers)))
    if facts.placed:
        parts.append((weights.distance, _nearness(facts.km, weights.far)))
    whole = sum(weight for weight, _worth in parts)
    score = (
        sum((weight * worth for weight, worth in parts), Fraction(0)) * 100 / whole if whole else Fraction(0)
    )
    reasons, gaps = _remarks(facts, weights)
    volume = None if facts.free is None else could_take(facts.wanted, facts.free)
    return Match(score, volume, tuple(reasons), tuple(gaps))


def could_take(wanted: Mapping[Week, Decimal], free: Mapping[Week, Decimal]) -> Decimal:
    """Of each week what is wanted and free."""
    return sum((min(amount, free.get(week, NOTHING)) for week, amount in wanted.items()), NOTHING)


def rank_of(found: Match, km: int | None, name: str, number: int) -> tuple[Any, ...]:
    """Sorts the best first; equals by the nearest, then by name, so that their order never depends on chance."""
    return (-found.score, km if km is not None else 10**6, name, number)


def _volume_worth(facts: Facts) -> Fraction:
    if facts.free is None:
        return SEASON_WORTH[facts.season]
    return _covered(facts.wanted, facts.free)


def _covered(wanted: Mapping[Week, Decimal], free: Mapping[Week, Decimal]) -> Fraction:
    whole = sum(wanted.values(), NOTHING)
    return Fraction(could_take(wanted, free)) / Fraction(whole) if whole > 0 else Fraction(0)


def _papers_worth(papers: tuple[Paper, ...]) -> Fraction:
    return sum((PAPER_WORTH[paper.standing] for paper in papers), Fraction(0)) / len(papers)


def _nearness(km: int | None, far: int) -> Fraction:
    if km is None or far <= 0:
        return Fraction(0)
    return max(Fraction(far - km, far), Fraction(0))


# --- what speaks for it and against -----------------------------------------------------------------


def _remarks(facts: Facts, weights: Weights) -> tuple[list[Remark], list[Remark]]:
    reasons: list[Remark] = []
    gaps: list[Remark] = []
    for good, remark in (*_of_volume(facts), *_of_papers(facts.papers), *_of_distance(facts, weights)):
        (reasons if good else gaps).append(remark)
    return reasons, gaps


def _of_volume(facts: Facts) -> Iterable[tuple[bool, Remark]]:
    if facts.free is None:
        yield facts.season is Season.WHOLE, Remark(f"season_{facts.season}")
        return
    wanted, could = sum(facts.wanted.values(), NOTHING), could_take(facts.wanted, facts.free)
    if not could:
        yield False, Remark("free_none")
        return
    yield True, Remark("free_all") if could >= wanted else Remark("free_part", amount=could)
    if could < wanted:
        yield False, Remark("free_lacks", amount=wanted - could)
    if facts.asks_grade and could_take(facts.wanted, facts.graded or {}) < could:
        yield False, Remark("grade_unsaid")


def _of_papers(papers: Iterable[Paper]) -> Iterable[tuple[bool, Remark]]:
    for paper in papers:
        good = paper.standing is Standing.VALID
        yield good, Remark(f"paper_{paper.standing}", paper=paper.kind, day=paper.until)


def _of_distance(facts: Facts, weights: Weights) -> Iterable[tuple[bool, Remark]]:
    if facts.placed and facts.km is not None:
        near = facts.km < weights.far
        yield near, Remark("near" if near else "far", km=facts.km)
