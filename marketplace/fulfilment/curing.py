"""What was brought later makes up for what was missing before: each kilogram once, the oldest gap first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Slot:
    """One call whose day is over: `short` kg are below its tolerance, to be made up until `until`.

    `own` is what it had to bring anyway, by the plan or by the call, whichever is less. `came`: kg accepted by day.
    """

    key: Hashable
    ends: dt.date
    until: dt.date
    short: Decimal
    own: Decimal
    came: Sequence[tuple[dt.date, Decimal]] = ()

    @property
    def late(self) -> list[tuple[dt.date, Decimal]]:
        return [(day, kg) for day, kg in sorted(self.came) if day > self.ends]


@dataclass(slots=True)
class _Gap:
    slot: Slot
    left: Decimal
    made_up: Decimal = field(default=NOTHING)

    def fill(self, day: dt.date, kg: Decimal) -> Decimal:
        """As much of `kg` as this gap takes on that day; what is left over."""
        part = min(kg, self.left) if self.slot.ends < day <= self.slot.until else NOTHING
        self.left, self.made_up = self.left - part, self.made_up + part
        return kg - part


def made_up(slots: Sequence[Slot]) -> Mapping[Hashable, Decimal]:
    """Slot → kg made up in time: by what came late for itself, then by what other slots brought beyond their own."""
    gaps = [_Gap(slot, slot.short) for slot in sorted(slots, key=lambda slot: (slot.ends, str(slot.key)))]
    extra: list[tuple[dt.date, Decimal]] = []
    for gap in gaps:
        extra += [(day, gap.fill(day, kg)) for day, kg in gap.slot.late]
        if gap.slot.short == 0:
            extra += _beyond(gap.slot)
    for day, kg in sorted(extra):
        for gap in gaps:
            kg = gap.fill(day, kg)
    return {gap.slot.key: gap.made_up for gap in gaps}


def _beyond(slot: Slot) -> list[tuple[dt.date, Decimal]]:
    """What came in time beyond its own, day by day."""
    told, left = [], slot.own
    for day, kg in sorted(slot.came):
        if day > slot.ends:
            break
        more = max(kg - left, NOTHING)
        left = max(left - kg, NOTHING)
        told.append((day, more))
    return told
