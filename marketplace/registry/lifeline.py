"""From what happened to how it stood: pure arithmetic of days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import _l
from marketplace.registry.states.life_event import (
    LIFE_LABELS,
    LIFE_ORDER,
    STANDING_LABELS,
    STEPS,
    LifeKind,
    Standing,
)

FROM_EVER = dt.date(1900, 1, 1)
"""Where the day of the founding is not known: it counts as having been there."""


@dataclass(frozen=True)
class Happening:
    """One row that stands. Rows of one day count in the order of their kinds, then of their writing."""

    day: dt.date
    kind: LifeKind
    id: int = 0


@dataclass(frozen=True)
class Spell:
    """From the first day until before the last one, if there is one."""

    standing: Standing
    starts_on: dt.date
    ends_on: dt.date | None = None
    known: bool = True

    def holds_on(self, day: dt.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


def spells(happenings: Iterable[Happening]) -> list[Spell]:
    """How it stood from its founding on, without a gap. Raises Refusal when two things cannot both have happened."""
    ordered = sorted(happenings, key=lambda each: (each.day, LIFE_ORDER[each.kind], each.id))
    founded = next((each for each in ordered if each.kind is LifeKind.FOUNDED), None)
    start = founded.day if founded is not None else FROM_EVER
    line = [Spell(Standing.ACTIVE, start, known=founded is not None)]
    for each in ordered:
        if each is not founded:
            _step(line, each, founded)
    return line


def standing_on(line: Sequence[Spell], day: dt.date) -> Standing | None:
    """How it stood that day; None before there was anything."""
    return next((spell.standing for spell in line if spell.holds_on(day)), None)


def _step(line: list[Spell], each: Happening, founded: Happening | None) -> None:
    if each.kind is LifeKind.FOUNDED:
        raise Refusal(_l("It was founded once already: correct that row instead."), field="kind")
    if founded is not None and each.day < founded.day:
        raise Refusal(
            _l("On %(day)s it was not founded yet.", day=f"{each.day:%d/%m/%Y}"),
            field="day",
        )
    now = line[-1]
    before, after = STEPS[each.kind]
    if now.standing not in before:
        raise Refusal(
            _l(
                "On %(day)s it cannot be “%(what)s”: until then it stood as “%(standing)s”.",
                day=f"{each.day:%d/%m/%Y}",
                what=LIFE_LABELS[each.kind],
                standing=STANDING_LABELS[now.standing],
            ),
            field="day",
        )
    if after is None or after is now.standing:
        return
    if now.starts_on == each.day:
        line.pop()
        if line and line[-1].standing is after:
            line[-1] = replace(line[-1], ends_on=None)
            return
        line.append(replace(now, standing=after))
        return
    line[-1] = replace(now, ends_on=each.day)
    line.append(Spell(after, each.day))
