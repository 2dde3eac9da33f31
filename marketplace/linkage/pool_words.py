"""Pools in words: why a share is what it is, a week with its days, what a member gets in money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.calendar import Week
from marketplace.foundation.money import Money
from marketplace.foundation.text import fold
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.linkage import need_words, queries
from marketplace.linkage.models import Pool, PoolAllocation, PoolMember, PoolShare

Numbers = Mapping[str, Any]


def title(pool: Pool) -> str:
    """As the request it is for."""
    return need_words.title(pool.need)


def week_days(week: Week | str) -> str:
    """ "Week 11 (15–21/03/2027)"."""
    at = Week.parse(week) if isinstance(week, str) else week
    return _("Week %(week)s (%(days)s)", week=at.week, days=formats.day_span(at.start, at.end, locale()))


@dataclass(frozen=True, slots=True)
class Change:
    """What one computation of the shares changed for the buyer: who brings goods now, who no longer, kg before and
    after."""

    at: dt.datetime
    came: Sequence[str]
    went: Sequence[str]
    before: int
    after: int


def changes(runs: Sequence[PoolAllocation]) -> list[Change]:
    """Of all that held, the oldest first; how members share alone is no change for the buyer."""
    told = []
    for old, new in pairwise(runs):
        had, has = bringing(old), bringing(new)
        before, after = (sum(share.kg for share in run.shares) for run in (old, new))
        if (had != has or before != after) and new.held_at is not None:
            came, went = (
                [each for each in one if each not in other] for one, other in ((has, had), (had, has))
            )
            told.append(Change(new.held_at, came, went, before, after))
    return told


def bringing(run: PoolAllocation | None) -> list[str]:
    """The names of those who bring something."""
    shares = run.shares if run is not None else ()
    return sorted({share.member.cooperative.called for share in shares if share.kg}, key=fold)


def reason(told: Mapping[str, Any]) -> str:
    """One reason of a share as a sentence; "" for one that needs no words."""
    say = REASONS.get(str(told.get("code")))
    return say(told.get("numbers", {})) if say is not None else ""


def reasons(told: Iterable[Mapping[str, Any]]) -> list[str]:
    return [words for each in told if (words := reason(each))]


def _kg(value: Any) -> str:
    return formats.amount(int(Fraction(str(value))), "kg", locale())


def _proportional(numbers: Numbers) -> str:
    weight, weights = Fraction(str(numbers["weight"])), Fraction(str(numbers["weights"]))
    if weight == 1:
        return _(
            "Shared evenly among %(members)s members: %(total)s in this week.",
            members=formats.number(int(weights), locale()),
            total=_kg(numbers["total"]),
        )
    part = Decimal(100 * weight.numerator * weights.denominator) / Decimal(
        weight.denominator * weights.numerator
    )
    return _(
        "Offered %(most)s at the most of the %(all)s of all, which is %(percent)s %%: that part of %(total)s.",
        most=_kg(weight),
        all=_kg(weights),
        percent=formats.number(part.quantize(Decimal("0.1"), ROUND_HALF_UP), locale()),
        total=_kg(numbers["total"]),
    )


def _rounded_up(_numbers: Numbers) -> str:
    return _("One kilogram more, because the largest remainder was here.")


def _capped(numbers: Numbers) -> str:
    return _(
        "Not more than the %(most)s that were offered; the others share the rest.", most=_kg(numbers["cap"])
    )


def _floored(numbers: Numbers) -> str:
    return _(
        "Not less than the %(least)s that were asked for or promised before.", least=_kg(numbers["floor"])
    )


def _in_turn(numbers: Numbers) -> str:
    return _(
        "Number %(place)s of %(members)s in the order of this week.",
        place=numbers["place"],
        members=numbers["members"],
    )


def _filled(numbers: Numbers) -> str:
    return _("All of the %(most)s that were offered.", most=_kg(numbers["most"]))


def _rest(numbers: Numbers) -> str:
    if int(numbers["rest"]):
        return _("What those before had left: %(rest)s.", rest=_kg(numbers["rest"]))
    return _("Those before filled the week.")


def _no_room(numbers: Numbers) -> str:
    return _(
        "At least %(least)s were asked for, but only %(left)s were left at this turn.",
        least=_kg(numbers["least"]),
        left=_kg(numbers["left"]),
    )


def _below_floor(numbers: Numbers) -> str:
    return _(
        "Offered %(most)s; a share has to be %(floor)s at the least.",
        most=_kg(numbers["capacity"]),
        floor=_kg(numbers["floor"]),
    )


REASONS: dict[str, Callable[[Numbers], str]] = {
    "proportional": _proportional,
    "rounded_up": _rounded_up,
    "capped": _capped,
    "floored": _floored,
    "in_turn": _in_turn,
    "filled": _filled,
    "rest": _rest,
    "no_room": _no_room,
    "below_floor": _below_floor,
}


@dataclass(frozen=True)
class Got:
    """A member's share over all weeks, and its money at the price that was answered (None before)."""

    kg: int
    money: Money | None


def got(pool: Pool, shares: Iterable[PoolShare]) -> Got:
    """Whole kilograms at a price of whole đồng: nothing to round."""
    kg = sum(share.kg for share in shares)
    return Got(kg, Money(kg * int(pool.price)) if pool.price is not None else None)


def minutes_of(pool: Pool) -> dict[str, Any]:
    """What the minutes tell."""
    run = queries.pool_allocation.allocation_in_force(pool.id)
    return {
        "pool": pool,
        "title": title(pool),
        "weeks": queries.pool.week_lines(pool),
        "run": run,
        "table": share_table(run),
        "says": reasons,
        "week_days": week_days,
        "got": got,
    }


def share_table(run: PoolAllocation | None) -> list[tuple[PoolMember, list[Any]]]:
    """Member by member, its shares by week; who has most stands first."""
    rows: dict[int, tuple[PoolMember, list[Any]]] = {}
    for share in run.shares if run is not None else ():
        rows.setdefault(share.member_id, (share.member, []))[1].append(share)
    return sorted(rows.values(), key=lambda row: (-sum(share.kg for share in row[1]), row[0].id))
