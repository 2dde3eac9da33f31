"""What a norm gives: pure arithmetic, whole đồng, each sum rounded half up once, and why it is no more.

Per head: the rate of the cost that counts, then the head's own cap. Together: the cap of one time, what the year has
left, how many times a year, what the budget has left, what was promised before. When the sum is cut, the heads share
the cut in proportion, so that they always add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from marketplace.foundation.money import Money
from marketplace.foundation.sharing import share_by_weight
from marketplace.support.states import Head, Per

NOTHING = Money(0)


@dataclass(frozen=True)
class HeadTerms:
    """One line of a norm: so much per cent of this cost, at the most `cap` each time or for each booth."""

    head: Head
    rate: Decimal
    cap: Money | None = None
    per: Per = Per.TIME


@dataclass(frozen=True)
class Terms:
    """What the arithmetic needs of a norm; None is no limit."""

    heads: tuple[HeadTerms, ...]
    cap_per_time: Money | None = None
    cap_per_year: Money | None = None
    times_per_year: int | None = None
    max_booths: Decimal | None = None


@dataclass(frozen=True)
class Room:
    """What earlier support leaves: paid or promised this year, how often, what the budget and the promise hold."""

    year_used: Money = NOTHING
    times_used: int = 0
    budget_left: Money | None = None
    promised: Money | None = None


@dataclass(frozen=True)
class Cut:
    """Why less is given than was asked: `code` for the sentence, the sum before and after it."""

    code: str
    before: int
    after: int


@dataclass(frozen=True)
class HeadSupport:
    """Of one head: the cost (None: as much as the norm allows), and what is given for it."""

    head: Head
    cost: Money | None
    amount: Money
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True)
class Support:
    """What may be received. `cuts` are those of the whole sum; each head bears its own."""

    heads: tuple[HeadSupport, ...]
    total: Money
    cuts: tuple[Cut, ...] = ()

    def of(self, head: Head) -> Money:
        return next((each.amount for each in self.heads if each.head is head), Money(0))


def support(
    terms: Terms, *, booths: Decimal, costs: Mapping[Head, Money] | None = None, room: Room | None = None
) -> Support:
    """What the norm gives for these costs; without any, the most it can give.

    Raises ValueError for a negative cost, or fewer booths than none.
    """
    if booths < 0 or any(cost < 0 for cost in (costs or {}).values()):
        raise ValueError("costs and booths are not negative")
    heads = [_head(line, terms, booths, costs) for line in terms.heads]
    covered = {line.head for line in terms.heads}
    heads += [_uncovered(head, cost) for head, cost in (costs or {}).items() if head not in covered]
    whole = Money(sum(each.amount for each in heads))
    total, cuts = _cut(whole, terms, room or Room())
    return Support(tuple(_lowered(heads, whole, total)), total, tuple(cuts))


def shared(total: Money, left: Mapping[Any, Money]) -> dict[Any, Money]:
    """A sum among sources, in proportion to what each has left and never more than that."""
    given = {source: amount for source, amount in left.items() if amount > 0}
    if not total:
        return {}
    shares = share_by_weight(total, given, caps=given)
    return {source: Money(share.amount) for source, share in shares.items() if share.amount}


def rounded(value: Fraction) -> Money:
    """Half up, once."""
    return Money((2 * value.numerator + value.denominator) // (2 * value.denominator))


def _head(line: HeadTerms, terms: Terms, booths: Decimal, costs: Mapping[Head, Money] | None) -> HeadSupport:
    counted = min(booths, terms.max_booths) if terms.max_booths is not None else booths
    cap = _cap_of(line, counted)
    if costs is None:
        most = cap if cap is not None else (terms.cap_per_time or terms.cap_per_year)
        return HeadSupport(line.head, None, most or Money(0))
    cost = costs.get(line.head, Money(0))
    part = Fraction(counted) / Fraction(booths) if line.per is Per.BOOTH and booths else Fraction(1)
    full = rounded(Fraction(int(cost)) * Fraction(line.rate) / 100)
    amount = rounded(Fraction(int(cost)) * part * Fraction(line.rate) / 100)
    cuts = [Cut("booths", full, amount)] if amount < full else []
    if cap is not None and amount > cap:
        cuts.append(Cut("head", amount, cap))
        amount = cap
    return HeadSupport(line.head, cost, amount, tuple(cuts))


def _cap_of(line: HeadTerms, counted: Decimal) -> Money | None:
    if line.cap is None:
        return None
    return rounded(int(line.cap) * Fraction(counted)) if line.per is Per.BOOTH else line.cap


def _uncovered(head: Head, cost: Money) -> HeadSupport:
    cuts = (Cut("uncovered", cost, 0),) if cost else ()
    return HeadSupport(head, cost, Money(0), cuts)


def _cut(whole: Money, terms: Terms, room: Room) -> tuple[Money, list[Cut]]:
    """The sum under every limit, the narrower ones of the norm first."""
    limits: Sequence[tuple[str, int | None]] = (
        ("time", terms.cap_per_time),
        ("times", _times_left(terms, room)),
        ("year", _year_left(terms, room)),
        ("budget", room.budget_left),
        ("promised", room.promised),
    )
    total, cuts = whole, []
    for code, limit in limits:
        if limit is not None and total > max(limit, 0):
            least = Money(max(limit, 0))
            cuts.append(Cut(code, total, least))
            total = least
    return total, cuts


def _times_left(terms: Terms, room: Room) -> int | None:
    used_up = terms.times_per_year is not None and room.times_used >= terms.times_per_year
    return 0 if used_up else None


def _year_left(terms: Terms, room: Room) -> int | None:
    return terms.cap_per_year - room.year_used if terms.cap_per_year is not None else None


def _lowered(heads: Sequence[HeadSupport], whole: Money, total: Money) -> list[HeadSupport]:
    """The heads so that they add up to the total again."""
    if total == whole:
        return list(heads)
    amounts = {place: each.amount for place, each in enumerate(heads)}
    shares = share_by_weight(total, amounts, caps=amounts)
    return [
        replace(each, amount=Money(shares[place].amount)) if place in shares else each
        for place, each in enumerate(heads)
    ]
