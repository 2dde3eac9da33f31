"""What is supported, by its name: the area that keeps fairs, courses or journeys tells it here.

This floor knows a purpose and a number. Whoever keeps the subject registers at import:

    subjects.register(SupportPurpose.FAIR, named=…, current=…)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from marketplace.foundation.words import _
from marketplace.support.states import ActivityKind, SupportPurpose


@dataclass(frozen=True)
class Subject:
    """`url` is where the office sees it; "" when there is no such page. With a `budget_url` its budget is written
    there, together with what the sources give for all else, and nowhere besides."""

    purpose: SupportPurpose
    id: int
    name: str
    day: dt.date | None = None
    kind: ActivityKind | None = None
    url: str = ""
    budget_url: str = ""


@dataclass(frozen=True)
class Keeper:
    named: Callable[[Collection[int]], Mapping[int, Subject]]
    current: Callable[[], Sequence[Subject]]


KEEPERS: dict[SupportPurpose, Keeper] = {}
Key = tuple[SupportPurpose, int]


def register(
    purpose: SupportPurpose,
    *,
    named: Callable[[Collection[int]], Mapping[int, Subject]],
    current: Callable[[], Sequence[Subject]],
) -> None:
    """`named(ids)` tells names in one statement; `current()` what may be supported now."""
    KEEPERS[purpose] = Keeper(named, current)


def named(keys: Iterable[Key]) -> dict[Key, Subject]:
    """Names of these subjects: one question for each purpose."""
    wanted: dict[SupportPurpose, set[int]] = {}
    for purpose, subject_id in keys:
        wanted.setdefault(purpose, set()).add(subject_id)
    told: dict[Key, Subject] = {}
    for purpose, ids in wanted.items():
        known = KEEPERS[purpose].named(sorted(ids)) if purpose in KEEPERS else {}
        for each in ids:
            told[purpose, each] = known.get(each) or Subject(purpose, each, _("Activity %(n)s", n=each))
    return told


def one(purpose: SupportPurpose, subject_id: int) -> Subject:
    return named([(purpose, subject_id)])[purpose, subject_id]


def known(purpose: SupportPurpose, subject_id: int) -> bool:
    """Whether its keeper knows it."""
    return purpose in KEEPERS and subject_id in KEEPERS[purpose].named([subject_id])


def current() -> list[Subject]:
    """All that may be supported now, by day."""
    found = [each for keeper in KEEPERS.values() for each in keeper.current()]
    return sorted(found, key=lambda each: (each.day or dt.date.max, each.name))
