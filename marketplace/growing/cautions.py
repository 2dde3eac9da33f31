"""What the rules say about what was sprayed: computed, never kept with the diary, for a rule may come later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.text import fold
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.growing.models import DiaryEntry, SubstanceRule
from marketplace.growing.states import CautionKind, DiaryKind


@dataclass(frozen=True)
class Crop:
    """What a rule asks about: the goods (None: nobody knows yet) and the market they are grown for ('': any)."""

    goods_id: int | None
    market: str = ""


@dataclass(frozen=True)
class Caution:
    """One thing to mind: `until` is the first day on which harvest is in order, None for what is forbidden."""

    kind: CautionKind
    plot: str
    substance: str
    sprayed_on: dt.date
    until: dt.date | None
    days: int | None
    market: str
    source: str

    def plain(self) -> dict[str, Any]:
        """As it is kept with a lot that was harvested against it."""
        until = self.until.isoformat() if self.until else None
        return {
            **vars(self),
            "kind": str(self.kind),
            "sprayed_on": self.sprayed_on.isoformat(),
            "until": until,
        }


def applies(rule: SubstanceRule, entry: DiaryEntry, crop: Crop) -> bool:
    """Whether a rule speaks of this entry: "Anvil 5SC (Hexaconazole)" contains hexaconazole."""
    return (
        entry.kind is DiaryKind.SPRAYED
        and rule.valid_on(entry.day)
        and rule.key in entry.key
        and rule.goods_id in (None, crop.goods_id)
        and (not rule.market or not crop.market or fold(rule.market) == fold(crop.market))
    )


def of_entry(entry: DiaryEntry, crop: Crop, rules: Iterable[SubstanceRule]) -> list[Caution]:
    """What one entry brings with it, the forbidden first, then the longest wait."""
    found = [_caution(rule, entry) for rule in rules if applies(rule, entry, crop)]
    return sorted(found, key=lambda each: (each.kind, -(each.days or 0)))


def at_harvest(
    entries: Iterable[DiaryEntry], crop: Crop, rules: Sequence[SubstanceRule], day: dt.date
) -> list[Caution]:
    """What stands against a harvest on this day: forbidden substances, and waits that are not over."""
    found = [each for entry in entries if entry.day <= day for each in of_entry(entry, crop, rules)]
    return [each for each in found if each.until is None or each.until > day]


def earliest(entries: Iterable[DiaryEntry], crop: Crop, rules: Sequence[SubstanceRule]) -> dt.date | None:
    """The first day on which every wait is over; None when nothing has to be waited for."""
    days = [each.until for entry in entries for each in of_entry(entry, crop, rules) if each.until]
    return max(days, default=None)


def told(caution: Caution) -> str:
    """One sentence for the person in the field."""
    where = caution.market or _("every market")
    if caution.until is None:
        return _(
            "%(substance)s is not allowed (%(market)s). Source: %(source)s",
            substance=caution.substance,
            market=where,
            source=caution.source,
        )
    return _(
        "%(plot)s may be harvested from %(day)s: %(days)s days after %(substance)s (%(market)s)",
        plot=caution.plot,
        day=formats.date(caution.until, locale()),
        days=caution.days,
        substance=caution.substance,
        market=where,
    )


def told_again(kept: dict[str, Any]) -> str:
    """The same of what a lot keeps."""
    until = dt.date.fromisoformat(kept["until"]) if kept["until"] else None
    return told(
        Caution(
            **{
                **kept,
                "kind": CautionKind(kept["kind"]),
                "sprayed_on": dt.date.fromisoformat(kept["sprayed_on"]),
                "until": until,
            }
        )
    )


def _caution(rule: SubstanceRule, entry: DiaryEntry) -> Caution:
    days = rule.interval_days
    return Caution(
        kind=CautionKind.FORBIDDEN if rule.forbidden else CautionKind.WAITING,
        plot=entry.plot.name,
        substance=rule.substance or entry.substance,
        sprayed_on=entry.day,
        until=None if days is None else entry.day + dt.timedelta(days=days),
        days=days,
        market=rule.market,
        source=rule.source,
    )
